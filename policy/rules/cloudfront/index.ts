import type { Rule } from "../../model/rule";

export const CLOUDFRONT_RULES: readonly Rule[] = [];
