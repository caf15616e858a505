import type { StackResource } from "../../policy/model/graph";
import { add, change, copy, drop, option, set, setJson, unset, without, type Mutation } from "./support/mutate";

/** One change, and the rules that have to notice it: no other, and none less. */
export interface Mutant {
  readonly title: string;
  readonly rules: readonly string[];
  /** In a first preview, where that differs: what hangs on values that are not known yet is decided in the update. */
  readonly inPreview?: readonly string[];
  /** In a first preview, rules that also speak in some stacks: what else names an account decides which one is taken for the stack's own. */
  readonly orInPreview?: readonly string[];
  readonly mutate: Mutation;
}

type Statement = Record<string, unknown> & { Action: unknown; Resource: unknown };
interface Document {
  readonly Statement: readonly Statement[];
}

const named =
  (part: string) =>
  ({ name }: StackResource) =>
    name.includes(part);
const having =
  (property: string, value?: unknown) =>
  ({ props }: StackResource) =>
    value === undefined ? props[property] !== undefined : props[property] === value;

/** Role policy of a function that invokes an agent. */
const doorPolicy = ({ type, props }: StackResource): boolean =>
  type.endsWith(":RolePolicy") && typeof props["policy"] === "string" && props["policy"].includes("InvokeAgentRuntime");

const statement = (index: number, edit: (statement: Statement) => Statement) => (document: Document) => ({
  ...document,
  Statement: document.Statement.map((each, position) => (position === index ? edit(each) : each)),
});
const more = (added: object) => (document: Document) => ({ ...document, Statement: [...document.Statement, added] });

/** A function with a reservation. */
const reserving = ({ props }: StackResource): boolean => Number(props["reservedConcurrentExecutions"]) > 0;
const doorFunction = ({ props }: StackResource): boolean => {
  const { variables } = (props["environment"] ?? {}) as { variables?: object };
  return variables !== undefined && "AGENT_RUNTIME_ARN" in variables;
};

/** Of the access log's format, which is JSON only once its variables have values. */
const format = (edit: (format: string) => string) =>
  change("stage", (stage) => {
    const settings = stage.props["accessLogSettings"] as { format?: string } | undefined;
    if (typeof settings?.format !== "string") return undefined;
    return {
      ...stage,
      props: { ...stage.props, accessLogSettings: { ...settings, format: edit(settings.format) } },
    };
  });

const aclRule = (name: string, edit: (rule: Record<string, unknown>) => Record<string, unknown> | undefined) =>
  change("webAcl", (acl) => {
    const rules = acl.props["rules"] as readonly Record<string, unknown>[] | undefined;
    if (!rules?.some((rule) => rule["name"] === name)) return undefined;
    return {
      ...acl,
      props: { ...acl.props, rules: rules.flatMap((rule) => (rule["name"] === name ? (edit(rule) ?? []) : [rule])) },
    };
  });

const URL_MUTANTS: readonly Mutant[] = [
  {
    title: "an open Function URL",
    rules: ["fd-lambda-function-url-aws-iam"],
    mutate: set("functionUrl", "authorizationType", "NONE"),
  },
  {
    title: "a Function URL without a kind of auth",
    rules: ["fd-lambda-function-url-aws-iam"],
    mutate: unset("functionUrl", "authorizationType"),
  },
  {
    title: "CORS for everyone, with credentials",
    rules: ["fd-lambda-function-url-cors"],
    mutate: set("functionUrl", "cors", { allowOrigins: ["*"], allowCredentials: true }),
  },
  {
    title: "CORS for everyone",
    rules: ["fd-lambda-function-url-cors"],
    mutate: set("functionUrl", "cors", { allowOrigins: ["*"] }),
  },
  {
    title: "a Function URL of another qualifier than its permissions",
    rules: ["fd-lambda-function-url-qualifier"],
    mutate: set("functionUrl", "qualifier", "other"),
  },
];

const urlGrant = having("action", "lambda:InvokeFunctionUrl");
const twinGrant = having("invokedViaFunctionUrl", true);
const gatewayGrant = having("principal", "apigateway.amazonaws.com");

