import type { Rule } from "../../model/rule";

export const STACK_RULES: readonly Rule[] = [];
