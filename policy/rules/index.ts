import type { Rule } from "../model/rule";
import { AGENTCORE_RULES } from "./agentcore";
import { API_GATEWAY_RULES } from "./apigateway";
import { CLOUDFRONT_RULES } from "./cloudfront";
import { IAM_RULES } from "./iam";
import { LAMBDA_RULES } from "./lambda";
import { OPERATIONS_RULES } from "./operations";
import { WAF_RULES } from "./wafv2";

/** Every rule of the pack. */
export const RULES: readonly Rule[] = [
  ...LAMBDA_RULES,
  ...API_GATEWAY_RULES,
  ...WAF_RULES,
  ...CLOUDFRONT_RULES,
  ...IAM_RULES,
  ...AGENTCORE_RULES,
  ...OPERATIONS_RULES,
];