const PERMISSION_MUTANTS: readonly Mutant[] = [
  {
    title: "a URL permission for everyone",
    rules: ["fd-lambda-permission-public-principal", "fd-lambda-permission-dual-grant"],
    mutate: without("distribution", set("permission", "principal", "*", urlGrant)),
  },
  {
    title: "a distribution's permission for everyone",
    rules: [
      "fd-lambda-permission-public-principal",
      "fd-lambda-permission-dual-grant",
      "fd-lambda-permission-single-path",
    ],
    mutate: set(
      "permission",
      "principal",
      "*",
      (resource) => having("principal", "cloudfront.amazonaws.com")(resource) && urlGrant(resource),
    ),
  },
  {
    title: "an API permission for everyone",
    rules: ["fd-lambda-permission-public-principal", "fd-lambda-permission-invoked-via-url"],
    mutate: set("permission", "principal", "*", gatewayGrant),
  },
  {
    title: "a URL permission without its twin",
    rules: ["fd-lambda-permission-dual-grant"],
    mutate: drop("permission", twinGrant),
  },
  {
    title: "a twin that opens the function itself",
    rules: ["fd-lambda-permission-dual-grant", "fd-lambda-permission-invoked-via-url"],
    mutate: unset("permission", "invokedViaFunctionUrl", twinGrant),
  },
  {
    title: "a URL permission for any kind of auth",
    rules: ["fd-lambda-permission-url-auth-type"],
    mutate: unset("permission", "functionUrlAuthType", urlGrant),
  },
  {
    title: "a URL permission for NONE",
    rules: ["fd-lambda-permission-url-auth-type"],
    mutate: set("permission", "functionUrlAuthType", "NONE", urlGrant),
  },
  {
    title: "an API permission for every API of the account",
    rules: ["fd-lambda-permission-apigateway-source"],
    mutate: set("permission", "sourceArn", "arn:aws:execute-api:us-east-1:123456789012:*", gatewayGrant),
  },
  {
    title: "an API permission without a source",
    rules: ["fd-lambda-permission-apigateway-source"],
    mutate: unset("permission", "sourceArn", gatewayGrant),
  },
  {
    title: "a permission for every action",
    rules: ["fd-lambda-permission-actions", "fd-lambda-permission-dual-grant", "fd-lambda-permission-url-auth-type"],
    mutate: set("permission", "action", "lambda:*", gatewayGrant),
  },
  {
    title: "a permission to read the function's configuration",
    rules: ["fd-lambda-permission-actions"],
    mutate: set("permission", "action", "lambda:GetFunction", gatewayGrant),
  },
  {
    title: "a distribution permission for every distribution",
    rules: [
      "fd-lambda-permission-cloudfront-source",
      "fd-lambda-permission-dual-grant",
      "fd-lambda-permission-single-path",
    ],
    mutate: set(
      "permission",
      "sourceArn",
      "arn:aws:cloudfront::123456789012:distribution/*",
      (resource) => having("principal", "cloudfront.amazonaws.com")(resource) && urlGrant(resource),
    ),
  },
];

