import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ERRORS } from "../../contract/wire/errors";
import { CACHE_CONTROL } from "../../contract/wire/headers";
import { MAX_BODY_BYTES } from "../../contract/aws/limits";
import {
  ALLOWED_LABEL,
  FORWARDED_HEADER,
  MANAGED_GROUPS,
  RATE_WINDOW_SECONDS,
  REFERENCE_HEADER,
  type ManagedGroup,
  type WafRateKey,
} from "../../contract/aws/waf";
import { type WafAnswer } from "../../contract/wire/wafAnswers";

export type WebAclRule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;
type Rule = Omit<WebAclRule, "name" | "priority" | "visibilityConfig"> & { readonly name: string };
type CustomResponse = aws.types.input.wafv2.WebAclRuleActionBlockCustomResponse;

/** What the rules of one web ACL depend on. */
export interface RuleSettings {
  readonly rateLimit: pulumi.Input<number>;
  readonly rateKey: WafRateKey;
  /** ARNs of IP sets. */
  readonly allowed: readonly pulumi.Input<string>[];
  readonly blocked: readonly pulumi.Input<string>[];
  readonly corsOrigin: pulumi.Input<string> | undefined;
}

/**
 * The rules, in the order in which WAF asks them: blocked addresses, allowed addresses, size, rate, then AWS's own groups.
 *
 * An allowed address is labelled and not let through: an allow action would end the evaluation, and with it the rules on size and
 * known attacks. The rules that judge the sender alone spare what bears the label.
 */
export function webAclRules(settings: RuleSettings): WebAclRule[] {
  const { blocked, allowed } = settings;
  const rules: Rule[] = [
    ...(blocked.length > 0 ? [blockList(settings)] : []),
    ...(allowed.length > 0 ? [allowList(settings)] : []),
    bodySize(settings),
    rate(settings),
    ...MANAGED_GROUPS.map((group) => managed(group, settings)),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

// Behind a proxy an address is blocked wherever it stands: as the one that connects, or anywhere in what proxies say.
function blockList({ blocked, rateKey, corsOrigin }: RuleSettings): Rule {
  const sets: Statement[] = blocked.map((arn) => ({ ipSetReferenceStatement: { arn } }));
  const forwarded: Statement[] =
    rateKey === "ip" ? [] : blocked.map((arn) => forwardedSet(arn, { position: "ANY", fallbackBehavior: "MATCH" }));
  return {
    name: "blocked-addresses",
    action: { block: { customResponse: answer("REQUEST_BLOCKED", "blocked-addresses", corsOrigin) } },
    statement: anyOf([...sets, ...forwarded]),
  };
}

// Behind a proxy only the last address counts, which the proxy itself has written; what stands before it is the client's word.
function allowList({ allowed, rateKey }: RuleSettings): Rule {
  const sets: Statement[] = allowed.map((arn) =>
    rateKey === "ip"
      ? { ipSetReferenceStatement: { arn } }
      : forwardedSet(arn, { position: "LAST", fallbackBehavior: "NO_MATCH" }),
  );
  return {
    name: "allowed-addresses",
    action: { count: {} },
    ruleLabels: [{ name: ALLOWED_LABEL }],
    statement: anyOf(sets),
  };
}

function forwardedSet(
  arn: pulumi.Input<string>,
  how: { readonly position: "ANY" | "LAST"; readonly fallbackBehavior: "MATCH" | "NO_MATCH" },
): Statement {
  return { ipSetReferenceStatement: { arn, ipSetForwardedIpConfig: { headerName: FORWARDED_HEADER, ...how } } };
}

function anyOf(statements: Statement[]): Statement {
  const [first, ...more] = statements;
  return first && more.length === 0 ? first : { orStatement: { statements } };
}

// MATCH: what lies beyond the window would be delivered without having been seen.
function bodySize({ corsOrigin }: RuleSettings): Rule {
  return {
    name: "body-size",
    action: { block: { customResponse: answer("BODY_TOO_LARGE", "body-size", corsOrigin) } },
    statement: {
      sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: MAX_BODY_BYTES,
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    },
  };
}

function rate({ rateLimit: limit, rateKey, allowed, corsOrigin }: RuleSettings): Rule {
  return {
    name: "rate",
    action: { block: { customResponse: answer("RATE_LIMITED", "rate", corsOrigin) } },
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: RATE_WINDOW_SECONDS,
        ...(rateKey === "ip"
          ? { aggregateKeyType: "IP" }
          : {
              aggregateKeyType: "FORWARDED_IP",
              forwardedIpConfig: { headerName: FORWARDED_HEADER, fallbackBehavior: "MATCH" },
            }),
        ...(allowed.length > 0 && { scopeDownStatement: NOT_ALLOWED }),
      },
    },
  };
}

function managed({ name, sparesAllowed, blocks, counts }: ManagedGroup, settings: RuleSettings): Rule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: [
          // The same action as AWS's own or a stricter one, with an answer that a client of the contract can read.
          ...blocks.map((rule) => ({
            name: rule,
            actionToUse: { block: { customResponse: answer("REQUEST_BLOCKED", rule, settings.corsOrigin) } },
          })),
          ...counts.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        ],
        ...(sparesAllowed && settings.allowed.length > 0 && { scopeDownStatement: NOT_ALLOWED }),
      },
    },
  };
}

const NOT_ALLOWED = {
  notStatement: { statement: { labelMatchStatement: { scope: "LABEL", key: ALLOWED_LABEL } } },
};

function answer(code: WafAnswer, rule: string, corsOrigin: pulumi.Input<string> | undefined): CustomResponse {
  const { status, retryAfterSeconds } = { retryAfterSeconds: undefined, ...ERRORS[code] };
  const headers = {
    [REFERENCE_HEADER]: rule,
    "Cache-Control": CACHE_CONTROL,
    ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
    ...(corsOrigin !== undefined && { "Access-Control-Allow-Origin": corsOrigin }),
  };
  return {
    responseCode: status,
    customResponseBodyKey: code,
    responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}

/** Metrics, and no samples: they would show callers' credentials, which the redaction of logs does not reach. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
