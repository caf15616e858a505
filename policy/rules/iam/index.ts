import type { Rule } from "../../model/rule";
import { agentActions } from "./agentActions";

export const IAM_RULES: readonly Rule[] = [agentActions];
