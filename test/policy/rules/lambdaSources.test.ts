import { permissionApiGatewaySource } from "../../../policy/rules/lambda/permissionApiGatewaySource";
import { permissionCloudFrontSource } from "../../../policy/rules/lambda/permissionCloudFrontSource";
import { permissionServiceSource } from "../../../policy/rules/lambda/permissionServiceSource";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const permission = (principal: unknown, props: object = {}): Declared =>
  declare("permission", "permission", { function: "fn", action: "lambda:InvokeFunction", principal, ...props });
const sourceArn: [string, string][] = [["permission", "sourceArn"]];
const notApplicable = [{ title: "a stack without permissions", resources: [declare("function", "fn")] }];

const cloudfront = (arn?: unknown, more: object = {}) =>
  permission("cloudfront.amazonaws.com", { ...(arn !== undefined && { sourceArn: arn }), ...more });
const distribution = declare("distribution", "distribution");
const second = declare("distribution", "second");

testRule(permissionCloudFrontSource, {
  pass: [
    {
      title: "a distribution of this stack",
      resources: [distribution, cloudfront(distribution.out("arn"))],
    },
    {
      title: "an ARN made of a distribution's id",
      resources: [
        distribution,
        cloudfront(text`arn:aws:cloudfront::123456789012:distribution/${distribution.out("id")}`),
      ],
    },
    {
      title: "a distribution of another stack",
      resources: [cloudfront("arn:aws:cloudfront::123456789012:distribution/E2ABCDEF")],
    },
    {
      title: "a distribution in China",
      resources: [cloudfront("arn:aws-cn:cloudfront::123456789012:distribution/E2ABCDEF")],
    },
    { title: "other callers", resources: [permission("123456789012", { sourceArn: "*" })] },
  ],
  fail: [
    { title: "no source", resources: [cloudfront()], findings: sourceArn },
    {
      title: "every distribution of the account",
      resources: [cloudfront("arn:aws:cloudfront::123456789012:distribution/*")],
      findings: sourceArn,
    },
    {
      title: "a source that is a wildcard (checkov CKV_AWS_364 passes it)",
      resources: [cloudfront("*")],
      findings: sourceArn,
    },
    {
      title: "a source account alone",
      resources: [cloudfront(undefined, { sourceAccount: "123456789012" })],
      findings: sourceArn,
    },
    {
      title: "a distribution of any account",
      resources: [cloudfront("arn:aws:cloudfront::*:distribution/E2ABCDEF")],
      findings: sourceArn,
    },
    {
      title: "something that is no distribution",
      resources: [cloudfront("arn:aws:s3:::bucket")],
      findings: sourceArn,
    },
  ],
  unknown: [
    { title: "an ARN of nothing in this stack", resources: [cloudfront(unknown)], findings: sourceArn },
    {
      title: "outputs of two distributions in one text",
      modes: ["preview"],
      resources: [distribution, second, cloudfront(text`${distribution.out("arn")}${second.out("arn")}`)],
      findings: sourceArn,
    },
    {
      title: "the ARN of another kind of resource",
      modes: ["preview"],
      resources: [
        declare("webAcl", "acl", { scope: "CLOUDFRONT" }),
        cloudfront(declare("webAcl", "acl", { scope: "CLOUDFRONT" }).out("arn")),
      ],
      findings: sourceArn,
    },
    { title: "a principal that is not known", resources: [permission(unknown)], findings: sourceArn },
  ],
  notApplicable,
});

const EXECUTION = "arn:aws:execute-api:us-east-1:123456789012:abc123";
const apigateway = (arn: unknown, props: object = {}) =>
  permission("apigateway.amazonaws.com", { sourceArn: arn, ...props });
const fn = declare("function", "function", { role: "r" });
const other = declare("function", "other", { role: "r" });
const api = declare("restApi", "api");
const integration = declare("integration", "integration", {
  restApi: api.out("id"),
  uri: fn.out("responseStreamingInvokeArn"),
});
const authorizer = declare("authorizer", "authorizer", {
  restApi: api.out("id"),
  authorizerUri: fn.out("invokeArn"),
});
const live = text`${api.out("executionArn")}/live/*`;

