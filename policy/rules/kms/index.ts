import type { Rule } from "../../model/rule";

export const KMS_RULES: readonly Rule[] = [];
