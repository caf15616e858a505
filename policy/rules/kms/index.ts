import type { Rule } from "../../model/rule";
import { keyPolicy } from "./keyPolicy";
import { keyRotation } from "./keyRotation";

export const KMS_RULES: readonly Rule[] = [keyRotation, keyPolicy];
