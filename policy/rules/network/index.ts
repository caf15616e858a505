import type { Rule } from "../../model/rule";
import { agentCoreEndpoint } from "./agentCoreEndpoint";

export const NETWORK_RULES: readonly Rule[] = [agentCoreEndpoint];
