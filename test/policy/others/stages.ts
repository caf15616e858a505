import { declare } from "../support/declare";
import { catches, misses, refuses, type OtherCase, type RightCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const theStage = declare("stage", "stage", { restApi: api.out("id"), stageName: "prod" });
const stage = (props: Props = {}) => [api, declare("stage", "stage", { ...theStage.props, ...props })];
const settings = (props: Props, methodPath = "*/*") => [
  api,
  theStage,
  declare("methodSettings", "settings", {
    restApi: api.out("id"),
    stageName: theStage.out("stageName"),
    methodPath,
    settings: props,
  }),
];
const domain = (props: Props) => [declare("domainName", "domain", { domainName: "api.example.com", ...props })];
const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:api";

const LOG = "fd-apigateway-access-log";
const EXECUTION = "fd-apigateway-execution-log";
const LOGGED = { [EXECUTION]: { levels: ["ERROR"] } };
const CACHE = "fd-apigateway-cache";
const TRACING = "fd-apigateway-tracing";
const TLS = "fd-apigateway-domain-tls";
const JWT =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

export const STAGE_CASES: readonly OtherCase[] = [
  ...misses("cdk-nag", "APIGWAccessLogging", [
    "Compliance",
    "passes lines of text, which nothing can search by field",
    LOG,
    stage({ accessLogSettings: { destinationArn: logGroup, format: "$context.identity.sourceIp $context.status" } }),
  ]),
  ...catches("cdk-nag", "APIGWStructuredLogging", [
    "Noncompliance 1: Non-JSON format (CfnStage)",
    LOG,
    stage({
      accessLogSettings: { destinationArn: logGroup, format: "$context.identity.sourceIp [$context.requestTime]" },
    }),
  ]),
  ...misses("cdk-nag", "APIGWCacheEnabledAndEncrypted", [
    "Compliance",
    "asks for a cache: a cached answer of an agent is somebody else's conversation",
    CACHE,
    settings({ cachingEnabled: true, cacheDataEncrypted: true }),
  ]),
  ...catches(
    "cdk-nag",
    "APIGWExecutionLoggingEnabled",
    ["Noncompliance 1", EXECUTION, stage(), LOGGED],
    ["Noncompliance 2", EXECUTION, settings({ loggingLevel: "OFF" }), LOGGED],
  ),
  ...catches("cdk-nag", "APIGWXrayEnabled", ["Noncompliance 1", TRACING, stage()]),
  ...catches("checkov", "CKV_AWS_76", ["APIGatewayAccessLogging: test_failure", LOG, stage()]),
  ...catches("checkov", "CKV_AWS_73", ["APIGatewayXray: test_failure", TRACING, stage({ xrayTracingEnabled: false })]),
  ...catches("checkov", "CKV_AWS_206", ["APIGatewayDomainNameTLS: fail", TLS, domain({ securityPolicy: "TLS_1_0" })]),
  ...catches("checkov", "CKV_AWS_276", [
    "APIGatewayMethodSettingsDataTrace: fail",
    "fd-apigateway-data-trace",
    settings({ dataTraceEnabled: true }, "path1/GET"),
  ]),
  ...catches("checkov", "CKV2_AWS_4", [
    "APIGWLoggingLevelsDefinedProperly: not_connected",
    EXECUTION,
    settings({ metricsEnabled: true, loggingLevel: "DEBUG" }, "path1/GET"),
  ]),
  ...misses("checkov", "CKV_AWS_225", [
    "APIGatewayMethodSettingsCacheEnabled: pass",
    "asks for a cache",
    CACHE,
    settings({ cachingEnabled: true, cacheDataEncrypted: true }, "path1/GET"),
  ]),
  ...catches("trivy", "AWS-0001", [
    "test_deny_api_gateway_without_log_group_arn",
    LOG,
    stage({ accessLogSettings: { destinationArn: "" } }),
  ]),
  ...catches("trivy", "AWS-0002", [
    "test_deny_api_gateway_without_cache_encryption",
    CACHE,
    settings({ cachingEnabled: true, cacheDataEncrypted: false }),
  ]),
  ...catches("trivy", "AWS-0003", ["test_deny_tracing_disabled", TRACING, stage({ xrayTracingEnabled: false })]),
  ...catches("trivy", "AWS-0005", ["test_deny_with_tls_1_0", TLS, domain({ securityPolicy: "TLS_1_0" })]),
  ...catches("cfn-guard", "API_GW_CACHE_ENABLED_AND_ENCRYPTED", [
    "CacheDataEncrypted set to false and CachingEnabled set to true",
    CACHE,
    settings({ cachingEnabled: true, cacheDataEncrypted: false }),
  ]),
  ...catches(
    "cfn-guard",
    "API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC",
    ["missing SecurityPolicy", TLS, domain({})],
    ["SecurityPolicy TLSv1.0", TLS, domain({ securityPolicy: "TLS_1_0" })],
  ),
  ...catches(
    "cfn-guard",
    "API_GW_EXECUTION_LOGGING_ENABLED",
    ["LoggingLevel set to SUPER", EXECUTION, settings({ loggingLevel: "SUPER" })],
    ["LoggingLevel missing", EXECUTION, settings({ metricsEnabled: true }), LOGGED],
  ),
  ...catches("cfn-guard", "API_GW_STAGE_ACCESS_LOGGING_RULE", [
    "a stage without AccessLogSetting",
    LOG,
    stage({ variables: { Stack: "Prod" } }),
  ]),
  ...catches("prowler", "apigateway_restapi_logging_enabled", [
    "test_apigateway_one_rest_api_without_logging",
    EXECUTION,
    stage(),
    LOGGED,
  ]),
  ...catches("prowler", "apigateway_restapi_tracing_enabled", [
    "test_apigateway_one_rest_api_without_logging",
    TRACING,
    stage(),
  ]),
  ...catches("prowler", "apigateway_restapi_cache_encrypted", [
    "test_apigateway_one_rest_api_without_cache_encrypted",
    CACHE,
    [...stage({ cacheClusterEnabled: true, cacheClusterSize: "0.5" })],
  ]),
  ...catches("prowler", "apigateway_restapi_no_secrets_in_stage_variables", [
    "test_stage_with_secrets_in_variables",
    "fd-apigateway-stage-variables",
    stage({ variables: { environment: "production", api_token: JWT } }),
  ]),
  ...catches("prowler", "apigateway_domain_name_pqc_tls_enabled", ["test_missing_security_policy", TLS, domain({})]),
  ...catches(
    "Pulumi",
    "aws-apigateway-domainname-configure-security-policy",
    ["#2", TLS, domain({})],
    ["#3", TLS, domain({ securityPolicy: "TLS_1_0" })],
  ),
];

export const STAGE_RIGHT: readonly RightCase[] = [
  ...refuses("trivy", "AWS-0190", [
    "test_deny_cache_disabled",
    "answers of an agent must not be cached",
    CACHE,
    settings({ cachingEnabled: false }),
  ]),
  ...refuses("cdk-nag", "APIGWCacheEnabledAndEncrypted", [
    "Noncompliance 2",
    "answers of an agent must not be cached",
    CACHE,
    settings({ cachingEnabled: false }),
  ]),
  ...refuses("Pulumi", "aws-apigateway-domainname-configure-security-policy", [
    "a policy of TLS 1.3",
    "knows `TLS_1_2` alone, and Security Hub's APIGateway.11 asks for newer ones",
    TLS,
    domain({ securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" }),
  ]),
];
