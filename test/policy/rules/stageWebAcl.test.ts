import { stageWebAcl } from "../../../policy/rules/apigateway/stageWebAcl";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const stage = declare("stage", "stage", { restApi: api.out("id"), stageName: "live" });
const other = declare("stage", "other", { restApi: api.out("id"), stageName: "other" });
const acl = declare("webAcl", "acl", { scope: "REGIONAL", rules: [{ name: "rate" }] });
const empty = declare("webAcl", "empty", { scope: "REGIONAL", rules: [] });
const association = (resourceArn: unknown, webAclArn: unknown = acl.out("arn")) =>
  declare("webAclAssociation", "association", { resourceArn, webAclArn });

testRule(stageWebAcl, {
  pass: [
    { title: "a stage with its association", resources: [api, stage, acl, association(stage.out("arn"))] },
    {
      title: "a known ARN of the stage, as in an imported stack",
      resources: [
        api,
        declare("stage", "stage", { restApi: "abc123", stageName: "live" }),
        acl,
        association("arn:aws:apigateway:us-east-1::/restapis/abc123/stages/live"),
      ],
    },
    {
      title: "a private API without one",
      resources: [declare("restApi", "api", { endpointConfiguration: { types: "PRIVATE" } }), stage],
    },
    {
      title: "rules that another resource adds",
      resources: [
        api,
        stage,
        empty,
        association(stage.out("arn"), empty.out("arn")),
        declare("webAclRule", "rule", { webAclArn: empty.out("arn") }),
      ],
    },
  ],
  fail: [
    { title: "no association", resources: [api, stage, acl], findings: [["stage", "association"]] },
    {
      title: "an association with another stage",
      resources: [api, stage, other, acl, association(other.out("arn"))],
      findings: [["stage", "association"]],
    },
    {
      title: "an association with a load balancer",
      resources: [api, stage, acl, association("arn:aws:elasticloadbalancing:x")],
      findings: [["stage", "association"]],
    },
    {
      title: "a web ACL without rules",
      resources: [api, stage, empty, association(stage.out("arn"), empty.out("arn"))],
      findings: [["stage", "rules"]],
    },
    {
      title: "an association with something that is no web ACL",
      resources: [api, stage, association(stage.out("arn"), "arn:aws:waf::123456789012:webacl/x")],
      findings: [["association", "webAclArn"]],
      beside: [["stage", "rules"]],
    },
  ],
  unknown: [
    {
      title: "an ARN made of the API's id",
      modes: ["preview"],
      resources: [
        api,
        stage,
        acl,
        association(text`arn:aws:apigateway:us-east-1::/restapis/${api.out("id")}/stages/live`),
      ],
      findings: [["stage", "association"]],
    },
    {
      title: "outputs of two stages in one text",
      modes: ["preview"],
      resources: [api, stage, other, acl, association(text`${stage.out("arn")}${other.out("arn")}`)],
      findings: [
        ["stage", "association"],
        ["other", "association"],
      ],
    },
    {
      title: "a web ACL of another stack",
      resources: [api, stage, association(stage.out("arn"), unknown)],
      findings: [["stage", "rules"]],
    },
    {
      title: "a web ACL with rules that are not known",
      resources: [
        api,
        stage,
        declare("webAcl", "acl", { rules: unknown }),
        association(stage.out("arn"), declare("webAcl", "acl", { rules: unknown }).out("arn")),
      ],
      findings: [["stage", "rules"]],
    },
    {
      title: "an API whose type is not known",
      resources: [declare("restApi", "api", { endpointConfiguration: { types: unknown } }), stage],
      findings: [["stage", "association"]],
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [api, acl] }],
});
