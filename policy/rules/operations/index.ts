import type { Rule } from "../../model/rule";

export const OPERATIONS_RULES: readonly Rule[] = [];