const FUNCTION_MUTANTS: readonly Mutant[] = [
  {
    title: "a runtime that is no longer supported",
    rules: ["fd-lambda-function-runtime"],
    mutate: set("function", "runtime", "nodejs16.x"),
  },
  {
    title: "no reserved concurrency",
    rules: ["fd-lambda-function-reserved-concurrency"],
    mutate: unset("function", "reservedConcurrentExecutions", reserving),
  },
  {
    title: "a concurrency without a bound",
    rules: ["fd-lambda-function-reserved-concurrency"],
    mutate: set("function", "reservedConcurrentExecutions", -1, reserving),
  },
  {
    title: "no memory size",
    rules: ["fd-lambda-function-timeout"],
    mutate: unset("function", "memorySize", doorFunction),
  },
  {
    title: "an AWS secret key in the environment",
    rules: ["fd-lambda-function-environment-secrets"],
    mutate: set(
      "function",
      "environment.variables.PARTNER_SECRET_KEY",
      "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      doorFunction,
    ),
  },
  {
    title: "NODE_OPTIONS in the environment",
    rules: ["fd-lambda-function-environment-hijack"],
    mutate: set("function", "environment.variables.NODE_OPTIONS", "--require /tmp/x.js", doorFunction),
  },
  {
    title: "another endpoint in the environment",
    rules: ["fd-lambda-function-environment-hijack"],
    mutate: set("function", "environment.variables.AWS_ENDPOINT_URL", "https://evil.example.com", doorFunction),
  },
  {
    title: "TLS verification switched off",
    rules: ["fd-lambda-function-environment-hijack"],
    mutate: set("function", "environment.variables.NODE_TLS_REJECT_UNAUTHORIZED", "0", doorFunction),
  },
  {
    title: "a runtime of another account",
    rules: ["fd-lambda-function-agent-runtime"],
    inPreview: [],
    orInPreview: ["fd-stack-accounts"],
    mutate: set(
      "function",
      "environment.variables.AGENT_RUNTIME_ARN",
      "arn:aws:bedrock-agentcore:us-east-1:999999999999:runtime/other-a1b2c3d4e5",
      doorFunction,
    ),
  },
  {
    title: "a runtime ARN of the wrong form",
    rules: ["fd-lambda-function-agent-runtime"],
    mutate: set(
      "function",
      "environment.variables.AGENT_RUNTIME_ARN",
      "arn:aws:bedrock-agentcore:us-east-1:123456789012:agent-runtime/my_agent-a1b2c3d4e5",
      doorFunction,
    ),
  },
  {
    title: "debug logs",
    rules: ["fd-lambda-function-log-level"],
    mutate: set("function", "loggingConfig.applicationLogLevel", "DEBUG", doorFunction),
  },
  {
    title: "logs as text",
    rules: ["fd-lambda-function-log-format"],
    mutate: set("function", "loggingConfig.logFormat", "Text", doorFunction),
  },
  {
    title: "a layer of another account",
    rules: ["fd-lambda-function-layers"],
    mutate: set("function", "layers", ["arn:aws:lambda:us-east-1:999999999999:layer:any:1"], doorFunction),
  },
  {
    title: "code from somewhere",
    rules: ["fd-lambda-function-code-source"],
    mutate: set("function", "code", { __pulumiArchive: true, uri: "http://example.com/code.zip" }, doorFunction),
  },
];

const METHOD_MUTANTS: readonly Mutant[] = [
  {
    title: "a stage without a web ACL",
    rules: ["fd-apigateway-stage-web-acl"],
    mutate: drop("webAclAssociation"),
  },
  {
    title: "a method open to all",
    rules: ["fd-apigateway-method-authorization"],
    mutate: set("method", "authorization", "NONE", having("authorization", "AWS_IAM")),
  },
  {
    title: "a method without its key",
    rules: ["fd-apigateway-method-authorization"],
    mutate: set(
      "method",
      "apiKeyRequired",
      false,
      (method) => having("apiKeyRequired", true)(method) && having("authorization", "NONE")(method),
    ),
  },
  {
    title: "a method without its authorizer",
    rules: ["fd-apigateway-method-authorizer"],
    mutate: unset("method", "authorizerId", having("authorizerId")),
  },
  {
    title: "an authorizer that remembers for two hours",
    rules: ["fd-apigateway-authorizer-cache"],
    mutate: set("authorizer", "authorizerResultTtlInSeconds", 7200),
  },
  {
    title: "an edge-optimised endpoint",
    rules: ["fd-apigateway-endpoint-type"],
    mutate: set(
      "restApi",
      "endpointConfiguration.types",
      "EDGE",
      ({ name, props }) =>
        name.includes("buffered") && JSON.stringify(props["endpointConfiguration"]).includes("REGIONAL"),
    ),
  },
  {
    title: "an OpenAPI body nobody can read",
    rules: ["fd-apigateway-open-api-body", "fd-stack-one-owner"],
    mutate: set("restApi", "body", "{", ({ name }) => name.includes("buffered")),
  },
  {
    title: "a deployment that follows nothing",
    rules: ["fd-apigateway-deployment"],
    mutate: change("deployment", (deployment) => ({ ...deployment, dependencies: [] })),
  },
  {
    title: "a deployment without triggers",
    rules: ["fd-apigateway-deployment"],
    mutate: unset("deployment", "triggers"),
  },
  {
    title: "no answer of one's own for refused callers",
    rules: ["fd-apigateway-gateway-responses"],
    mutate: drop("response", having("responseType", "DEFAULT_4XX")),
  },
  {
    title: "a gateway answer with the caller's ARN in it",
    rules: ["fd-apigateway-gateway-responses"],
    mutate: set(
      "response",
      "responseTemplates",
      { "application/json": '{"message":"$context.error.messageString"}' },
      having("responseType", "DEFAULT_4XX"),
    ),
  },
  {
    title: "CORS that reflects any origin",
    rules: ["fd-apigateway-cors"],
    mutate: set(
      "response",
      "responseParameters",
      {
        "gatewayresponse.header.Access-Control-Allow-Origin": "method.request.header.Origin",
        "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
      },
      having("responseType", "DEFAULT_4XX"),
    ),
  },
  {
    title: "an API's default endpoint beside its domain",
    rules: ["fd-apigateway-default-endpoint"],
    mutate: set("restApi", "disableExecuteApiEndpoint", false, having("disableExecuteApiEndpoint", true)),
  },
];

