import type { Rule } from "../rule";
import { functionUrlAwsIam } from "./functionUrlAwsIam";
import { restStageWebAcl } from "./restStageWebAcl";

/** Every rule of the pack. */
export const RULES: readonly Rule[] = [functionUrlAwsIam, restStageWebAcl];
