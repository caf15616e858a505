import type { Rule } from "../model/rule";
import { AGENTCORE_RULES } from "./agentcore";
import { API_ACCESS_RULES } from "./apiAccess";
import { API_GATEWAY_RULES } from "./apigateway";
import { CLOUDFRONT_RULES } from "./cloudfront";
import { FUNCTION_RULES } from "./functions";
import { IAM_RULES } from "./iam";
import { IDENTITY_RULES } from "./identity";
import { KMS_RULES } from "./kms";
import { LAMBDA_RULES } from "./lambda";
import { NETWORK_RULES } from "./network";
import { OPERATIONS_RULES } from "./operations";
import { STACK_RULES } from "./stack";
import { STAGE_RULES } from "./stages";
import { WAF_RULES } from "./wafv2";

/** Every rule of the pack. */
export const RULES: readonly Rule[] = [
  ...LAMBDA_RULES,
  ...FUNCTION_RULES,
  ...API_GATEWAY_RULES,
  ...API_ACCESS_RULES,
  ...STAGE_RULES,
  ...WAF_RULES,
  ...CLOUDFRONT_RULES,
  ...IAM_RULES,
  ...IDENTITY_RULES,
  ...AGENTCORE_RULES,
  ...NETWORK_RULES,
  ...OPERATIONS_RULES,
  ...KMS_RULES,
  ...STACK_RULES,
];