const STAGE_MUTANTS: readonly Mutant[] = [
  {
    title: "no access log",
    rules: ["fd-apigateway-access-log"],
    mutate: unset("stage", "accessLogSettings"),
  },
  {
    title: "an access log as text",
    rules: ["fd-apigateway-access-log", "fd-apigateway-access-log-fields"],
    mutate: set("stage", "accessLogSettings.format", "$context.requestId $context.status"),
  },
  {
    title: "an access log with the authorizer's word",
    rules: ["fd-apigateway-access-log-fields"],
    mutate: format((text) => text.replace("{", '{"token":"$context.authorizer.token",')),
  },
  {
    title: "an access log with API keys",
    rules: ["fd-apigateway-access-log-fields"],
    mutate: format((text) => text.replace("{", '{"key":"$context.identity.apiKey",')),
  },
  {
    title: "an access log without the status",
    rules: ["fd-apigateway-access-log-fields"],
    mutate: format((text) => text.replace(/"status":[^,]*,/, "")),
  },
  {
    title: "data traces",
    rules: ["fd-apigateway-data-trace"],
    mutate: set("methodSettings", "settings.dataTraceEnabled", true),
  },
  {
    title: "no throttle",
    rules: ["fd-apigateway-throttling"],
    mutate: without("usagePlan", unset("methodSettings", "settings.throttlingRateLimit")),
  },
  {
    title: "a throttle switched off",
    rules: ["fd-apigateway-throttling"],
    mutate: without("usagePlan", set("methodSettings", "settings.throttlingRateLimit", -1)),
  },
  {
    title: "a cache cluster",
    rules: ["fd-apigateway-cache"],
    mutate: set("stage", "cacheClusterEnabled", true, named("buffered")),
  },
  {
    title: "cached answers",
    rules: ["fd-apigateway-cache"],
    mutate: set("methodSettings", "settings.cachingEnabled", true, named("buffered")),
  },
  {
    title: "a stage without tracing",
    rules: ["fd-apigateway-tracing"],
    mutate: set("stage", "xrayTracingEnabled", false),
  },
  {
    title: "an old TLS version",
    rules: ["fd-apigateway-domain-tls"],
    mutate: set("domainName", "securityPolicy", "TLS_1_0"),
  },
  {
    title: "a secret among the stage's variables",
    rules: ["fd-apigateway-stage-variables"],
    mutate: set("stage", "variables", { partnerSecret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }),
  },
  {
    title: "a streaming integration that is buffered",
    rules: ["fd-apigateway-stream-integration", "fd-apigateway-integration-timeout"],
    inPreview: ["fd-apigateway-integration-timeout"],
    mutate: set("integration", "responseTransferMode", "BUFFERED", having("responseTransferMode", "STREAM")),
  },
  {
    title: "a compressed stream",
    rules: ["fd-apigateway-stream-features"],
    mutate: set("restApi", "minimumCompressionSize", 0, named("streaming-api")),
  },
  {
    title: "a buffered integration that waits too long",
    rules: ["fd-apigateway-integration-timeout", "fd-apigateway-integration-function-timeout"],
    mutate: set(
      "integration",
      "timeoutMilliseconds",
      60_000,
      (resource) => resource.props["responseTransferMode"] === "BUFFERED" && resource.props["type"] === "AWS_PROXY",
    ),
  },
  {
    title: "a stream left at 29 seconds",
    rules: ["fd-apigateway-integration-timeout", "fd-apigateway-integration-function-timeout"],
    mutate: unset("integration", "timeoutMilliseconds", having("responseTransferMode", "STREAM")),
  },
];

