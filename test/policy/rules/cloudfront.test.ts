import { functionUrlOrigin } from "../../../policy/rules/cloudfront/functionUrlOrigin";
import { originAccessControl } from "../../../policy/rules/cloudfront/originAccessControl";
import { webAcl } from "../../../policy/rules/cloudfront/webAcl";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { bucket, control, distribution, edge, KNOWN_HOST, origin } from "../support/edge";

const US = { region: "us-east-1" };
const acl = declare("webAcl", "acl", { ...US, scope: "CLOUDFRONT", rules: [{ name: "rate" }] });
const second = declare("webAcl", "second", { ...US, scope: "CLOUDFRONT", rules: [{ name: "rate" }] });
const empty = declare("webAcl", "empty", { ...US, scope: "CLOUDFRONT", rules: [] });
const regional = declare("webAcl", "regional", { scope: "REGIONAL", rules: [{ name: "rate" }] });
const GLOBAL_ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/elsewhere/1";

testRule(webAcl, {
  pass: [
    { title: "the stack's own web ACL", resources: edge({ webAclId: acl.out("arn") }, acl) },
    {
      title: "rules that another resource adds",
      resources: edge(
        { webAclId: empty.out("arn") },
        empty,
        declare("webAclRule", "rule", { webAclArn: empty.out("arn") }),
      ),
    },
    {
      title: "rules as JSON text",
      resources: edge(
        {
          webAclId: declare("webAcl", "text", { ...US, scope: "CLOUDFRONT", ruleJson: '[{"Name":"rate"}]' }).out("arn"),
        },
        declare("webAcl", "text", { ...US, scope: "CLOUDFRONT", ruleJson: '[{"Name":"rate"}]' }),
      ),
    },
    {
      title: "one of two web ACLs, each with rules",
      resources: edge({ webAclId: { ...acl.out("arn"), from: [acl, second] } }, acl, second),
    },
  ],
  fail: [
    { title: "no web ACL", resources: edge({}, acl), findings: [["edge", "webAclId"]] },
    { title: "an empty id", resources: edge({ webAclId: "" }), findings: [["edge", "webAclId"]] },
    {
      title: "an id of WAF Classic, which CKV_AWS_68 passes",
      resources: edge({ webAclId: "473e64fd-f30b-4765-81a0-62ad96dd167a" }),
      findings: [["edge", "webAclId"]],
    },
    {
      title: "the ARN of a regional web ACL",
      resources: edge({ webAclId: GLOBAL_ARN.replace("global", "regional") }),
      findings: [["edge", "webAclId"]],
    },
    {
      title: "a web ACL of the wrong scope, before its ARN is known",
      modes: ["preview"],
      resources: edge({ webAclId: regional.out("arn") }, regional),
      findings: [["edge", "scope"]],
    },
    {
      title: "a web ACL of the wrong scope, by its ARN",
      modes: ["update"],
      resources: edge({ webAclId: regional.out("arn") }, regional),
      findings: [["edge", "webAclId"]],
    },
    {
      title: "a web ACL without rules, which every other pack passes",
      resources: edge({ webAclId: empty.out("arn") }, empty),
      findings: [["edge", "rules"]],
    },
  ],
  unknown: [
    {
      title: "an ACL that nothing in the stack gives",
      resources: edge({ webAclId: unknown }),
      findings: [["edge", "webAclId"]],
    },
    { title: "an ACL of another stack", resources: edge({ webAclId: GLOBAL_ARN }), findings: [["edge", "webAclId"]] },
    {
      title: "an ACL whose rules are not known",
      resources: edge(
        { webAclId: declare("webAcl", "open", { ...US, scope: "CLOUDFRONT", rules: unknown }).out("arn") },
        declare("webAcl", "open", { ...US, scope: "CLOUDFRONT", rules: unknown }),
      ),
      findings: [["edge", "rules"]],
    },
    {
      title: "one of two web ACLs, one of them without rules",
      modes: ["preview"],
      resources: edge({ webAclId: { ...acl.out("arn"), from: [acl, empty] } }, acl, empty),
      findings: [["edge", "rules"]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [acl] }],
});

const oac = (props: object) => [
  declare("originAccessControl", "oac", {
    originAccessControlOriginType: "lambda",
    signingBehavior: "always",
    signingProtocol: "sigv4",
    ...props,
  }),
];

testRule(originAccessControl, {
  pass: [
    { title: "one that signs for a function", resources: oac({}) },
    { title: "one that signs for a bucket", resources: oac({ originAccessControlOriginType: "s3" }) },
    { title: "one whose kind of origin is not known", resources: oac({ originAccessControlOriginType: unknown }) },
  ],
  fail: [
    {
      title: "never, the fix once proposed in amplify-backend 3194",
      resources: oac({ signingBehavior: "never" }),
      findings: [["oac", "signingBehavior"]],
    },
    {
      title: "no-override: a viewer's Authorization wins",
      resources: oac({ signingBehavior: "no-override" }),
      findings: [["oac", "signingBehavior"]],
    },
    {
      title: "a bucket's that never signs",
      resources: oac({ originAccessControlOriginType: "s3", signingBehavior: "never" }),
      findings: [["oac", "signingBehavior"]],
    },
    {
      title: "nothing said",
      resources: oac({ signingBehavior: undefined, signingProtocol: undefined }),
      findings: [
        ["oac", "signingBehavior"],
        ["oac", "signingProtocol"],
      ],
    },
    { title: "another protocol", resources: oac({ signingProtocol: "sigv2" }), findings: [["oac", "signingProtocol"]] },
  ],
  unknown: [
    {
      title: "a behaviour that is not known",
      resources: oac({ signingBehavior: unknown }),
      findings: [["oac", "signingBehavior"]],
    },
    {
      title: "a protocol that is not known",
      resources: oac({ signingProtocol: unknown }),
      findings: [["oac", "signingProtocol"]],
    },
  ],
  notApplicable: [{ title: "a stack without origin access controls", resources: [distribution()] }],
});

const open = { originAccessControlId: undefined };
const forBuckets = declare("originAccessControl", "forBuckets", { originAccessControlOriginType: "s3" });
const balancer = declare("aws:lb/loadBalancer:LoadBalancer", "balancer");
const other = declare("functionUrl", "other", { functionName: "other" });
const ALB = { originId: "alb", domainName: balancer.out("dnsName") };

testRule(functionUrlOrigin, {
  pass: [
    { title: "a Function URL with a control for functions", resources: edge() },
    {
      title: "a known host with the stack's control, as in an imported stack",
      resources: edge({ origins: [origin({ domainName: KNOWN_HOST })] }),
    },
    { title: "a bucket beside it without a control", resources: edge({ origins: [origin(), bucket()] }) },
    {
      title: "a bucket beside it with its own control, by the ids that they have",
      modes: ["update"],
      resources: edge({ origins: [origin(), bucket({ originAccessControlId: forBuckets.out("id") })] }, forBuckets),
    },
    {
      title: "a known host of another kind without a control",
      resources: edge({ origins: [origin({ ...open, domainName: "api.example.com" })] }),
    },
    {
      title: "a load balancer without a control, once its name is known",
      modes: ["update"],
      resources: edge({ origins: [origin(), origin({ ...ALB, ...open })] }, balancer),
    },
  ],
  fail: [
    {
      title: "a Function URL without a control, which no other pack finds before it exists",
      resources: edge({ origins: [origin(open)] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a Function URL with an empty id",
      resources: edge({ origins: [origin({ originAccessControlId: "" })] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a known host without a control",
      resources: edge({ origins: [origin({ ...open, domainName: KNOWN_HOST })] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a known host in capitals",
      resources: edge({ origins: [origin({ ...open, domainName: KNOWN_HOST.toUpperCase() })] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a control for buckets, which CKV2_AWS_46 takes for right",
      resources: edge({ origins: [origin({ originAccessControlId: forBuckets.out("id") })] }, forBuckets),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "two Function URLs, one of them without a control",
      resources: edge(
        { origins: [origin(), origin({ ...open, originId: "other", domainName: other.out("functionUrl") })] },
        other,
      ),
      modes: ["preview"],
      findings: [["edge", "origins[other].originAccessControlId"]],
    },
    {
      title: "a Function URL and a load balancer, neither with a control: one of them needs it",
      modes: ["preview"],
      resources: edge({ origins: [origin(open), origin({ ...ALB, ...open })] }, balancer),
      findings: [
        ["edge", "origins[function-url].originAccessControlId"],
        ["edge", "origins[alb].originAccessControlId"],
      ],
    },
  ],
  unknown: [
    {
      title: "a load balancer beside it whose name is not known",
      modes: ["preview"],
      resources: edge({ origins: [origin(), origin({ ...ALB, ...open })] }, balancer),
      findings: [["edge", "origins[alb].originAccessControlId"]],
    },
    {
      title: "a host that nothing in the stack gives",
      resources: edge({ origins: [origin({ ...open, domainName: unknown })] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a control of another stack",
      resources: edge({ origins: [origin({ originAccessControlId: "E2QWRUHAPOMQZL" })] }),
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "a control whose kind is not known",
      resources: [
        ...edge({ origins: [origin({ originAccessControlId: unknown })] }).filter((each) => each !== control),
      ],
      findings: [["edge", "origins[function-url].originAccessControlId"]],
    },
    {
      title: "origins that are not known",
      resources: edge({ origins: unknown }),
      findings: [["edge", "origins.originAccessControlId"]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [control] }],
});
