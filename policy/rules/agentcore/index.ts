import type { Rule } from "../../model/rule";

export const AGENTCORE_RULES: readonly Rule[] = [];
