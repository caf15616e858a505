import { isEdgeFunction, isNoEdgeFunction } from "../../aws/edgeFunction";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { judgeProperty, type Rule, type Settings } from "../../model/rule";
import { at, or, type Truth } from "../../model/value";

/** A property of a function that is not for functions of Lambda@Edge. */
interface Judged<S> {
  readonly path: readonly string[];
  readonly truth: (fn: Resource, settings: S) => Truth;
  readonly wanted: string;
}

/**
 * Both forms of a rule that does not hold at the edge. Whether a function is there, only the stack knows; the resource form judges
 * those that cannot be there.
 */
export function beyondEdge<S = Settings>({
  path,
  truth,
  wanted,
}: Judged<S>): Required<Pick<Rule<S>, "resource" | "stack">> {
  const judged = (fn: Resource, settings: S, exempt: Truth) =>
    judgeProperty(fn, path.join("."), at(fn.props, ...path), or(exempt, truth(fn, settings)), wanted);
  return {
    resource: {
      types: [TYPES.function],
      check: (fn, settings) => (isNoEdgeFunction(fn) === true ? judged(fn, settings, false) : []),
    },
    stack: {
      types: [TYPES.function],
      check: (graph, settings) =>
        graph.all(TYPES.function).flatMap((fn) => judged(fn, settings, isEdgeFunction(graph, fn))),
    },
  };
}
