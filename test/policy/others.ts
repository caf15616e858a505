import { API_GATEWAY_CASES, API_GATEWAY_RIGHT } from "./others/apigateway";
import type { OtherCase, RightCase, Service } from "./others/case";
import { CLOUDFRONT_CASES } from "./others/cloudfront";
import { FUNCTION_CASES, FUNCTION_RIGHT } from "./others/functions";
import { IAM_CASES } from "./others/iam";
import { KMS_CASES } from "./others/kms";
import { LAMBDA_CASES, LAMBDA_RIGHT } from "./others/lambda";
import { CLOUDWATCH_CASES } from "./others/operations";
import { STAGE_CASES, STAGE_RIGHT } from "./others/stages";
import { WAF_CASES } from "./others/wafv2";

export type { OtherCase, RightCase } from "./others/case";

/**
 * Cases of other packs' own tests, as a Pulumi program would declare them. Read at cdklabs/cdk-nag@ca6d1b5,
 * bridgecrewio/checkov@03d5fda, aquasecurity/trivy-checks@80e5382, aws-cloudformation/aws-guard-rules-registry@7f7340c,
 * prowler-cloud/prowler@3e000fa and pulumi/compliance-policies@712a901.
 */
export const SERVICES: readonly Service[] = [
  { name: "Lambda", cases: [...LAMBDA_CASES, ...FUNCTION_CASES], right: [...LAMBDA_RIGHT, ...FUNCTION_RIGHT] },
  { name: "API Gateway", cases: [...API_GATEWAY_CASES, ...STAGE_CASES], right: [...API_GATEWAY_RIGHT, ...STAGE_RIGHT] },
  { name: "WAF", cases: WAF_CASES },
  { name: "CloudFront", cases: CLOUDFRONT_CASES },
  { name: "IAM", cases: IAM_CASES },
  { name: "KMS", cases: KMS_CASES },
  { name: "CloudWatch", cases: CLOUDWATCH_CASES },
];

export const OTHER_CASES: readonly OtherCase[] = SERVICES.flatMap(({ cases }) => cases);

export const RIGHT_CASES: readonly RightCase[] = SERVICES.flatMap(({ right }) => right ?? []);
