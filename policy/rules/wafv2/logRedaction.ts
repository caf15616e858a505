import { TYPES } from "../../aws/types";
import { pathIn, rulesOf } from "../../aws/webAclRules";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, every, is, list, or, some, UNKNOWN, type Truth } from "../../model/value";

/** Headers that prove who calls. */
const SECRETS = ["authorization", "cookie", "x-api-key", "x-amz-security-token"] as const;

export const logRedaction = defineRule({
  id: "fd-wafv2-log-redaction",
  description: "Neither the logs of a web ACL nor its samples hold the callers' credentials.",
  rationale:
    "WAF logs whole headers, and keeps whole requests as samples for three hours. The redacted fields of a logging configuration touch its logs alone, and not the samples (https://docs.aws.amazon.com/waf/latest/developerguide/logging.html): those have to be off, or the ACL's own data protection has to cover the same headers. Rules that a WebAclRule or a WebAclRuleGroupAssociation adds make the provider drop that protection (https://github.com/hashicorp/terraform-provider-aws/issues/49388), and an association without a visibilityConfig samples.",
  severity: "high",
  frameworks: { catalogue: ["FD40"] },
  remediationSteps:
    "Name authorization, cookie, x-api-key and x-amz-security-token in redactedFields of the WebAclLoggingConfiguration, each as a singleHeader. Set sampledRequestsEnabled to false in the visibilityConfig of the ACL and of each rule, or protect the same four headers with dataProtectionConfig (fieldType SINGLE_HEADER) and without its exceptions.",
  resource: { types: [TYPES.webAclLogging], check: redactions },
  stack: {
    types: [TYPES.webAclLogging, TYPES.webAcl],
    check: (graph) => [
      ...graph.all(TYPES.webAclLogging).flatMap(redactions),
      ...graph.all(TYPES.webAcl).flatMap((acl) => samples(graph, acl)),
    ],
  },
});

const isHeader = (name: unknown, header: string): Truth => is(name, (known) => String(known).toLowerCase() === header);

function redactions(logging: Resource): readonly Finding[] {
  const fields = list(logging.props["redactedFields"]);
  return SECRETS.flatMap((header) => {
    const redacted = some(fields, (field) => isHeader(at(field, "singleHeader", "name"), header));
    return judge(logging, redacted, {
      finding: `redactedFields[${header}]`,
      seen:
        redacted === UNKNOWN
          ? "which fields are redacted is not known before the update"
          : `the log shows \`${header}\``,
      wanted: `a \`singleHeader\` named "${header}" in \`redactedFields\``,
    });
  });
}

function samples(graph: PolicyGraph, acl: StackResource): readonly Finding[] {
  // The provider drops an ACL's data protection whenever another resource adds a rule to it, unless it is a version that does not.
  const kept: Truth = rulesOf(graph, acl).every(({ from }) => from === acl) || UNKNOWN;
  const covered = and(
    kept,
    every(SECRETS, (header) => isProtected(acl, header as string)),
  );
  const sampling = [
    { from: acl, finding: "visibilityConfig.sampledRequestsEnabled", of: acl.props as unknown },
    ...rulesOf(graph, acl).map((each) => ({
      from: each.from,
      finding: pathIn(each, "visibilityConfig.sampledRequestsEnabled"),
      of: each.rule,
    })),
  ];
  return sampling.flatMap(({ from, finding, of }) => {
    const sampled = at(of, "visibilityConfig", "sampledRequestsEnabled");
    const truth = or(
      covered,
      is(sampled, (known) => known !== true),
    );
    return judge(from, truth, {
      finding,
      seen:
        truth === UNKNOWN
          ? "whether its samples show the callers' credentials is not known"
          : "its samples show the callers' credentials",
      wanted: "false, or a `dataProtectionConfig` of the ACL for the same headers",
    });
  });
}

/** Whether the ACL's data protection hides a header in all that WAF shows. Without keys it hides every header. */
function isProtected(acl: Resource, header: string): Truth {
  return some(list(at(acl.props, "dataProtectionConfig", "dataProtections")), (protection) => {
    const keys = list(at(protection, "field", "fieldKeys"));
    return and(
      is(at(protection, "field", "fieldType"), (known) => known === "SINGLE_HEADER"),
      or(
        is(keys, (known) => (known as unknown[]).length === 0),
        some(keys, (key) => isHeader(key, header)),
      ),
      ...["excludeRuleMatchDetails", "excludeRateBasedDetails"].map((exception) =>
        is(at(protection, exception), (known) => known !== true),
      ),
    );
  });
}
