import { declare, type Declared } from "../support/declare";
import { catches, misses, refuses, type OtherCase, type RightCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const fn = (props: Props) => [declare("function", "fn", { name: "fn", ...props })];
const variables = (values: Props): Declared[] => fn({ environment: { variables: values } });

const JWT =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

const RUNTIME = "fd-lambda-function-runtime";
const CONCURRENCY = "fd-lambda-function-reserved-concurrency";
const SIZE = "fd-lambda-function-timeout";
const SECRETS = "fd-lambda-function-environment-secrets";
const TRACING = "fd-lambda-function-tracing";
const TRACED = { [TRACING]: { required: true } };
const VPC = "fd-lambda-function-vpc";
const PRIVATE = { [VPC]: { private: true } };

const IN_NO_PACK = "the rule is in none of the packs that come with it";

export const FUNCTION_CASES: readonly OtherCase[] = [
  ...catches("cdk-nag", "LambdaConcurrency", ["Noncompliance 1", CONCURRENCY, fn({})]),
  ...catches("cdk-nag", "LambdaDefaultMemorySize", ["Noncompliance 1", SIZE, fn({ timeout: 30 })]),
  ...catches("cdk-nag", "LambdaDefaultTimeout", ["Noncompliance 1", SIZE, fn({ memorySize: 512 })]),
  ...misses("cdk-nag", "LambdaLogging", [
    "plain text",
    IN_NO_PACK,
    "fd-lambda-function-log-format",
    fn({ loggingConfig: { logFormat: "Text" } }),
  ]),
  ...misses("cdk-nag", "LambdaLogLevel", [
    "debugging in production",
    IN_NO_PACK,
    "fd-lambda-function-log-level",
    fn({ loggingConfig: { logFormat: "JSON", applicationLogLevel: "DEBUG" } }),
  ]),
  ...catches(
    "cdk-nag",
    "LambdaInsideVPC",
    ["Noncompliance 1", VPC, fn({}), PRIVATE],
    ["Noncompliance 2", VPC, fn({ vpcConfig: { securityGroupIds: [], subnetIds: [] } }), PRIVATE],
  ),
  ...catches(
    "cdk-nag",
    "LambdaLatestVersion",
    ["Noncompliance 1", RUNTIME, fn({ runtime: "nodejs16.x" })],
    ["Noncompliance 2", RUNTIME, fn({ runtime: "python3.9" })],
    ["Noncompliance 3", RUNTIME, fn({ runtime: "dotnetcore2.1" })],
    ["Noncompliance 6", RUNTIME, fn({ runtime: "ruby2.5" })],
  ),
  ...catches(
    "cdk-nag",
    "LambdaTracing",
    ["Noncompliance 1", TRACING, fn({}), TRACED],
    ["Noncompliance 2", TRACING, fn({ tracingConfig: { mode: "PassThrough" } }), TRACED],
  ),
  ...catches(
    "checkov",
    "CKV_AWS_115",
    ["test_failure1", CONCURRENCY, fn({ runtime: "nodejs12.x", environment: { variables: { foo: "bar" } } })],
    ["test_failure2", CONCURRENCY, fn({ runtime: "nodejs12.x", reservedConcurrentExecutions: -1 })],
  ),
  ...catches("checkov", "CKV_AWS_45", [
    "LambdaEnvironmentCredentials: fail",
    SECRETS,
    variables({ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_DEFAULT_REGION: "us-west-2" }),
  ]),
  ...catches(
    "checkov",
    "CKV_AWS_363",
    ["DeprecatedLambdaRuntime: fail", RUNTIME, fn({ runtime: "python3.6" })],
    ["DeprecatedLambdaRuntime: fail2", RUNTIME, fn({ runtime: "dotnetcore3.1" })],
  ),
  ...catches("checkov", "CKV_AWS_50", ["LambdaXrayEnabled: default", TRACING, fn({ runtime: "python3.9" }), TRACED]),
  ...catches("checkov", "CKV_AWS_117", ["LambdaInVPC: test_failure", VPC, fn({ runtime: "python3.9" }), PRIVATE]),
  ...catches("trivy", "AWS-0066", [
    "test_deny_without_active_tracing_mode",
    TRACING,
    fn({ tracingConfig: { mode: "PassThrough" } }),
    TRACED,
  ]),
  ...catches("cfn-guard", "LAMBDA_CONCURRENCY_CHECK", ["reserved concurrency not set", CONCURRENCY, fn({})]),
  ...catches("cfn-guard", "LAMBDA_INSIDE_VPC", ["VPC configuration not set", VPC, fn({}), PRIVATE]),
  ...catches("prowler", "awslambda_function_using_supported_runtimes", [
    "test_function_obsolete_runtime",
    RUNTIME,
    fn({ runtime: "nodejs4.3" }),
  ]),
  ...catches("prowler", "awslambda_function_using_cross_account_layers", [
    "test_function_cross_account_layer",
    "fd-lambda-function-layers",
    fn({ layers: ["arn:aws:lambda:eu-west-1:999988887777:layer:ext-layer:1"] }),
  ]),
  ...catches(
    "prowler",
    "awslambda_function_no_secrets_in_variables",
    ["test_function_secrets_in_keyword", SECRETS, variables({ db_password: "Tr0ub4dor3xKq9vLmZ" })],
    ["test_function_secrets_in_variables_telegram_token", SECRETS, variables({ TELEGRAM_BOT_TOKEN: JWT })],
    ["test_function_with_verified_secret", SECRETS, variables({ db_password: "test-value" })],
  ),
  ...catches("prowler", "awslambda_function_inside_vpc", ["test_function_outside_vpc", VPC, fn({}), PRIVATE]),
  ...catches("prowler", "awslambda_function_vpc_multi_az", [
    "test_function_in_vpc_single_az",
    VPC,
    fn({ vpcConfig: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1"] } }),
    PRIVATE,
  ]),
  ...catches("Pulumi", "aws-lambda-function-enable-tracing-config", ["#2", TRACING, fn({}), TRACED]),
  ...catches("Pulumi", "aws-lambda-function-configure-tracing-config", [
    "#2",
    TRACING,
    fn({ tracingConfig: { mode: "PassThrough" } }),
    TRACED,
  ]),
];

export const FUNCTION_RIGHT: readonly RightCase[] = refuses("cdk-nag", "LambdaConcurrency", [
  "Noncompliance 2",
  "0 switches a function off: nothing bounds its cost better",
  CONCURRENCY,
  fn({ reservedConcurrentExecutions: 0 }),
]);
