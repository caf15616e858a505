import type { Policies } from "@pulumi/policy";
import type { Rule } from "../model/rule";
import { Memory } from "./memory";
import { packPolicies } from "./packPolicies";
import { policiesOf } from "./policies";

/** Everything that the pack serves, in the order in which it has to run: scope and settings, rules, waivers. */
export function packOf(rules: readonly Rule[], today?: () => string): Policies {
  const memory = new Memory();
  const { first, last } = packPolicies(new Map(rules.map((rule) => [rule.id, rule])), memory, today);
  return [...first, ...rules.flatMap((rule) => policiesOf(rule, memory)), ...last];
}
