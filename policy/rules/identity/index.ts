import type { Rule } from "../../model/rule";
import { cognitoUserPool } from "./cognitoUserPool";

export const IDENTITY_RULES: readonly Rule[] = [cognitoUserPool];
