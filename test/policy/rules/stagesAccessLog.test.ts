import { accessLogFormat } from "../../../components/rest/accessLog";
import { accessLog } from "../../../policy/rules/stages/accessLog";
import { accessLogFields } from "../../../policy/rules/stages/accessLogFields";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";

const FORMAT = accessLogFormat();
const ARN = "arn:aws:logs:us-east-1:123456789012:log-group:access";

const group = declare("logGroup", "group", { name: "access" });
const generated = declare("logGroup", "generated");
const stream = declare("deliveryStream", "stream", { name: "amazon-apigateway-access" });
const stage = (accessLogSettings?: unknown) =>
  declare("stage", "stage", {
    restApi: "abc123",
    stageName: "live",
    ...(accessLogSettings !== undefined && { accessLogSettings }),
  });
const to = (destinationArn: unknown, format: unknown = FORMAT) => stage({ destinationArn, format });

const DESTINATION = [["stage", "accessLogSettings.destinationArn"]] as const;
const STRUCTURE = [["stage", "accessLogSettings.format"]] as const;

testRule(accessLog, {
  pass: [
    { title: "a log group of the stack", resources: [generated, to(generated.out("arn"))] },
    { title: "the ARN of a named log group", resources: [group, to(ARN)] },
    { title: "an ARN that ends in :*", resources: [group, to(`${ARN}:*`)] },
    {
      title: "a log group after something else",
      resources: [generated, declare("account", "account"), to(text`${generated.out("arn")}`)],
    },
    {
      title: "a log group that the settings name",
      resources: [to(`${ARN}:*`)],
      settings: { destinations: [ARN] },
    },
    {
      title: "a delivery stream that the settings name",
      resources: [to("arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x")],
      settings: { destinations: ["arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x"] },
    },
    {
      title: "a delivery stream of the stack",
      modes: ["preview"],
      resources: [stream, to(stream.out("arn"))],
    },
    { title: "a JSON object over several lines", resources: [group, to(ARN, '{\n"id": "$context.requestId"\n}\n')] },
    { title: "numbers without quotes", resources: [group, to(ARN, '{"s":$context.status,"l":$context.waf.latency}')] },
  ],
  fail: [
    { title: "no access log", resources: [group, stage()], findings: [["stage", "accessLogSettings"]] },
    { title: "no destination", resources: [group, stage({ format: FORMAT })], findings: DESTINATION },
    { title: "no format", resources: [group, stage({ destinationArn: ARN })], findings: STRUCTURE },
    {
      title: "the common log format",
      resources: [group, to(ARN, '$context.identity.sourceIp [$context.requestTime] "$context.httpMethod"')],
      findings: STRUCTURE,
    },
    { title: "XML", resources: [group, to(ARN, "<request id='$context.requestId'/>")], findings: STRUCTURE },
    { title: "a JSON list", resources: [group, to(ARN, '["$context.requestId"]')], findings: STRUCTURE },
    { title: "a lone variable", resources: [group, to(ARN, "$context.requestId")], findings: STRUCTURE },
    {
      title: "an object that does not end",
      resources: [group, to(ARN, '{"id":"$context.requestId"')],
      findings: STRUCTURE,
    },
    { title: "a bucket", resources: [group, to("arn:aws:s3:::access-logs")], findings: DESTINATION },
    {
      title: "a delivery stream with another name",
      resources: [to("arn:aws:firehose:us-east-1:123456789012:deliverystream/access")],
      findings: DESTINATION,
    },
    { title: "a log group's name", resources: [group, to("access")], findings: DESTINATION },
    {
      title: "a log group that nobody manages (cdk-nag APIG1 and checkov CKV_AWS_76 pass it)",
      resources: [group, to("arn:aws:logs:us-east-1:123456789012:log-group:elsewhere")],
      findings: DESTINATION,
    },
  ],
  unknown: [
    { title: "a destination of another stack", resources: [to(unknown)], findings: DESTINATION },
    { title: "a format of another stack", resources: [group, to(ARN, unknown)], findings: STRUCTURE },
    {
      title: "settings that are not known",
      resources: [stage(unknown)],
      findings: [...DESTINATION, ...STRUCTURE],
    },
    {
      title: "one of two log groups",
      modes: ["preview"],
      resources: [
        generated,
        declare("logGroup", "other"),
        to(text`${generated.out("arn")}${declare("logGroup", "other").out("arn")}`),
      ],
      findings: DESTINATION,
    },
    {
      title: "an ARN that a log group may get",
      modes: ["preview"],
      resources: [generated, to("arn:aws:logs:us-east-1:123456789012:log-group:elsewhere")],
      findings: DESTINATION,
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [group] }],
});

