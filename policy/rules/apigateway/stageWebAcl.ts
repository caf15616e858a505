import { isOfPrivateApi } from "../../aws/apis";
import { link, linkedFrom, strays } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { hasRules } from "../../aws/webAcl";
import { isManagedElsewhere, type PolicyGraph, type StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { or, UNKNOWN, type Truth } from "../../model/value";

const ACL_ARN = /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\//;

export const stageWebAcl = defineRule({
  id: "fd-apigateway-stage-web-acl",
  description: "Every stage of a REST API that is not private has a web ACL with rules.",
  rationale:
    "Without a web ACL nothing limits a client by address or looks into a request before it costs an agent's run. ARNs are unknown in preview, so a stage is linked to its association by the outputs that flowed into `resourceArn`.",
  severity: "critical",
  frameworks: {
    catalogue: ["FD16"],
    securityHub: ["APIGateway.4", "WAF.10"],
    checkov: ["CKV2_AWS_29"],
    cdkNag: ["AwsSolutions-APIG3"],
    kics: ["api_gateway_without_waf"],
    prowler: ["apigateway_restapi_waf_acl_attached"],
  },
  remediationSteps:
    "Add an aws.wafv2.WebAclAssociation whose resourceArn is the stage's own arn (stage.arn, not a text made from its parts) and whose webAclArn is an ACL with rules. Name an ACL of another team in managedElsewhere.webAcls of fd-pack.",
  unwaivable: true,
  // One association alone: it has to name a regional ACL.
  resource: {
    types: [TYPES.webAclAssociation],
    check: (association) => {
      const arn = association.props["webAclArn"];
      // Unknown here is the usual case, and the stack form follows it.
      const named: Truth = arn === UNKNOWN || (typeof arn === "string" && ACL_ARN.test(arn));
      return judge(association, named, {
        finding: "webAclArn",
        seen: `\`webAclArn\` is ${arn === undefined ? "not set" : JSON.stringify(arn)}`,
        wanted: "the ARN of a regional web ACL",
      });
    },
  },
  stack: {
    types: [TYPES.stage],
    check: (graph) => graph.all(TYPES.stage).flatMap((stage) => findings(graph, stage)),
  },
});

function findings(graph: PolicyGraph, stage: StackResource): readonly Finding[] {
  const exempt = isOfPrivateApi(graph, stage);
  const associations = linkedFrom(graph, stage, TYPES.webAclAssociation, "resourceArn");
  const elsewhere = strays(graph, TYPES.webAclAssociation, "resourceArn", TYPES.stage);
  const associated: Truth = or(
    ...associations.map(({ sure }) => sure || UNKNOWN),
    ...elsewhere.map(() => UNKNOWN as Truth),
  );
  if (associated !== true)
    return judge(stage, or(exempt, associated), {
      finding: "association",
      seen:
        associated === UNKNOWN
          ? "an association's `resourceArn` is not known and not `stage.arn`, so it may or may not be this stage's"
          : "no WebAclAssociation names this stage",
      wanted: "one whose `resourceArn` is the stage's `arn`",
    });
  const guarded = or(...associations.map(({ from }) => isGuarding(graph, from)));
  return judge(stage, or(exempt, guarded), {
    finding: "rules",
    seen: `the rules of its web ACL are ${guarded === UNKNOWN ? "not known" : "none"}`,
    wanted: "a web ACL with rules",
  });
}

function isGuarding(graph: PolicyGraph, association: StackResource): Truth {
  const acls = link(graph, association, "webAclArn", TYPES.webAcl);
  // One from outside of the stack cannot be looked into.
  const arn = association.props["webAclArn"];
  if (acls.to.length === 0 && isManagedElsewhere(graph.context, "webAcls", arn)) return true;
  if (acls.to.length === 0) return arn === undefined ? false : UNKNOWN;
  const ruled = or(...acls.to.map((acl) => hasRules(graph, acl)));
  return acls.sure || ruled === false ? ruled : UNKNOWN;
}
