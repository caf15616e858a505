import { CLASSIC_TYPES } from "../../../policy/aws/wafClassic";
import { wafClassic } from "../../../policy/rules/wafv2/wafClassic";
import { webAclScope } from "../../../policy/rules/wafv2/webAclScope";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { acl } from "../support/webAcl";

const EDGE_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/acl/1";
const empty = acl("acl", []);
const stage = declare("stage", "stage");
const distribution = (webAclId: unknown) => declare("distribution", "distribution", { webAclId });

testRule(wafClassic, {
  pass: [
    { title: "the ARN of a current ACL", resources: [distribution(EDGE_ACL)] },
    {
      title: "an ACL of this stack",
      resources: [
        acl("acl", [], { scope: "CLOUDFRONT" }),
        distribution(acl("acl", [], { scope: "CLOUDFRONT" }).out("arn")),
      ],
    },
    { title: "a distribution without an ACL, which another rule refuses", resources: [distribution("")] },
  ],
  fail: [
    ...CLASSIC_TYPES.map((type) => ({
      title: type,
      resources: [declare(type as `${string}:${string}`, "classic", { name: "x" })],
      findings: [["classic", "type"]] as const,
    })),
    {
      title: "the id of a classic ACL in a distribution",
      resources: [distribution("473e64fd-f30b-4765-81a0-62ad96dd167a")],
      findings: [["distribution", "webAclId"]],
    },
  ],
  unknown: [
    { title: "an ACL of another stack", resources: [distribution(unknown)], findings: [["distribution", "webAclId"]] },
  ],
  notApplicable: [{ title: "a web ACL of WAFv2", resources: [empty] }],
});

const global = (props: object = { region: "us-east-1" }) => acl("acl", [], { scope: "CLOUDFRONT", ...props });
const linked = (resourceArn: unknown, webAclArn: unknown) =>
  declare("webAclAssociation", "linked", { resourceArn, webAclArn });
const REGIONAL_ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/1";
const STAGE = "arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/live";

testRule(webAclScope, {
  pass: [
    { title: "an ACL for CloudFront in us-east-1", resources: [global()] },
    {
      title: "a provider in us-east-1",
      resources: [declare("webAcl", "acl", { scope: "CLOUDFRONT" }, { provider: { region: "us-east-1" } })],
    },
    { title: "a regional ACL anywhere", resources: [acl("acl", [], { region: "eu-west-1" })] },
    { title: "a distribution with its ACL", resources: [global(), distribution(global().out("arn"))] },
    { title: "a distribution with an ACL of another stack", resources: [distribution(EDGE_ACL)] },
    { title: "a distribution without an ACL, which another rule refuses", resources: [distribution("")] },
    { title: "a stage with a regional ACL", resources: [stage, empty, linked(stage.out("arn"), empty.out("arn"))] },
    { title: "known ARNs, as in an imported stack", resources: [linked(STAGE, REGIONAL_ACL)] },
  ],
  fail: [
    {
      title: "an ACL for CloudFront in another region",
      resources: [global({ region: "eu-west-1" })],
      findings: [["acl", "region"]],
    },
    {
      title: "a provider in another region",
      resources: [declare("webAcl", "acl", { scope: "CLOUDFRONT" }, { provider: { region: "eu-west-1" } })],
      findings: [["acl", "region"]],
    },
    {
      title: "a regional ACL in a distribution",
      resources: [empty, distribution(empty.out("arn"))],
      findings: [["distribution", "webAclId"]],
    },
    {
      title: "a regional ACL of another stack in a distribution",
      resources: [distribution(REGIONAL_ACL)],
      findings: [["distribution", "webAclId"]],
    },
    {
      title: "an association with a distribution",
      resources: [empty, distribution(""), linked(distribution("").out("arn"), empty.out("arn"))],
      findings: [["linked", "resourceArn"]],
    },
    {
      title: "an association with a distribution of another stack",
      resources: [linked("arn:aws:cloudfront::123456789012:distribution/E1", REGIONAL_ACL)],
      findings: [["linked", "resourceArn"]],
    },
    {
      title: "an ACL for CloudFront on a stage",
      resources: [stage, global(), linked(stage.out("arn"), global().out("arn"))],
      findings: [["linked", "webAclArn"]],
    },
    {
      title: "an ACL for CloudFront of another stack on a stage",
      resources: [linked(STAGE, EDGE_ACL)],
      findings: [["linked", "webAclArn"]],
    },
  ],
  unknown: [
    { title: "no region that the pack can see", resources: [global({})], findings: [["acl", "region"]] },
    {
      title: "a scope that is not known, in another region",
      resources: [global({ scope: unknown, region: "eu-west-1" })],
      findings: [["acl", "region"]],
    },
    {
      title: "an ACL that comes from nowhere",
      resources: [distribution(unknown)],
      findings: [["distribution", "webAclId"]],
    },
    {
      title: "an association of what comes from nowhere",
      resources: [linked(unknown, unknown)],
      findings: [
        ["linked", "resourceArn"],
        ["linked", "webAclArn"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack with a stage alone", resources: [stage] }],
});