const WAF_MUTANTS: readonly Mutant[] = [
  {
    title: "a web ACL without rules",
    rules: [
      "fd-wafv2-web-acl-rules",
      "fd-apigateway-stage-web-acl",
      "fd-wafv2-web-acl-rate",
      "fd-wafv2-web-acl-body-window",
      "fd-wafv2-web-acl-known-bad-inputs",
    ],
    mutate: set("webAcl", "rules", [], having("scope", "REGIONAL")),
  },
  {
    title: "a body rule that only counts",
    rules: ["fd-wafv2-web-acl-body-window"],
    mutate: aclRule("body-size", (rule) => ({ ...rule, action: { count: {} } })),
  },
  {
    title: "a rate rule that only counts",
    rules: ["fd-wafv2-web-acl-rate"],
    mutate: aclRule("rate", (rule) => ({ ...rule, action: { count: {} } })),
  },
  {
    title: "no rate rule",
    rules: ["fd-wafv2-web-acl-rate"],
    mutate: aclRule("rate", () => undefined),
  },
  {
    title: "no body rule",
    rules: ["fd-wafv2-web-acl-body-window"],
    mutate: aclRule("body-size", () => undefined),
  },
  {
    title: "no rules for known bad inputs",
    rules: ["fd-wafv2-web-acl-known-bad-inputs"],
    mutate: aclRule("AWSManagedRulesKnownBadInputsRuleSet", () => undefined),
  },
  {
    title: "a managed group that only counts",
    rules: ["fd-wafv2-web-acl-known-bad-inputs", "fd-wafv2-web-acl-body-exceptions"],
    mutate: aclRule("AWSManagedRulesKnownBadInputsRuleSet", (rule) => ({ ...rule, overrideAction: { count: {} } })),
  },
  {
    title: "a common rule set that looks for attacks in prompts",
    rules: ["fd-wafv2-web-acl-body-exceptions"],
    mutate: aclRule("AWSManagedRulesCommonRuleSet", (rule) => ({
      ...rule,
      statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", vendorName: "AWS" } },
    })),
  },
  {
    title: "a rule without an action",
    rules: ["fd-wafv2-web-acl-acting"],
    mutate: aclRule("AWSManagedRulesAmazonIpReputationList", (rule) => ({ ...rule, overrideAction: undefined })),
  },
  {
    title: "a rate limit by a header that clients write",
    rules: ["fd-wafv2-web-acl-rate"],
    mutate: aclRule("rate", (rule) => ({
      ...rule,
      statement: {
        rateBasedStatement: {
          aggregateKeyType: "FORWARDED_IP",
          limit: 1000,
          forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "NO_MATCH" },
        },
      },
    })),
  },
  {
    title: "a small body window",
    rules: ["fd-wafv2-web-acl-body-window"],
    mutate: unset("webAcl", "associationConfig"),
  },
  {
    title: "a web ACL without logs",
    rules: ["fd-wafv2-web-acl-logging"],
    mutate: drop("webAclLogging"),
  },
  {
    title: "WAF logs with credentials",
    rules: ["fd-wafv2-log-redaction"],
    mutate: unset("webAclLogging", "redactedFields"),
  },
  {
    title: "WAF logs in a group of the wrong name",
    rules: ["fd-wafv2-log-destination"],
    mutate: set("webAclLogging", "logDestinationConfigs", ["arn:aws:logs:us-east-1:123456789012:log-group:waf-logs"]),
  },
  {
    title: "a web ACL without metrics",
    rules: ["fd-wafv2-web-acl-metrics"],
    mutate: set("webAcl", "visibilityConfig.cloudwatchMetricsEnabled", false),
  },
  {
    title: "a regional ACL made global",
    rules: ["fd-wafv2-web-acl-scope", "fd-wafv2-web-acl-body-window"],
    mutate: set("webAcl", "scope", "CLOUDFRONT", having("scope", "REGIONAL")),
  },
  {
    title: "a classic web ACL",
    rules: ["fd-waf-classic"],
    mutate: add("aws:wafregional/webAcl:WebAcl", { name: "old" }),
  },
];

