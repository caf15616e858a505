import type { Severity } from "@pulumi/policy";
import type { PolicyGraph, PolicyNode } from "./graph";

/** What a rule says of one resource. `unproven`: the value is not known yet, so neither a pass nor a failure. */
export interface Finding {
  readonly status: "fail" | "unproven";
  readonly urn: string;
  /** What was found and what is wanted; the rule itself stands in its description. */
  readonly message: string;
}

interface RuleMetadata {
  /** `fd-<area>-<rule>`; stable, since pack config and waivers name it. */
  readonly id: string;
  /** States the rule. */
  readonly description: string;
  readonly severity: Severity;
  readonly remediationSteps: string;
}

/** A rule that one resource alone decides: it stops that resource before it is changed. */
export interface ResourceRule extends RuleMetadata {
  readonly form: "resource";
  readonly type: string;
  readonly check: (node: PolicyNode) => readonly Finding[];
}

/** A rule over the whole stack: it follows dependencies, which are known in preview. */
export interface StackRule extends RuleMetadata {
  readonly form: "stack";
  readonly check: (graph: PolicyGraph) => readonly Finding[];
}

/** Pure: reads the graph, returns findings, never throws. */
export type Rule = ResourceRule | StackRule;
