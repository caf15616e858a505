import type { Rule } from "../../model/rule";

export const FUNCTION_RULES: readonly Rule[] = [];
