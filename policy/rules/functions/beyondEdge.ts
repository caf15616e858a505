import { isEdgeFunction, isNoEdgeFunction } from "../../aws/edgeFunction";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { judgeProperty, type Rule, type Settings } from "../../model/rule";
import { at, or, UNKNOWN, type Truth } from "../../model/value";

/** A property of a function that is not for functions of Lambda@Edge. */
interface Judged<S> {
  readonly path: readonly string[];
  readonly truth: (fn: Resource, settings: S) => Truth;
  /** What the stack tells of a value that is not known. */
  readonly traced?: (graph: PolicyGraph, fn: StackResource) => Truth;
  readonly wanted: string;
}

/**
 * Both forms of a rule that does not hold at the edge. Whether a function is there, only the stack knows; the resource form judges
 * those that cannot be there, by what is known of them.
 */
export function beyondEdge<S = Settings>({
  path,
  truth,
  traced = () => UNKNOWN,
  wanted,
}: Judged<S>): Required<Pick<Rule<S>, "resource" | "stack">> {
  const judged = (fn: Resource, found: Truth) =>
    judgeProperty(fn, path.join("."), at(fn.props, ...path), found, wanted);
  return {
    resource: {
      types: [TYPES.function],
      check: (fn, settings) =>
        isNoEdgeFunction(fn) === true && truth(fn, settings) === false ? judged(fn, false) : [],
    },
    stack: {
      types: [TYPES.function],
      check: (graph, settings) =>
        graph.all(TYPES.function).flatMap((fn) => {
          const own = truth(fn, settings);
          return judged(fn, or(isEdgeFunction(graph, fn), own === UNKNOWN ? traced(graph, fn) : own));
        }),
    },
  };
}
