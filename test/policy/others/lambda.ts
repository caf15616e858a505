import { declare } from "../support/declare";
import { catches, misses, refuses, type OtherCase, type RightCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const url = (props: Props) => [declare("functionUrl", "url", { functionName: "fn", ...props })];
const permission = (props: Props) => [
  declare("permission", "permission", { action: "lambda:InvokeFunction", function: "fn", ...props }),
];

const ACCOUNT = "123456789012";

const AWS_IAM = "fd-lambda-function-url-aws-iam";
const CORS = "fd-lambda-function-url-cors";
const PUBLIC = "fd-lambda-permission-public-principal";
const SOURCE = "fd-lambda-permission-service-source";

const NO_URL_RULE = "no rule of the pack is about Function URLs";
const IN_NO_PACK = "the rule is in none of the packs that come with it";

export const LAMBDA_CASES: readonly OtherCase[] = [
  ...catches("cdk-nag", "LambdaFunctionPublicAccessProhibited", [
    "Noncompliance 1",
    `${PUBLIC} fd-lambda-permission-actions`,
    permission({ principal: "*", action: "lambda:bar" }),
  ]),
  ...misses("cdk-nag", "LambdaFunctionPublicAccessProhibited", [
    "anybody, with a source account",
    "passes `*` wherever a source is set",
    PUBLIC,
    permission({ principal: "*", sourceAccount: ACCOUNT }),
  ]),
  ...misses("cdk-nag", "LambdaFunctionUrlAuth", [
    "Noncompliance 1",
    IN_NO_PACK,
    AWS_IAM,
    url({ authorizationType: "NONE" }),
  ]),
  ...catches("checkov", "CKV_AWS_258", ["LambdaFunctionURLAuth: fail", AWS_IAM, url({ authorizationType: "NONE" })]),
  ...misses("checkov", "CKV_AWS_258", ["no authorization_type", "what is missing passes", AWS_IAM, url({})]),
  ...catches("checkov", "CKV_AWS_301", [
    "LambdaFunctionIsNotPublic: fail",
    PUBLIC,
    permission({ principal: "*", sourceArn: "arn:aws:events:eu-west-1:111122223333:rule/RunDaily", qualifier: "live" }),
  ]),
  ...misses("checkov", "CKV_AWS_301", ["no principal", "what is missing passes", PUBLIC, permission({})]),
  ...catches("checkov", "CKV_AWS_364", [
    "LambdaServicePermission: ckv_unittest_fail",
    "fd-lambda-permission-apigateway-source",
    permission({ principal: "apigateway.amazonaws.com" }),
  ]),
  ...misses(
    "checkov",
    "CKV_AWS_364",
    [
      "a wildcard as source_arn",
      "passes any `source_arn`",
      "fd-lambda-permission-apigateway-source",
      permission({ principal: "apigateway.amazonaws.com", sourceArn: "*" }),
    ],
    [
      "LambdaServicePermission: ckv_unittest_unknown_principal",
      "has no opinion on accounts",
      "fd-lambda-permission-invoked-via-url",
      permission({ principal: "901234678" }),
    ],
  ),
  ...catches("checkov", "CKV2_AWS_75", [
    "LambdaOpenCorsPolicy: invalid_lambda_function",
    CORS,
    url({ authorizationType: "AWS_IAM", cors: { allowOrigins: ["*"], allowMethods: ["*"] } }),
  ]),
  ...misses(
    "checkov",
    "CKV2_AWS_75",
    [
      "LambdaOpenCorsPolicy: valid_lambda_function_only_allow_origins_star",
      "any origin passes, unless any method may come too",
      CORS,
      url({ authorizationType: "AWS_IAM", cors: { allowOrigins: ["*"] } }),
    ],
    [
      "LambdaOpenCorsPolicy: valid_lambda_function_only_allow_methods_star",
      "any method passes, unless any origin may send it",
      CORS,
      url({ authorizationType: "AWS_IAM", cors: { allowMethods: ["*"] } }),
    ],
  ),
  ...catches("trivy", "AWS-0067", [
    "test_deny_without_arn",
    SOURCE,
    permission({ principal: "sns.amazonaws.com", sourceArn: "" }),
  ]),
  ...misses("trivy", "AWS-0067", [
    "test_allow_with_arn",
    "passes any source ARN",
    SOURCE,
    permission({ principal: "sns.amazonaws.com", sourceArn: "arn" }),
  ]),
  ...misses("trivy", "none", ["a Function URL for anybody", NO_URL_RULE, AWS_IAM, url({ authorizationType: "NONE" })]),
  ...catches(
    "cfn-guard",
    "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
    [
      "S3 without an account",
      SOURCE,
      permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::a-bucket" }),
    ],
    ["a service without limits", SOURCE, permission({ principal: "sns.amazonaws.com" })],
  ),
  ...catches("cfn-guard", "LAMBDA_NO_WILDCARD_PRINCIPALS", [
    "permission not limited",
    PUBLIC,
    permission({ principal: "*" }),
  ]),
  ...catches("cfn-guard", "LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION", [
    "action is lambda:GetFunction",
    "fd-lambda-permission-actions",
    permission({ action: "lambda:GetFunction", principal: "111122223333", sourceAccount: ACCOUNT }),
  ]),
  ...misses("cfn-guard", "none", [
    "a Function URL for anybody",
    NO_URL_RULE,
    AWS_IAM,
    url({ authorizationType: "NONE" }),
  ]),
  ...catches("prowler", "awslambda_function_not_publicly_accessible", [
    "test_function_public",
    PUBLIC,
    permission({ principal: "*" }),
  ]),
  ...misses("prowler", "awslambda_function_not_publicly_accessible", [
    "test_function_public_with_source_account",
    "passes `*` with a source account",
    PUBLIC,
    permission({
      principal: "*",
      sourceAccount: ACCOUNT,
      sourceArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:fn`,
    }),
  ]),
  ...catches("prowler", "awslambda_function_url_public", [
    "test_function_public_url",
    AWS_IAM,
    url({ authorizationType: "NONE" }),
  ]),
  ...catches(
    "prowler",
    "awslambda_function_url_cors_policy",
    [
      "test_function_cors_asterisk",
      `${CORS} ${AWS_IAM}`,
      url({ authorizationType: "NONE", cors: { allowOrigins: ["*"] } }),
    ],
    [
      "test_function_cors_wide_with_two_origins",
      CORS,
      url({ authorizationType: "AWS_IAM", cors: { allowOrigins: ["https://example.com", "*"] } }),
    ],
  ),
  ...catches("Pulumi", "aws-lambda-permission-configure-source-arn", [
    "#2",
    SOURCE,
    permission({ principal: "sns.amazonaws.com", sourceArn: "" }),
  ]),
  ...misses("Pulumi", "none", ["a Function URL for anybody", NO_URL_RULE, AWS_IAM, url({ authorizationType: "NONE" })]),
  ...misses("Pulumi", "none (awsguard)", [
    "a Function URL for anybody",
    NO_URL_RULE,
    AWS_IAM,
    url({ authorizationType: "NONE" }),
  ]),
];

export const LAMBDA_RIGHT: readonly RightCase[] = refuses("cfn-guard", "LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION", [
  "CloudFront's grant on a Function URL",
  "an origin access control needs `lambda:InvokeFunctionUrl`",
  "fd-lambda-permission-actions",
  permission({
    action: "lambda:InvokeFunctionUrl",
    principal: "cloudfront.amazonaws.com",
    functionUrlAuthType: "AWS_IAM",
    sourceArn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1EXAMPLE`,
  }),
]);
