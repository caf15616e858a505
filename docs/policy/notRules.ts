/** Rules of other packs or of the catalogue that this pack does not have, each with the reason. */
export const NOT_RULES: readonly { readonly what: string; readonly by: string; readonly why: string }[] = [
  {
    what: "Dead-letter queue or failure destination of a function",
    by: "CKV_AWS_116; cdk-nag LambdaDLQ; cfn-guard LAMBDA_DLQ_CHECK; KICS; prowler",
    why: "Front doors invoke synchronously: nothing is ever queued, and a retried prompt would cost twice.",
  },
  {
    what: "Code signing of functions",
    by: "CKV_AWS_272",
    why: "A choice of the organisation's build chain, not of the boundary. `fd-lambda-function-code-source` pins where code comes from.",
  },
  {
    what: "Environment variables under a customer managed key",
    by: "CKV_AWS_173; prowler",
    why: "Secrets in the environment are refused altogether (`fd-lambda-function-environment-secrets`).",
  },
  {
    what: "Client certificate of a stage",
    by: "Security Hub APIGateway.2; CKV2_AWS_51; cdk-nag APIGWSSLEnabled",
    why: "Only HTTP backends can check it. A Lambda integration is bound by the function's resource policy.",
  },
  {
    what: "Caching on, or encrypted caches, at API Gateway",
    by: "CKV_AWS_120, CKV_AWS_225; AWS-0190; Security Hub APIGateway.5; awsguard apigateway-stage-cached",
    why: "Inverted: a cached answer of an agent belongs to another caller's conversation (`fd-apigateway-cache`).",
  },
  {
    what: "Default root object of a distribution",
    by: "Security Hub CloudFront.1; CKV_AWS_305",
    why: "Made for websites; the control itself does not apply to custom origins.",
  },
  {
    what: "Geographic restriction",
    by: "CKV_AWS_374; cdk-nag CFR1",
    why: "A business decision.",
  },
  {
    what: "Origin failover",
    by: "Security Hub CloudFront.4; CKV_AWS_310",
    why: "A conversation lives in one runtime, and a request with a body is not sent to a second origin.",
  },
  {
    what: "Signed URLs, field-level encryption",
    by: "Security Hub CloudFront.17; prowler",
    why: "For files and forms; callers of an agent authenticate at the function or before it.",
  },
  {
    what: "No inline policies",
    by: "cdk-nag IAMNoInlinePolicy; cfn-guard",
    why: "One policy for one role is stricter: no other role can attach it.",
  },
  {
    what: "Tags and descriptions",
    by: "Security Hub Lambda.6, CloudFront.14; KICS; Pulumi compliance policies",
    why: "They say nothing about safety, and organisations have their own packs for them.",
  },
  {
    what: "Only Cognito as authorizer",
    by: "cdk-nag COG4",
    why: "IAM and JWT authorizers authenticate as well (`fd-apigateway-method-authorization`).",
  },
  {
    what: "Create before destroy",
    by: "CKV_AWS_217, CKV_AWS_237",
    why: "Pulumi replaces by creating first.",
  },
  {
    what: "Deny requests without TLS at API Gateway",
    by: "cfn-guard",
    why: "API Gateway has no endpoint without TLS.",
  },
  {
    what: "Guardrails and model invocation logging",
    by: "SAS AG-01; prowler bedrock_*",
    why: "Belong to the agent behind the boundary.",
  },
  {
    what: "MMDSv2 of a runtime",
    by: "AWS requires it since 2026-06-30",
    why: "The provider (7.48) does not expose it yet.",
  },
  {
    what: "Custom certificate and SNI of a distribution, each for itself",
    by: "Security Hub CloudFront.7, CloudFront.8; CKV2_AWS_42",
    why: "One idea with the TLS version: aliases need a certificate of their own, by SNI, with TLS 1.2 or later (`fd-cloudfront-viewer-tls`).",
  },
  {
    what: "Encrypted method caches",
    by: "Security Hub APIGateway.5; CKV_AWS_308; AWS-0002",
    why: "There is no cache to encrypt (`fd-apigateway-cache`).",
  },
  {
    what: "Compression unset on streaming APIs, as a rule of its own",
    by: "KICS api_gateway_with_invalid_compression",
    why: "One of the things that streams cannot have: `fd-apigateway-stream-features`.",
  },
  {
    what: "No secret in an API key's value, told from a literal",
    by: "FD55",
    why: "Secrets arrive unwrapped, so a pack cannot tell one from a literal: `fd-apigateway-api-key-value` asks for no value at all.",
  },
  {
    what: "An explicit Deny of InvokeAgentRuntimeForUser in every role",
    by: "FD43",
    why: "An action that no statement allows needs no Deny: `fd-iam-invoke-for-user` requires that no statement allows it, or that a Deny exists as well.",
  },
  {
    what: "The resource policy of a runtime names the front door's role",
    by: "FD45",
    why: "A role that is missing there breaks the door and opens nothing.",
  },
  {
    what: "Alarms switched on by remediation",
    by: "catalogue, Security Hub CloudWatch.15",
    why: "An operator may have switched one off on purpose. `fd-cloudwatch-alarm-actions` reports it and does not change it.",
  },
  {
    what: "Execution log groups (`API-Gateway-Execution-Logs_…`) with a retention",
    by: "FD34, second half",
    why: "Execution logs are off or at ERROR (`fd-apigateway-execution-log`), and API Gateway makes that group outside of any program.",
  },
];
