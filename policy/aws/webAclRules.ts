import type { PolicyGraph, Resource, StackResource } from "../model/graph";
import { at, is, json, list, or, some, UNKNOWN, type Truth } from "../model/value";
import { link, linkedFrom, strays } from "./links";
import { TYPES } from "./types";

/** One rule of a web ACL or of a rule group in the provider's form, whichever resource declares it. */
export interface AclRule<R extends Resource = Resource> {
  readonly from: R;
  /** The top-level property that it stands in, and where: empty where the whole resource is the rule. */
  readonly property: string;
  readonly path: string;
  /** `UNKNOWN` where there may be any rules. */
  readonly rule: unknown;
}

/** Resources that declare rules. */
export const RULE_TYPES = [TYPES.webAcl, TYPES.webAclRule, TYPES.webAclRuleGroup, TYPES.ruleGroup] as const;

/** The rules that one resource declares. */
export function rulesIn<R extends Resource>(from: R): readonly AclRule<R>[] {
  const { type, props } = from;
  if (type === TYPES.webAclRule) return [{ from, property: "statement", path: "", rule: props }];
  if (type === TYPES.webAclRuleGroup) return [{ from, property: "ruleGroupReference", path: "", rule: ofGroup(props) }];
  const text = type === TYPES.ruleGroup ? "rulesJson" : "ruleJson";
  return [...listed(from, "rules", props["rules"]), ...listed(from, text, fromApi(json(props[text])))];
}

function listed<R extends Resource>(from: R, property: string, value: unknown): readonly AclRule<R>[] {
  const rules = list(value);
  if (rules === UNKNOWN) return [{ from, property, path: property, rule: UNKNOWN }];
  return rules.map((rule, index) => ({ from, property, path: `${property}[${keyOf(rule, index)}]`, rule }));
}

/** A rule's name, which it alone has within its list: the provider holds rules as a set, so their order says nothing. */
export function keyOf(rule: unknown, index: number): string {
  const name = at(rule, "name");
  return typeof name === "string" && /^[\w-]+$/.test(name) ? name : index.toString();
}

// What the provider sends where an association says nothing.
const ASSOCIATED = {
  overrideAction: "none",
  visibilityConfig: { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
};

/** An association of a rule group is a rule in other words: its override is a text. */
function ofGroup(props: Resource["props"]): unknown {
  const override = at(props, "overrideAction") ?? ASSOCIATED.overrideAction;
  const managed = at(props, "managedRuleGroup");
  const reference = at(props, "ruleGroupReference");
  return {
    overrideAction: typeof override === "string" ? { [override]: {} } : UNKNOWN,
    statement: { managedRuleGroupStatement: managed, ruleGroupReferenceStatement: reference },
    visibilityConfig: at(props, "visibilityConfig") ?? ASSOCIATED.visibilityConfig,
  };
}

// Where more than the first letter's case differs between AWS's API and the provider.
const RENAMED: Readonly<Record<string, string>> = {
  CloudWatchMetricsEnabled: "cloudwatchMetricsEnabled",
  ForwardedIP: "forwardedIp",
  ForwardedIPConfig: "forwardedIpConfig",
};

/** `ruleJson` is in the form of AWS's API. https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html */
function fromApi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromApi);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      RENAMED[key] ?? `${key.charAt(0).toLowerCase()}${key.slice(1)}`,
      fromApi(part),
    ]),
  );
}

/** Every rule of a web ACL: its own, and those that other resources add to it. */
export function rulesOf(graph: PolicyGraph, acl: StackResource): readonly AclRule<StackResource>[] {
  return graph.once(`rulesOf ${acl.urn}`, () => [
    ...rulesIn(acl),
    ...[TYPES.webAclRule, TYPES.webAclRuleGroup].flatMap((type) => [
      ...linkedFrom(graph, acl, type, "webAclArn").flatMap(({ from, sure }) =>
        rulesIn(from).map((each) => (sure ? each : { ...each, rule: UNKNOWN })),
      ),
      // One that may be any ACL's stands for all of them.
      ...strays(graph, type, "webAclArn", acl.type)
        .slice(0, 1)
        .map((from) => ({ from, property: "webAclArn", path: "webAclArn", rule: UNKNOWN })),
    ]),
  ]);
}

/** Every rule of a web ACL, with the rules of one's own rule groups in the place of those that run them. */
export function flatRulesOf(graph: PolicyGraph, acl: StackResource): readonly AclRule<StackResource>[] {
  return graph.once(`flatRulesOf ${acl.urn}`, () => rulesOf(graph, acl).flatMap((each) => members(graph, each)));
}

function members(graph: PolicyGraph, each: AclRule<StackResource>): readonly AclRule<StackResource>[] {
  const { from, property, rule } = each;
  const reference = at(rule, "statement", "ruleGroupReferenceStatement");
  const counts = present(at(rule, "overrideAction", "count"));
  if (reference === undefined || counts === true) return [each];
  const { to, sure } = link(graph, from, property, TYPES.ruleGroup, at(reference, "arn"));
  const [group, ...more] = to;
  const asDeclared =
    counts === false &&
    ["ruleActionOverrides", "excludedRules"].every((overrides) => at(reference, overrides) === undefined);
  return group && more.length === 0 && sure && asDeclared ? rulesIn(group) : [{ ...each, rule: UNKNOWN }];
}

export const present = (value: unknown): Truth => is(value, (known) => known !== undefined);

/** Whether a rule itself keeps what it matches from passing: by its action alone. */
export function blocks(rule: unknown, actions: readonly string[] = ["block", "captcha", "challenge"]): Truth {
  return or(...actions.map((action) => present(at(rule, "action", action))));
}

/** Whether a rule stops anything: by its own action, or by those of a rule group that it leaves alone. */
export function acts(rule: unknown): Truth {
  return or(blocks(rule), present(at(rule, "overrideAction", "none")));
}

/** Whether one of an ACL's rules is as wanted. */
export function anyRule(rules: readonly AclRule[], test: (rule: unknown) => Truth): Truth {
  return some(rules, (each) => test((each as AclRule).rule));
}

/** The path of something in a rule, as findings name it. */
export function pathIn({ path }: AclRule, ...more: readonly string[]): string {
  return [path, ...more].filter((part) => part !== "").join(".");
}
