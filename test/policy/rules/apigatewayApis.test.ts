import { accountLoggingRole } from "../../../policy/rules/apigateway/accountLoggingRole";
import { defaultEndpoint } from "../../../policy/rules/apiAccess/defaultEndpoint";
import { deployment } from "../../../policy/rules/apigateway/deployment";
import { endpointType } from "../../../policy/rules/apiAccess/endpointType";
import { privateApi } from "../../../policy/rules/apiAccess/privateApi";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared, type Options } from "../support/declare";

const restApi = (props: Readonly<Record<string, unknown>> = {}) => declare("restApi", "api", props);
const typed = (types: unknown) => [restApi({ endpointConfiguration: { types } })];

testRule(endpointType, {
  pass: [
    { title: "REGIONAL", resources: typed("REGIONAL") },
    { title: "PRIVATE (awsguard's default allows only EDGE)", resources: typed("PRIVATE") },
    { title: "a list, as older providers have it", resources: typed(["REGIONAL"]) },
    {
      title: "a type that the import of a document sets",
      resources: [restApi({ body: "{}", parameters: { endpointConfigurationTypes: "REGIONAL" } })],
    },
  ],
  fail: [
    { title: "EDGE", resources: typed("EDGE"), findings: [["api", "endpointConfiguration.types"]] },
    { title: "nothing, which is EDGE", resources: [restApi()], findings: [["api", "endpointConfiguration.types"]] },
    { title: "an empty list", resources: typed([]), findings: [["api", "endpointConfiguration.types"]] },
    { title: "EDGE in a list", resources: typed(["EDGE"]), findings: [["api", "endpointConfiguration.types"]] },
    {
      title: "REGIONAL where only PRIVATE is allowed",
      settings: { types: ["PRIVATE"] },
      resources: typed("REGIONAL"),
      findings: [["api", "endpointConfiguration.types"]],
    },
  ],
  unknown: [
    {
      title: "a type that is not known",
      resources: typed(unknown),
      findings: [["api", "endpointConfiguration.types"]],
    },
    { title: "a list with one", resources: typed([unknown]), findings: [["api", "endpointConfiguration.types"]] },
  ],
  notApplicable: [{ title: "a stack without APIs", resources: [declare("function", "fn")] }],
});

const endpoint = declare("vpcEndpoint", "endpoint", { vpcId: "vpc-1" });
const inVpc = (props: object = {}, ids: unknown = [endpoint.out("id")]) =>
  restApi({ endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ids }, ...props });
const statement = (Effect: string, Condition?: object, Principal: unknown = "*") => ({
  Effect,
  Principal,
  Action: "execute-api:Invoke",
  Resource: "execute-api:/*",
  ...(Condition && { Condition }),
});
const document = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });
const closed = document(statement("Deny", { StringNotEquals: { "aws:SourceVpce": ["vpce-1"] } }), statement("Allow"));
const policyOf = (policy: unknown, api: Declared = inVpc()) =>
  declare("restApiPolicy", "policy", { restApiId: api.out("id"), policy });

testRule(privateApi, {
  pass: [
    { title: "a denial of other endpoints", resources: [endpoint, inVpc(), policyOf(closed)] },
    {
      title: "an allowance for endpoints alone, in the API's own policy",
      resources: [
        endpoint,
        inVpc({ policy: document(statement("Allow", { StringEquals: { "AWS:sourceVpce": "vpce-1" } })) }),
      ],
    },
    {
      title: "a policy that is made of an endpoint's id",
      resources: [
        endpoint,
        inVpc(),
        policyOf(
          text`{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "${endpoint.out("id")}"}}}}`,
        ),
      ],
    },
    { title: "a regional API", resources: typed("REGIONAL") },
    {
      title: "a VPC instead of an endpoint",
      resources: [
        endpoint,
        inVpc(),
        policyOf(document(statement("Deny", { StringNotEquals: { "aws:SourceVpc": "vpc-1" } }))),
      ],
    },
  ],
  fail: [
    { title: "no policy", resources: [endpoint, inVpc()], findings: [["api", "policy"]] },
    {
      title: "no endpoints",
      resources: [...typed("PRIVATE"), policyOf(closed)],
      findings: [["api", "endpointConfiguration.vpcEndpointIds"]],
    },
    {
      title: "neither",
      resources: [inVpc({}, [])],
      findings: [
        ["api", "endpointConfiguration.vpcEndpointIds"],
        ["api", "policy"],
      ],
    },
    {
      title: "a policy for everybody",
      resources: [endpoint, inVpc({ policy: document(statement("Allow")) })],
      findings: [["api", "policy"]],
    },
    {
      title: "a policy by address, which an endpoint's callers do not have",
      resources: [
        endpoint,
        inVpc({ policy: document(statement("Allow", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })) }),
      ],
      findings: [["api", "policy"]],
    },
    {
      title: "a second allowance beside the one for endpoints",
      resources: [
        endpoint,
        inVpc({
          policy: document(
            statement("Allow", { StringEquals: { "aws:SourceVpce": "vpce-1" } }),
            statement("Allow", undefined, { AWS: "arn:aws:iam::210987654321:root" }),
          ),
        }),
      ],
      findings: [["api", "policy"]],
    },
    {
      title: "a condition that a request without endpoint meets as well",
      resources: [
        endpoint,
        inVpc({ policy: document(statement("Allow", { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } })) }),
      ],
      findings: [["api", "policy"]],
    },
    {
      title: "a text that is no policy",
      resources: [endpoint, inVpc({ policy: "vpce-1" })],
      findings: [["api", "policy"]],
    },
  ],
  unknown: [
    {
      title: "a policy that no endpoint flowed into",
      resources: [endpoint, inVpc(), policyOf(unknown)],
      findings: [["api", "policy"]],
    },
    {
      title: "a type that is not known",
      resources: [restApi({ endpointConfiguration: { types: unknown, vpcEndpointIds: ["vpce-1"] } })],
      findings: [["api", "policy"]],
    },
    {
      title: "endpoints that are not known",
      resources: [inVpc({}, unknown), policyOf(closed, inVpc({}, unknown))],
      findings: [["api", "endpointConfiguration.vpcEndpointIds"]],
    },
  ],
  notApplicable: [{ title: "a stack without APIs", resources: [declare("function", "fn")] }],
});

