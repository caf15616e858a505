import { linkedFrom, strays } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

export const webAclLogging = defineRule({
  id: "fd-wafv2-web-acl-logging",
  description: "Every web ACL logs its requests.",
  rationale:
    "A request that WAF blocks reaches no function and no access log of the application: without WAF's own log nobody can tell an attack from a prompt that was taken for one (https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11).",
  severity: "medium",
  frameworks: {
    securityHub: ["WAF.11"],
    checkov: ["CKV2_AWS_31"],
    cdkNag: [
      "HIPAA.Security-WAFv2LoggingEnabled",
      "NIST.800.53.R5-WAFv2LoggingEnabled",
      "PCI.DSS.321-WAFv2LoggingEnabled",
    ],
    prowler: ["wafv2_webacl_logging_enabled"],
  },
  remediationSteps:
    "Add an aws.wafv2.WebAclLoggingConfiguration whose resourceArn is the ACL's own arn, with a log group as its destination and the credentials' headers in redactedFields. A loggingFilter has to keep at least what WAF blocks.",
  stack: {
    types: [TYPES.webAcl],
    check: (graph) => [
      ...graph.all(TYPES.webAcl).flatMap((acl) => logged(graph, acl)),
      ...graph.all(TYPES.webAclLogging).flatMap(filtered),
    ],
  },
});

function logged(graph: PolicyGraph, acl: StackResource): readonly Finding[] {
  const truth: Truth = or(
    ...linkedFrom(graph, acl, TYPES.webAclLogging, "resourceArn").map(({ sure }) => sure || UNKNOWN),
    ...strays(graph, TYPES.webAclLogging, "resourceArn", TYPES.webAcl).map(() => UNKNOWN as Truth),
  );
  return judge(acl, truth, {
    finding: "logging",
    seen:
      truth === UNKNOWN
        ? "a logging configuration's `resourceArn` is not known, so it may or may not be this ACL's"
        : "no WebAclLoggingConfiguration names this ACL",
    wanted: "one whose `resourceArn` is the ACL's `arn`",
  });
}

/** A filter may leave nothing to log. */
function filtered(logging: StackResource): readonly Finding[] {
  const filter = logging.props["loggingFilter"];
  const keeps = or(
    is(at(filter, "defaultBehavior"), (known) => known !== "DROP"),
    some(list(at(filter, "filters")), (each) => is(at(each, "behavior"), (known) => known === "KEEP")),
  );
  const drops = some(list(at(filter, "filters")), (each) =>
    and(
      is(at(each, "behavior"), (known) => known === "DROP"),
      some(list(at(each, "conditions")), (condition) =>
        is(at(condition, "actionCondition", "action"), (known) => known === "BLOCK"),
      ),
    ),
  );
  return judgeProperty(
    logging,
    "loggingFilter",
    filter,
    and(keeps, not(drops)),
    "a filter that keeps what was blocked, or none",
  );
}
