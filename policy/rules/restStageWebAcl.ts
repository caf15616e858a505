import type { LinkedNode, PolicyGraph } from "../graph";
import type { Finding, Rule } from "../rule";
import { isPrivate, linkTo, STAGE } from "../restStage";
import { aclOf, hasRules } from "../webAcl";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

/**
 * A stage is linked to its association by the outputs that flowed into `resourceArn`: ARNs are unknown in preview.
 * Corresponds to Security Hub APIGateway.4 and WAF.10, cdk-nag AwsSolutions-APIG3, checkov CKV2_AWS_29.
 */
export const restStageWebAcl: Rule = {
  form: "stack",
  id: "fd-apigateway-stage-web-acl",
  description: "Every stage of a REST API that is not private has a web ACL with rules.",
  severity: "critical",
  remediationSteps:
    "Add an aws.wafv2.WebAclAssociation whose resourceArn is the stage's own arn (stage.arn, not a text made from its parts) and whose webAclArn is an ACL with rules.",
  check: (graph) => graph.all(STAGE).flatMap((stage) => (isPrivate(graph, stage) ? [] : findings(graph, stage))),
};

function findings(graph: PolicyGraph, stage: LinkedNode): Finding[] {
  const { urn } = stage;
  const links = graph.all(ASSOCIATION).map((association) => ({ association, link: linkTo(graph, association, stage) }));
  const linked = links.filter(({ link }) => link === "linked");
  if (linked.length === 0) {
    return links.some(({ link }) => link === "unproven")
      ? [
          {
            status: "unproven",
            urn,
            message:
              "An association's `resourceArn` is not known and not `stage.arn`; it may or may not be this stage's.",
          },
        ]
      : [{ status: "fail", urn, message: "No WebAclAssociation names this stage." }];
  }
  const verdicts = linked.map(({ association }) => hasRules(graph, aclOf(graph, association)));
  if (verdicts.includes("yes")) return [];
  return verdicts.includes("unknown")
    ? [{ status: "unproven", urn, message: "The rules of the associated web ACL are not known before the update." }]
    : [{ status: "fail", urn, message: "The associated web ACL has no rules." }];
}
