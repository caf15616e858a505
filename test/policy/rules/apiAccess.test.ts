import { integrationTarget } from "../../../policy/rules/apiAccess/integrationTarget";
import { apiResourcePolicy } from "../../../policy/rules/apiAccess/resourcePolicy";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { policy } from "../support/iam";

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const method = (authorization: unknown) =>
  declare("method", "post", { restApi: api.out("id"), httpMethod: "POST", authorization });
const allow = (more: object) =>
  policy({ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*", ...more });
const withPolicy = (document: unknown, authorization: unknown = "AWS_IAM") => [
  api,
  method(authorization),
  declare("restApiPolicy", "policy", { restApiId: api.out("id"), policy: document }),
];

const open = declare("restApi", "open", { policy: allow({}) });

testRule(apiResourcePolicy, {
  pass: [
    { title: "no policy", resources: [api, method("AWS_IAM")] },
    {
      title: "principals by name",
      resources: withPolicy(allow({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })),
    },
    { title: "everybody, where an authorizer decides", resources: withPolicy(allow({}), "CUSTOM") },
    {
      title: "everybody of one account",
      resources: withPolicy(allow({ Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } })),
    },
    {
      title: "everybody, but none from outside of a range",
      resources: withPolicy(
        policy(
          { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
          {
            Effect: "Deny",
            Principal: "*",
            Action: "execute-api:Invoke",
            Resource: "*",
            Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
          },
        ),
      ),
    },
  ],
  fail: [
    { title: "everybody", resources: withPolicy(allow({})), findings: [["policy", "policy"]] },
    {
      title: "everybody by a list",
      resources: withPolicy(allow({ Principal: { AWS: ["*"] } })),
      findings: [["policy", "policy"]],
    },
    {
      title: "everybody but one",
      resources: withPolicy(allow({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })),
      findings: [["policy", "policy"]],
    },
    {
      title: "everybody from two halves of all addresses",
      resources: withPolicy(allow({ Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } })),
      findings: [["policy", "policy"]],
    },
    {
      title: "everybody, in the API itself",
      resources: [open, declare("method", "post", { restApi: open.out("id"), authorization: "AWS_IAM" })],
      findings: [["open", "policy"]],
    },
  ],
  unknown: [
    { title: "a policy that comes from nowhere", resources: withPolicy(unknown), findings: [["policy", "policy"]] },
  ],
  notApplicable: [{ title: "a stage", resources: [declare("stage", "live")] }],
});

const fn = declare("function", "fn", { name: "fn" });
const integration = (props: object) => [fn, declare("integration", "post", { type: "AWS_PROXY", ...props })];

testRule(integrationTarget, {
  pass: [
    { title: "the function of the stack", resources: integration({ uri: fn.out("invokeArn") }) },
    { title: "https", resources: integration({ type: "HTTP_PROXY", uri: "https://example.com/" }) },
    {
      title: "a link into a VPC",
      resources: integration({ type: "HTTP_PROXY", uri: "http://nlb/", connectionType: "VPC_LINK" }),
    },
    { title: "what API Gateway answers by itself", resources: integration({ type: "MOCK" }) },
  ],
  fail: [
    {
      title: "plain http",
      resources: integration({ type: "HTTP_PROXY", uri: "http://10.0.0.1/" }),
      findings: [["post", "uri"]],
    },
    {
      title: "the agent itself",
      resources: integration({
        type: "AWS",
        uri: "arn:aws:apigateway:us-east-1:bedrock-agentcore:path/runtimes/a/invocations",
      }),
      findings: [["post", "uri"]],
    },
    {
      title: "a queue",
      resources: integration({ type: "AWS", uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/jobs" }),
      findings: [["post", "uri"]],
    },
  ],
  unknown: [
    {
      title: "a target that comes from nowhere",
      resources: integration({ uri: unknown }),
      findings: [["post", "uri"]],
    },
  ],
  notApplicable: [{ title: "a function alone", resources: [fn] }],
});
