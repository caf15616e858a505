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

/** The settings that shape the rules of one web ACL. */
export interface RuleSettings {
  readonly rateLimit: pulumi.Input<number>;
  readonly rateKey: WafRateKey;
  /** ARNs of IP sets. */
  readonly allowed: readonly pulumi.Input<string>[];
  readonly blocked: readonly pulumi.Input<string>[];
  readonly corsOrigin: pulumi.Input<string> | undefined;
  /** Largest body that the doors accept, bytes. */
  readonly maxBodyBytes: number;
}

/**
 * The rules in the order in which WAF evaluates them: blocked addresses, allowed addresses, size, rate, AWS managed groups.
 *
 * Requests of an allowed address only get a label. An allow action would end the evaluation, so the rules for size and known attacks would
 * not run. Rules that depend only on the sender skip requests with the label.
 */
export function webAclRules(settings: RuleSettings): WebAclRule[] {
  const { blocked, allowed } = settings;
  const rules: Rule[] = [
    ...(blocked.length > 0 ? [blockListRule(settings)] : []),
    ...(allowed.length > 0 ? [allowListRule(settings)] : []),
    bodySizeRule(settings),
    rateRule(settings),
    ...MANAGED_GROUPS.map((group) => managedGroupRule(group, settings)),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

// Behind a proxy a request is blocked if the address is the connecting one, or is anywhere in the forwarded header.
function blockListRule({ blocked, rateKey, corsOrigin }: RuleSettings): Rule {
  const sets: Statement[] = blocked.map((arn) => ({ ipSetReferenceStatement: { arn } }));
  const forwarded: Statement[] =
    rateKey === "ip" ? [] : blocked.map((arn) => forwardedSet(arn, { position: "ANY", fallbackBehavior: "MATCH" }));
  return {
    name: "blocked-addresses",
    action: { block: { customResponse: blockResponse("REQUEST_BLOCKED", "blocked-addresses", corsOrigin) } },
    statement: anyOf([...sets, ...forwarded]),
  };
}

// Behind a proxy only the last address of the header counts: the proxy wrote it. A client can forge the addresses before it.
function allowListRule({ allowed, rateKey }: RuleSettings): Rule {
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

// MATCH: WAF does not inspect bytes beyond its window, so it must not deliver a body that is larger than the window. If the stack wants such bodies, they
// are counted, and the function limits them.
function bodySizeRule({ corsOrigin, maxBodyBytes }: RuleSettings): Rule {
  const isSeen = maxBodyBytes <= MAX_BODY_BYTES;
  return {
    name: "body-size",
    action: !isSeen
      ? { count: {} }
      : { block: { customResponse: blockResponse("BODY_TOO_LARGE", "body-size", corsOrigin) } },
    statement: {
      sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: Math.min(maxBodyBytes, MAX_BODY_BYTES),
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    },
  };
}

function rateRule({ rateLimit: limit, rateKey, allowed, corsOrigin }: RuleSettings): Rule {
  return {
    name: "rate",
    action: { block: { customResponse: blockResponse("RATE_LIMITED", "rate", corsOrigin) } },
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
        ...(allowed.length > 0 && { scopeDownStatement: NOT_ALLOW_LISTED }),
      },
    },
  };
}

function managedGroupRule({ name, sparesAllowed, blocks, counts }: ManagedGroup, settings: RuleSettings): Rule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: [
          // The action is the same as AWS's or stricter. The custom response has the error shape of the contract.
          ...blocks.map((rule) => ({
            name: rule,
            actionToUse: { block: { customResponse: blockResponse("REQUEST_BLOCKED", rule, settings.corsOrigin) } },
          })),
          ...counts.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        ],
        ...(sparesAllowed && settings.allowed.length > 0 && { scopeDownStatement: NOT_ALLOW_LISTED }),
      },
    },
  };
}

const NOT_ALLOW_LISTED = {
  notStatement: { statement: { labelMatchStatement: { scope: "LABEL", key: ALLOWED_LABEL } } },
};

function blockResponse(code: WafAnswer, rule: string, corsOrigin: pulumi.Input<string> | undefined): CustomResponse {
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

/** Metrics are on. Sampled requests are off: they would show callers' credentials, because log redaction does not apply to samples. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
