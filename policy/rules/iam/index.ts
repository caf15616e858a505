import type { Rule } from "../../model/rule";

export const IAM_RULES: readonly Rule[] = [];
