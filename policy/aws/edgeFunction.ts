import type { PolicyGraph, Resource, StackResource } from "../model/graph";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../model/value";
import { variablesOf } from "./functionVariables";
import { link } from "./links";
import { TYPES } from "./types";

/**
 * True for a function that Lambda@Edge cannot replicate, by its own properties: the edge takes a published version in us-east-1, on
 * x86_64, without variables, layers or VPC.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function isNoEdgeFunction(fn: Pick<Resource, "props">): Truth {
  const { props } = fn;
  const isFull = (value: unknown) => is(list(value), (known) => (known as unknown[]).length > 0);
  return or(
    is(props["publish"], (known) => known !== true),
    is(props["region"], (known) => typeof known === "string" && known !== "us-east-1"),
    some(list(props["architectures"]), (architecture) => is(architecture, (known) => known === "arm64")),
    is(variablesOf(fn), (known) => (known as unknown[]).length > 0),
    isFull(props["layers"]),
    isFull(at(props, "vpcConfig", "subnetIds")),
  );
}

/** Whether a distribution of the stack runs a function at the edge. */
export function isEdgeFunction(graph: PolicyGraph, fn: StackResource): Truth {
  const { found, stray } = graph.once("edge functions", () => edgeFunctions(graph));
  return and(not(isNoEdgeFunction(fn)), or(found.get(fn.urn) ?? false, stray));
}

function edgeFunctions(graph: PolicyGraph): { readonly found: ReadonlyMap<string, Truth>; readonly stray: Truth } {
  const found = new Map<string, Truth>();
  let stray: Truth = false;
  for (const distribution of graph.all(TYPES.distribution))
    for (const property of ["defaultCacheBehavior", "orderedCacheBehaviors"])
      for (const arn of functionArns(distribution.props[property])) {
        const { to, sure } = link(graph, distribution, property, TYPES.function, arn);
        for (const { urn } of to) found.set(urn, or(found.get(urn) ?? false, sure || UNKNOWN));
        if (to.length === 0 && !sure) stray = UNKNOWN;
      }
  return { found, stray };
}

/** The ARNs in a property with behaviours; where it is not known which there are, one that is unknown. */
function functionArns(behaviours: unknown): readonly unknown[] {
  const each = list(behaviours);
  if (each === UNKNOWN) return [UNKNOWN];
  return each.flatMap((behaviour) => {
    const associations = list(at(behaviour, "lambdaFunctionAssociations"));
    return associations === UNKNOWN ? [UNKNOWN] : associations.map((association) => at(association, "lambdaArn"));
  });
}
