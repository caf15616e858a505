import { variablesOf } from "../../aws/accessLogs";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { at, UNKNOWN } from "../../model/value";

/** What would put a credential, an identity's claims or a caller's own text into a log. */
const BANNED = /^(?:authorizer|identity\.apiKey|requestOverride|path)(?:\.|$)/;

interface Settings {
  readonly allowed: readonly string[];
  readonly required: readonly (readonly string[])[];
}

export const accessLogFields = defineRule<Settings>({
  id: "fd-apigateway-access-log-fields",
  description:
    "An access log names the caller, the outcome and the ids of each request, and holds no key, claim or path of the caller.",
  rationale:
    "An API key is a credential, an authorizer's context holds what a token says of a person, and a path can hold ids (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html). Without ids, status, caller, latency, and the answers of WAF and function, a line explains nothing.",
  severity: "high",
  frameworks: { catalogue: ["FD32"] },
  remediationSteps:
    "Take the variable out of accessLogSettings.format, or add the one that is missing. Log $context.identity.apiKeyId instead of the key's value and $context.resourcePath instead of the path. What a stack logs on purpose stands in the setting `allowed`.",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["authorizer.principalId", "authorizer.claims.sub"],
      description: "Variables, without `$context.`, that are logged on purpose although they would be banned.",
    },
    required: {
      type: "array",
      items: { type: "array", items: { type: "string" }, minItems: 1 },
      default: [
        ["requestId"],
        ["extendedRequestId"],
        ["status"],
        ["identity.userArn"],
        ["responseLatency", "integrationLatency", "integration.latency"],
        ["wafResponseCode", "waf.status", "waf.error"],
        [
          "integration.error",
          "integrationErrorMessage",
          "integration.status",
          "integrationStatus",
          "integration.integrationStatus",
        ],
      ],
      description: "Variables, without `$context.`, that must be logged; of each list one is enough.",
    },
  },
  resource: { types: [TYPES.stage], check },
});

function check(stage: Resource, { allowed, required }: Settings): readonly Finding[] {
  const format = at(stage.props, "accessLogSettings", "format");
  if (format === UNKNOWN) return judgeProperty(stage, "accessLogSettings.format", format, UNKNOWN, "known fields");
  // That there is a format is another rule's affair.
  if (typeof format !== "string") return [];
  const variables = variablesOf(format);
  const finding = (name: string) => `accessLogSettings.format[${name}]`;
  const banned = variables.filter((name) => BANNED.test(name) && !allowed.includes(name));
  const missing = required.filter((names) => !names.some((name) => variables.includes(name)));
  return [
    ...banned.flatMap((name) =>
      judge(stage, false, {
        finding: finding(name),
        seen: `\`accessLogSettings.format\` has $context.${name}`,
        wanted: "a format without it",
      }),
    ),
    ...missing.flatMap((names) =>
      judge(stage, false, {
        finding: finding(names.join("|")),
        seen: `\`accessLogSettings.format\` lacks ${names.map((name) => `$context.${name}`).join(" or ")}`,
        wanted: names.length === 1 ? "a format with it" : "a format with one of them",
      }),
    ),
  ];
}
