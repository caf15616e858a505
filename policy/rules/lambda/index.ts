import type { Rule } from "../../model/rule";
import { functionUrlAwsIam } from "./functionUrlAwsIam";

export const LAMBDA_RULES: readonly Rule[] = [functionUrlAwsIam];
