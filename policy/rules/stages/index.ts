import type { Rule } from "../../model/rule";

export const STAGE_RULES: readonly Rule[] = [];