const api = restApi();
const hidden = restApi({ disableExecuteApiEndpoint: true });
const mapping = (of: unknown = api.out("id")) =>
  declare("basePathMapping", "mapping", { restApi: of, domainName: "agent.example.com" });
const distribution = (...hosts: readonly unknown[]) =>
  declare("distribution", "distribution", { origins: hosts.map((domainName) => ({ domainName })) });
const stage = declare("stage", "stage", { restApi: api.out("id"), stageName: "live" });
const url = declare("functionUrl", "url", { functionName: "fn" });

testRule(defaultEndpoint, {
  pass: [
    { title: "no domain", resources: [api] },
    { title: "a domain and no default endpoint", resources: [hidden, mapping(hidden.out("id"))] },
    {
      title: "a domain of another API",
      resources: [
        api,
        declare("restApi", "other", { disableExecuteApiEndpoint: true }),
        mapping(declare("restApi", "other").out("id")),
      ],
    },
    { title: "a distribution before a function URL", resources: [api, url, distribution(url.out("functionUrl"))] },
    { title: "a distribution before a bucket", resources: [api, distribution("bucket.s3.amazonaws.com")] },
  ],
  fail: [
    {
      title: "a domain and the default endpoint",
      resources: [api, mapping()],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "a domain of the newer kind of mapping",
      resources: [api, declare("apiMapping", "mapping", { apiId: api.out("id"), domainName: "x", stage: "live" })],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "a distribution before the stage",
      resources: [api, stage, distribution(stage.out("invokeUrl"))],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "a distribution before a host made of the API's id, beside a function URL",
      resources: [
        api,
        url,
        distribution(url.out("functionUrl"), text`${api.out("id")}.execute-api.us-east-1.amazonaws.com`),
      ],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "a distribution before a known host",
      modes: ["update"],
      resources: [
        restApi({ disableExecuteApiEndpoint: false }),
        distribution(`${api.out("id").value("update") ?? ""}.execute-api.us-east-1.amazonaws.com`),
      ],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
  ],
  unknown: [
    {
      title: "a default endpoint that may be disabled",
      resources: [restApi({ disableExecuteApiEndpoint: unknown }), mapping()],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "a domain that may be any API's",
      resources: [api, mapping(unknown)],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
    {
      title: "an origin from nowhere that is known",
      resources: [api, distribution(unknown)],
      findings: [["api", "disableExecuteApiEndpoint"]],
    },
  ],
  notApplicable: [{ title: "a stack without APIs", resources: [url] }],
});

const method = declare("method", "method", { restApi: api.out("id"), httpMethod: "GET", authorization: "AWS_IAM" });
const integration = declare("integration", "integration", {
  restApi: api.out("id"),
  httpMethod: method.out("httpMethod"),
});
const response = declare("response", "response", { restApiId: api.out("id"), responseType: "DEFAULT_4XX" });
const mockResponse = declare("integrationResponse", "mock-response", { restApi: api.out("id"), statusCode: "204" });
const deployed = (options: Options, props: object = {}) =>
  declare("deployment", "deployment", { restApi: api.out("id"), triggers: { served: "hash" }, ...props }, options);
const other = declare("restApi", "other");

testRule(deployment, {
  pass: [
    {
      title: "a deployment after all",
      resources: [api, method, integration, response, deployed({ dependsOn: [method, integration, response] })],
    },
    {
      title: "a deployment after an integration, which comes after its method",
      resources: [
        api,
        method,
        declare("integration", "integration", { restApi: api.out("id") }, { dependsOn: [method] }),
        deployed({ dependsOn: [integration] }),
      ],
    },
    {
      title: "triggers that everything flows into",
      resources: [
        api,
        method,
        response,
        deployed({}, { triggers: { served: text`${method.out("id")}${response.out("id")}` } }),
      ],
    },
    {
      title: "methods of another API",
      resources: [api, other, declare("method", "method", { restApi: other.out("id") }), deployed({})],
    },
  ],
  fail: [
    {
      title: "a deployment before a method",
      resources: [api, method, integration, deployed({ dependsOn: [integration] })].map((each) =>
        each === integration ? declare("integration", "integration", { restApi: api.out("id") }) : each,
      ),
      findings: [["deployment", "dependencies.Method"]],
    },
    {
      title: "a deployment before everything and without triggers",
      resources: [
        api,
        method,
        integration,
        response,
        mockResponse,
        declare("methodResponse", "method-response", { restApi: api.out("id") }),
        deployed({}, { triggers: undefined }),
      ],
      findings: [
        ["deployment", "dependencies.Method"],
        ["deployment", "dependencies.Integration"],
        ["deployment", "dependencies.MethodResponse"],
        ["deployment", "dependencies.IntegrationResponse"],
        ["deployment", "dependencies.Response"],
        ["deployment", "triggers"],
      ],
    },
    {
      title: "a deployment before the answer to preflights",
      resources: [api, method, mockResponse, deployed({ dependsOn: [method] })],
      findings: [["deployment", "dependencies.IntegrationResponse"]],
    },
    {
      title: "a method of an API of another stack",
      resources: [
        declare("method", "method", { restApi: "abc123" }),
        declare("method", "other", { restApi: "def456" }),
        declare("deployment", "deployment", { restApi: "abc123", triggers: { served: "hash" } }),
      ],
      findings: [["deployment", "dependencies.Method"]],
    },
    {
      title: "no triggers",
      resources: [api, method, deployed({ dependsOn: [method] }, { triggers: {} })],
      findings: [["deployment", "triggers"]],
    },
  ],
  unknown: [
    {
      title: "a method that may be any API's",
      resources: [api, declare("method", "method", { restApi: unknown }), deployed({})],
      findings: [["deployment", "dependencies.Method"]],
    },
    {
      title: "triggers that are not known",
      resources: [api, deployed({}, { triggers: unknown })],
      findings: [["deployment", "triggers"]],
    },
  ],
  notApplicable: [{ title: "an API without deployment", resources: [api, method] }],
});

const group = declare("logGroup", "group", { name: "access" });
const logging = (destinationArn: unknown = group.out("arn")) =>
  declare("stage", "stage", { restApi: api.out("id"), stageName: "live", accessLogSettings: { destinationArn } });
const executionLogs = (loggingLevel: unknown, stageName = "live") =>
  declare("methodSettings", "settings", {
    restApi: api.out("id"),
    stageName,
    methodPath: "*/*",
    settings: { loggingLevel },
  });
const role = declare("role", "role", { name: "logs" });
const account = (cloudwatchRoleArn: unknown) => declare("account", "account", { cloudwatchRoleArn });
const here = { accountRoleManagedElsewhere: false };

testRule(accountLoggingRole, {
  pass: [
    { title: "a role of another stack", resources: [api, group, logging()] },
    {
      title: "a role of this stack",
      settings: here,
      resources: [api, group, logging(), role, account(role.out("arn"))],
    },
    { title: "a stage that does not log", settings: here, resources: [api, stage, executionLogs("OFF")] },
    {
      title: "a log that goes to Firehose with no role",
      settings: here,
      resources: [api, logging("arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x")],
    },
    { title: "another stage that logs", settings: here, resources: [api, stage, executionLogs("INFO", "other")] },
  ],
  fail: [
    {
      title: "no account",
      settings: here,
      resources: [api, group, logging("arn:aws:logs:x")],
      findings: [["stage", "account"]],
    },
    {
      title: "no account for execution logs",
      settings: here,
      resources: [api, stage, executionLogs("ERROR")],
      findings: [["stage", "account"]],
    },
    { title: "an account without role", resources: [account(undefined)], findings: [["account", "cloudwatchRoleArn"]] },
    {
      title: "an account with an empty role",
      settings: here,
      resources: [api, logging("arn:aws:logs:x"), account("")],
      findings: [["account", "cloudwatchRoleArn"]],
    },
  ],
  unknown: [
    {
      title: "a destination that is not known",
      settings: here,
      resources: [api, logging(unknown)],
      findings: [["stage", "account"]],
    },
    {
      title: "a level that is not known",
      settings: here,
      resources: [api, stage, executionLogs(unknown)],
      findings: [["stage", "account"]],
    },
    {
      title: "a role from nowhere that is known",
      resources: [account(unknown)],
      findings: [["account", "cloudwatchRoleArn"]],
    },
  ],
  notApplicable: [{ title: "an API without stages", resources: [api] }],
});