const EDGE_MUTANTS: readonly Mutant[] = [
  {
    title: "a distribution without a web ACL",
    rules: ["fd-cloudfront-web-acl"],
    mutate: unset("distribution", "webAclId"),
  },
  {
    title: "origin access that never signs",
    rules: ["fd-cloudfront-origin-access-control"],
    mutate: set("originAccessControl", "signingBehavior", "never"),
  },
  {
    title: "origin access that lets the viewer sign",
    rules: ["fd-cloudfront-origin-access-control"],
    mutate: set("originAccessControl", "signingBehavior", "no-override"),
  },
  {
    title: "an origin without access control",
    rules: ["fd-cloudfront-function-url-origin"],
    mutate: unset("distribution", "origins.0.originAccessControlId"),
  },
  {
    title: "a distribution that caches",
    rules: ["fd-cloudfront-no-caching"],
    mutate: set("distribution", "defaultCacheBehavior.cachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
  },
  {
    title: "a distribution that forwards the viewer's host",
    rules: ["fd-cloudfront-no-caching"],
    mutate: set("distribution", "defaultCacheBehavior.originRequestPolicyId", "216adef6-5c7f-47e4-b989-5492eafa07d3"),
  },
  {
    title: "cached errors",
    rules: ["fd-cloudfront-error-caching"],
    mutate: set("distribution", "customErrorResponses", [{ errorCode: 502, errorCachingMinTtl: 60 }]),
  },
  {
    title: "viewers without TLS",
    rules: ["fd-cloudfront-viewer-https"],
    mutate: set("distribution", "defaultCacheBehavior.viewerProtocolPolicy", "allow-all"),
  },
  {
    title: "an old TLS version for viewers",
    rules: ["fd-cloudfront-viewer-tls"],
    mutate: set(
      "distribution",
      "viewerCertificate.minimumProtocolVersion",
      "TLSv1",
      ({ props }) => props["aliases"] !== undefined,
    ),
  },
  {
    title: "an origin without TLS",
    rules: ["fd-cloudfront-origin-tls"],
    mutate: set("distribution", "origins.0.customOriginConfig.originProtocolPolicy", "match-viewer"),
  },
  {
    title: "another way to the function beside its distribution",
    rules: ["fd-lambda-permission-single-path", "fd-lambda-permission-dual-grant"],
    mutate: copy(
      "permission",
      (grant) => ({ ...grant, principal: "arn:aws:iam::123456789012:role/somebody", sourceArn: undefined }),
      (resource) => having("principal", "cloudfront.amazonaws.com")(resource) && urlGrant(resource),
    ),
  },
];

const IAM_MUTANTS: readonly Mutant[] = [
  {
    title: "a role that may open a shell in the runtime",
    rules: ["fd-iam-agent-actions", "fd-iam-front-door-role", "fd-iam-invoke-for-user"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      statement(0, (each) => ({ ...each, Action: "bedrock-agentcore:InvokeAgentRuntime*" })),
      doorPolicy,
    ),
  },
  {
    title: "a role that may do everything with AgentCore",
    rules: ["fd-iam-agent-actions", "fd-iam-admin", "fd-iam-front-door-role", "fd-iam-invoke-for-user"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      statement(0, (each) => ({ ...each, Action: "bedrock-agentcore:*" })),
      doorPolicy,
    ),
  },
  {
    title: "a role for every runtime",
    rules: ["fd-iam-agent-resources"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      statement(0, (each) => ({ ...each, Resource: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/*" })),
      doorPolicy,
    ),
  },
  {
    title: "a role for a runtime of the wrong form",
    rules: ["fd-iam-agent-resources"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      statement(0, (each) => ({
        ...each,
        Resource: "arn:aws:bedrock-agentcore:us-east-1:123456789012:agent-runtime/my_agent-a1b2c3d4e5",
      })),
      doorPolicy,
    ),
  },
  {
    title: "a role that reads secrets",
    rules: ["fd-iam-front-door-role"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      more({
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:x",
      }),
      doorPolicy,
    ),
  },
  {
    title: "a role that decrypts everything",
    rules: ["fd-iam-pass-role", "fd-iam-front-door-role", "fd-iam-admin"],
    mutate: setJson(
      "rolePolicy",
      "policy",
      more({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }),
      doorPolicy,
    ),
  },
  {
    title: "an administrator",
    rules: [
      "fd-iam-admin",
      "fd-iam-agent-actions",
      "fd-iam-front-door-role",
      "fd-iam-pass-role",
      "fd-iam-agent-resources",
      "fd-iam-invoke-for-user",
    ],
    mutate: setJson("rolePolicy", "policy", more({ Effect: "Allow", Action: "*", Resource: "*" }), doorPolicy),
  },
  {
    title: "a role that anybody may assume",
    rules: ["fd-iam-trust-policy"],
    mutate: setJson(
      "role",
      "assumeRolePolicy",
      statement(0, (each) => ({ ...each, Principal: "*" })),
    ),
  },
  {
    title: "a role with full access attached",
    rules: ["fd-iam-managed-policies", "fd-iam-front-door-role"],
    inPreview: ["fd-iam-managed-policies"],
    mutate: set("role", "managedPolicyArns", ["arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess"], named("-fn")),
  },
  {
    title: "a runtime policy for everybody",
    rules: ["fd-agentcore-resource-policy"],
    mutate: setJson(
      "agentResourcePolicy",
      "policy",
      more({ Effect: "Allow", Principal: "*", Action: "bedrock-agentcore:InvokeAgentRuntime", Resource: "*" }),
    ),
  },
];

const STACK_MUTANTS: readonly Mutant[] = [
  {
    title: "logs that are kept for ever",
    rules: ["fd-cloudwatch-log-group-retention"],
    mutate: unset("logGroup", "retentionInDays"),
  },
  {
    title: "logs that are kept for ever, by a zero",
    rules: ["fd-cloudwatch-log-group-retention"],
    mutate: set("logGroup", "retentionInDays", 0),
  },
  {
    title: "a kind of auth that Pulumi is told to overlook",
    rules: ["fd-stack-ignore-changes"],
    mutate: option("functionUrl", { ignoreChanges: ["authorizationType"] }),
  },
  {
    title: "web ACL rules that Pulumi is told to overlook",
    rules: ["fd-stack-ignore-changes"],
    mutate: option("webAcl", { ignoreChanges: ["rules"] }),
  },
  {
    title: "everything of a permission overlooked",
    rules: ["fd-stack-ignore-changes"],
    mutate: option("permission", { ignoreChanges: ["*"] }),
  },
  {
    title: "a method's authorization overlooked",
    rules: ["fd-stack-ignore-changes"],
    mutate: option("method", { ignoreChanges: ["authorization"] }),
  },
  {
    title: "an HTTP API beside the door",
    rules: ["fd-stack-ingress"],
    mutate: add("aws:apigatewayv2/api:Api", { protocolType: "HTTP" }),
  },
  {
    title: "a load balancer beside the door",
    rules: ["fd-stack-ingress"],
    mutate: add("aws:lb/listener:Listener", { port: 443, protocol: "HTTPS" }),
  },
  {
    title: "an alarm that nobody hears",
    rules: ["fd-cloudwatch-alarm-actions"],
    mutate: set("metricAlarm", "actionsEnabled", false),
  },
  {
    title: "an endpoint that anybody in the network may use",
    rules: ["fd-ec2-agentcore-endpoint"],
    mutate: unset("vpcEndpoint", "policy", ({ props }) => String(props["serviceName"]).endsWith("bedrock-agentcore")),
  },
];

export const MUTANTS: readonly Mutant[] = [
  ...URL_MUTANTS,
  ...PERMISSION_MUTANTS,
  ...FUNCTION_MUTANTS,
  ...METHOD_MUTANTS,
  ...STAGE_MUTANTS,
  ...WAF_MUTANTS,
  ...EDGE_MUTANTS,
  ...IAM_MUTANTS,
  ...STACK_MUTANTS,
];
