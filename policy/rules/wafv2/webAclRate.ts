import { TYPES } from "../../aws/types";
import { anyRule, blocks, flatRulesOf, pathIn, present, rulesIn } from "../../aws/webAclRules";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

interface RateSettings {
  readonly behindTrustedProxy: boolean;
  readonly maximumPerFiveMinutes: number;
}

const COUNTING = [TYPES.webAcl, TYPES.webAclRule, TYPES.ruleGroup] as const;

const statementOf = (rule: unknown) => at(rule, "statement", "rateBasedStatement");

export const webAclRate = defineRule<RateSettings>({
  id: "fd-wafv2-web-acl-rate",
  description:
    "A rate rule blocks a client that sends too much, and counts by an address that the client cannot choose.",
  rationale:
    "Each request costs an agent's run, and throttling in API Gateway is shared by all clients. A rate rule that counts by a forwarded address trusts a header that any client can write unless a proxy in front replaces it; with the fallback NO_MATCH a broken header alone escapes it (https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html).",
  severity: "high",
  frameworks: { catalogue: ["FD39"] },
  remediationSteps:
    "Add a rule with a rateBasedStatement and the action block (captcha and challenge count as well). Set its aggregateKeyType to IP; use FORWARDED_IP only where every request comes through a proxy that writes the header itself, with the fallbackBehavior MATCH. Keep its limit within the setting.",
  settings: {
    behindTrustedProxy: {
      type: "boolean",
      default: true,
      description:
        "Whether every request comes through a proxy that writes the forwarded address: if not, no rule may count by it.",
    },
    maximumPerFiveMinutes: {
      type: "integer",
      minimum: 10,
      default: 10_000,
      description:
        "Requests that a rate rule may let one client send within five minutes; other windows are converted.",
    },
  },
  resource: { types: COUNTING, check: keys },
  stack: {
    types: COUNTING,
    check: (graph, settings) => [
      ...graph.all(...COUNTING).flatMap((each) => keys(each, settings)),
      ...graph.all(TYPES.webAcl).flatMap((acl) => limits(graph, acl, settings)),
    ],
  },
});

function keys(resource: Resource, { behindTrustedProxy }: RateSettings): readonly Finding[] {
  return rulesIn(resource).flatMap((each) => {
    const rate = statementOf(each.rule);
    const key = at(rate, "aggregateKeyType");
    const forwarded = or(
      is(key, (known) => known === "FORWARDED_IP"),
      some(list(at(rate, "customKeys")), (custom) => present(at(custom, "forwardedIp"))),
    );
    const fallback = at(rate, "forwardedIpConfig", "fallbackBehavior");
    const matches = or(
      not(forwarded),
      is(fallback, (known) => known === "MATCH"),
    );
    // An address, or something that only AWS or the connection tells: else each request is a client of its own.
    const chosen = and(
      rate !== UNKNOWN,
      is(key, (known) => known === "CUSTOM_KEYS"),
      not(
        some(list(at(rate, "customKeys")), (custom) =>
          or(
            ...["ip", "forwardedIp", "asn", "ja3Fingerprint", "ja4Fingerprint"].map((name) =>
              present(at(custom, name)),
            ),
          ),
        ),
      ),
    );
    const narrowed = and(
      rate !== UNKNOWN,
      present(at(rate, "scopeDownStatement", "notStatement")),
      is(at(rate, "scopeDownStatement"), (known) =>
        /"(?:singleHeader|headers|cookies|singleQueryArgument)":/.test(JSON.stringify(known)),
      ),
    );
    const inRate = (name: string) => pathIn(each, "statement.rateBasedStatement", name);
    return [
      ...judgeProperty(resource, inRate("customKeys"), key, not(chosen), "a key that the client does not choose"),
      ...judgeProperty(
        resource,
        inRate("scopeDownStatement"),
        at(rate, "scopeDownStatement"),
        not(narrowed),
        "no header that takes its sender out of the count",
      ),
      ...(behindTrustedProxy
        ? judgeProperty(resource, inRate("forwardedIpConfig.fallbackBehavior"), fallback, matches, '"MATCH"')
        : judgeProperty(
            resource,
            inRate("aggregateKeyType"),
            key,
            not(forwarded),
            '"IP", or the setting `behindTrustedProxy`',
          )),
    ];
  });
}

function limits(graph: PolicyGraph, acl: StackResource, { maximumPerFiveMinutes }: RateSettings): readonly Finding[] {
  const rules = flatRulesOf(graph, acl);
  const limiting = (rule: unknown) => and(present(statementOf(rule)), blocks(rule));
  const exists = anyRule(rules, limiting);
  if (exists !== true)
    return judge(acl, exists, {
      finding: "rate",
      seen:
        exists === UNKNOWN ? "whether a rule blocks by rate is not known before the update" : "no rule blocks by rate",
      wanted: "a rule with a `rateBasedStatement` that blocks",
    });
  const within = anyRule(rules, (rule) =>
    and(limiting(rule), perFiveMinutes(statementOf(rule), maximumPerFiveMinutes)),
  );
  return judge(acl, within, {
    finding: "rateLimit",
    seen:
      within === UNKNOWN ? "the limit of its rate rule is not known before the update" : "its rate rules let more pass",
    wanted: `at most ${maximumPerFiveMinutes.toString()} requests of one client within five minutes`,
  });
}

function perFiveMinutes(rate: unknown, maximum: number): Truth {
  const limit = at(rate, "limit");
  const window = at(rate, "evaluationWindowSec") ?? 300;
  if (limit === UNKNOWN || window === UNKNOWN) return UNKNOWN;
  return (Number(limit) * 300) / Number(window) <= maximum;
}
