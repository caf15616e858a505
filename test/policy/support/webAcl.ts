import { declare, type Declared } from "./declare";

type Props = Readonly<Record<string, unknown>>;

/** Metrics and no samples, as rules and ACLs should have them. */
export const visible = (metricName: string, props: Props = {}): Props => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  ...props,
});

/** A rule that blocks unless it says otherwise. */
export function rule(name: string, statement: unknown, props: Props = {}): Props {
  return { name, priority: 0, statement, visibilityConfig: visible(name), action: { block: {} }, ...props };
}

/** A rule that runs one of AWS's groups. */
export function group(name: string, more: Props = {}, props: Props = {}): Props {
  const statement = { managedRuleGroupStatement: { vendorName: "AWS", name, ...more } };
  return rule(name, statement, { action: undefined, overrideAction: { none: {} }, ...props });
}

export const counting = (...names: readonly string[]): readonly Props[] =>
  names.map((name) => ({ name, actionToUse: { count: {} } }));

export const rateStatement = (props: Props = {}): Props => ({
  rateBasedStatement: { limit: 1000, aggregateKeyType: "IP", ...props },
});

export function acl(name: string, rules: unknown, props: Props = {}): Declared {
  return declare("webAcl", name, {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visible(name),
    rules,
    ...props,
  });
}