const field = (name: string) => ["stage", `accessLogSettings.format[${name}]`] as const;
const without = (variable: string) => FORMAT.replace(`$context.${variable}"`, '"');
const withAlso = (variable: string) => FORMAT.replace("{", `{"also":"$context.${variable}",`);

testRule(accessLogFields, {
  pass: [
    { title: "the doors' own format", resources: [to(ARN)] },
    { title: "the key's id", resources: [to(ARN, withAlso("identity.apiKeyId"))] },
    { title: "what the authorization phase took", resources: [to(ARN, withAlso("authorize.latency"))] },
    { title: "the resource's path", resources: [to(ARN, withAlso("resourcePath"))] },
    {
      title: "another variable that tells of the web ACL",
      resources: [to(ARN, FORMAT.replace("$context.wafResponseCode", "$context.waf.status"))],
    },
    {
      title: "another latency",
      resources: [to(ARN, FORMAT.replace("$context.responseLatency", "$context.integrationLatency"))],
    },
    {
      title: "the path, where a stack logs it on purpose",
      resources: [to(ARN, withAlso("path"))],
      settings: { allowed: ["authorizer.principalId", "authorizer.claims.sub", "path"] },
    },
    {
      title: "less, where a stack asks for less",
      resources: [to(ARN, '{"id":"$context.requestId"}')],
      settings: { required: [["requestId"]] },
    },
    {
      title: "a variable of the XML form as well",
      resources: [to(ARN, `<x>${FORMAT}</x>`)],
    },
  ],
  fail: [
    ...[
      "identity.apiKey",
      "authorizer.claims.email",
      "authorizer.claims.sub-x",
      "authorizer.tenant",
      "authorizer",
      "requestOverride.header.Authorization",
      "path",
    ].map((name) => ({ title: name, resources: [to(ARN, withAlso(name))], findings: [field(name)] })),
    ...["requestId", "extendedRequestId", "identity.userArn"].map((name) => ({
      title: `no ${name}`,
      resources: [to(ARN, without(name))],
      findings: [field(name)],
    })),
    {
      title: "no answer of the web ACL",
      resources: [to(ARN, without("wafResponseCode"))],
      findings: [field("wafResponseCode|waf.status|waf.error")],
    },
    {
      title: "a variable whose name only begins like a required one",
      resources: [to(ARN, FORMAT.replace("$context.requestId", "$context.requestIdentity"))],
      findings: [field("requestId")],
    },
    {
      title: "a claim that a stack no longer logs on purpose",
      resources: [to(ARN)],
      settings: { allowed: [] },
      findings: [field("authorizer.principalId"), field("authorizer.claims.sub")],
    },
    {
      title: "nothing but an id",
      resources: [to(ARN, '{"id":"$context.requestId"}')],
      findings: [
        field("extendedRequestId"),
        field("status"),
        field("identity.userArn"),
        field("responseLatency|integrationLatency|integration.latency"),
        field("wafResponseCode|waf.status|waf.error"),
        field(
          "integration.error|integrationErrorMessage|integration.status|integrationStatus|integration.integrationStatus",
        ),
      ],
    },
  ],
  unknown: [
    { title: "a format of another stack", resources: [to(ARN, unknown)], findings: STRUCTURE },
    { title: "settings that are not known", resources: [stage(unknown)], findings: STRUCTURE },
  ],
  notApplicable: [
    { title: "a stack without stages", resources: [group] },
    {
      title: "a stage without an access log, which another rule refuses",
      resources: [stage()],
      settings: { allowed: [] },
    },
  ],
});
