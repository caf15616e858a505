import type { Rule } from "../../model/rule";
import { admin } from "./admin";
import { agentActions } from "./agentActions";
import { agentResources } from "./agentResources";
import { frontDoorRole } from "./frontDoorRole";
import { invokeForUser } from "./invokeForUser";
import { managedPolicies } from "./managedPolicies";
import { passRole } from "./passRole";
import { rolePolicyConflict } from "./rolePolicyConflict";
import { trustPolicy } from "./trustPolicy";

export const IAM_RULES: readonly Rule[] = [
  agentActions,
  agentResources,
  invokeForUser,
  frontDoorRole,
  admin,
  managedPolicies,
  trustPolicy,
  passRole,
  rolePolicyConflict,
];
