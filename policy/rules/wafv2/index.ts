import type { Rule } from "../../model/rule";

export const WAF_RULES: readonly Rule[] = [];