testRule(permissionApiGatewaySource, {
  pass: [
    {
      title: "a stage of the API that calls the function",
      resources: [fn, api, integration, apigateway(live, { function: fn.out("name") })],
    },
    {
      title: "the authorizer of an API that calls the function",
      resources: [
        fn,
        api,
        authorizer,
        apigateway(text`${api.out("executionArn")}/authorizers/${authorizer.out("id")}`, { function: fn.out("arn") }),
      ],
    },
    {
      title: "a stage of an API that calls a function of another stack",
      resources: [
        api,
        declare("integration", "integration", {
          restApi: api.out("id"),
          uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:fn/invocations",
        }),
        apigateway(live),
      ],
    },
    { title: "one method of a known API", resources: [apigateway(`${EXECUTION}/live/POST/invoke`)] },
    { title: "one path, by any method", resources: [apigateway(`${EXECUTION}/live/*/invoke`)] },
    { title: "every method of a stage", resources: [apigateway(`${EXECUTION}/live/*`)] },
    {
      title: "one method, where a method is asked for",
      settings: { requireMethod: true },
      resources: [apigateway(`${EXECUTION}/live/POST/invoke`)],
    },
    { title: "an authorizer of a known API", resources: [apigateway(`${EXECUTION}/authorizers/a1b2c3`)] },
    { title: "other callers", resources: [permission("sns.amazonaws.com")] },
  ],
  fail: [
    { title: "no source", resources: [permission("apigateway.amazonaws.com")], findings: sourceArn },
    {
      title: "a source that is a wildcard (checkov CKV_AWS_364 passes it)",
      resources: [apigateway("*")],
      findings: sourceArn,
    },
    {
      title: "every API of every account",
      resources: [apigateway("arn:aws:execute-api:*:*:*")],
      findings: sourceArn,
    },
    {
      title: "every API of the account",
      resources: [apigateway("arn:aws:execute-api:us-east-1:123456789012:*/live/POST/invoke")],
      findings: sourceArn,
    },
    { title: "every stage", resources: [apigateway(`${EXECUTION}/*/*/*`)], findings: sourceArn },
    {
      title: "every stage, for one method",
      resources: [apigateway(`${EXECUTION}/*/POST/invoke`)],
      findings: sourceArn,
    },
    { title: "an API as a whole", resources: [apigateway(`${EXECUTION}/*`)], findings: sourceArn },
    { title: "every authorizer", resources: [apigateway(`${EXECUTION}/authorizers/*`)], findings: sourceArn },
    {
      title: "a source account alone",
      resources: [permission("apigateway.amazonaws.com", { sourceAccount: "123456789012" })],
      findings: sourceArn,
    },
    {
      title: "every method, where a method is asked for",
      settings: { requireMethod: true },
      resources: [apigateway(`${EXECUTION}/live/*/invoke`)],
      findings: sourceArn,
    },
  ],
  unknown: [
    {
      title: "an ARN of nothing in this stack",
      resources: [fn, api, integration, apigateway(unknown)],
      findings: sourceArn,
    },
    {
      title: "an API that calls another function",
      modes: ["preview"],
      resources: [fn, other, api, integration, apigateway(live, { function: other.out("name") })],
      findings: sourceArn,
    },
    {
      title: "outputs of two APIs in one text",
      modes: ["preview"],
      resources: [
        fn,
        api,
        integration,
        declare("restApi", "second"),
        apigateway(text`${api.out("executionArn")}${declare("restApi", "second").out("id")}/live/*`, {
          function: fn.out("name"),
        }),
      ],
      findings: sourceArn,
    },
    { title: "a principal that is not known", resources: [permission(unknown)], findings: sourceArn },
  ],
  notApplicable,
});

const topic = declare("aws:sns/topic:Topic", "topic");
const bucket = declare("aws:s3/bucket:Bucket", "bucket");
const service = (principal: string, props: object) => permission(principal, props);

testRule(permissionServiceSource, {
  pass: [
    {
      title: "a topic of this stack",
      resources: [topic, service("sns.amazonaws.com", { sourceArn: topic.out("arn") })],
      modes: ["preview"],
    },
    {
      title: "a rule of the account",
      resources: [service("events.amazonaws.com", { sourceArn: "arn:aws:events:us-east-1:123456789012:rule/nightly" })],
    },
    {
      title: "everything of one account",
      resources: [service("logs.amazonaws.com", { sourceArn: "arn:aws:logs:*:123456789012:*" })],
    },
    {
      title: "a bucket with the account that owns it",
      resources: [service("s3.amazonaws.com", { sourceArn: "arn:aws:s3:::bucket", sourceAccount: "123456789012" })],
    },
    { title: "an account alone", resources: [service("ses.amazonaws.com", { sourceAccount: "123456789012" })] },
    {
      title: "a skill of Alexa",
      resources: [service("alexa-appkit.amazon.com", { eventSourceToken: "amzn1.ask.skill.1b2-c3" })],
    },
    { title: "an account as the caller", resources: [permission("123456789012")] },
    { title: "API Gateway, which another rule looks at", resources: [permission("apigateway.amazonaws.com")] },
  ],
  fail: [
    { title: "no source", resources: [service("sns.amazonaws.com", {})], findings: sourceArn },
    {
      title: "a source that is a wildcard (checkov CKV_AWS_364 passes it)",
      resources: [service("sns.amazonaws.com", { sourceArn: "*" })],
      findings: sourceArn,
    },
    {
      title: "topics of every account",
      resources: [service("sns.amazonaws.com", { sourceArn: "arn:aws:sns:us-east-1:*:topic" })],
      findings: sourceArn,
    },
    {
      title: "a bucket alone, whose name may become somebody else's (Security Hub Lambda.1)",
      resources: [service("s3.amazonaws.com", { sourceArn: "arn:aws:s3:::bucket" })],
      findings: sourceArn,
    },
    {
      title: "an account that is a wildcard",
      resources: [service("ses.amazonaws.com", { sourceAccount: "*" })],
      findings: sourceArn,
    },
    {
      title: "a service in other letters",
      resources: [service("Lex.amazonaws.com", {})],
      findings: sourceArn,
    },
    {
      title: "a service of Alexa without a skill",
      resources: [service("alexa-appkit.amazon.com", { eventSourceToken: "*" })],
      findings: sourceArn,
    },
  ],
  unknown: [
    {
      title: "an ARN of nothing in this stack",
      resources: [service("sns.amazonaws.com", { sourceArn: unknown })],
      findings: sourceArn,
    },
    {
      title: "a bucket of this stack alone",
      modes: ["preview"],
      resources: [bucket, service("s3.amazonaws.com", { sourceArn: bucket.out("arn") })],
      findings: sourceArn,
    },
    { title: "a principal that is not known", resources: [permission(unknown)], findings: sourceArn },
  ],
  notApplicable,
});
