import type { Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

/** How far the double of IAM emulates its types. */
export const IAM: Emulates = {
  [TYPES.role]: {
    enforces: [],
    plain: ["description", "name", "namePrefix", "path"],
    gaps: [
      {
        inputs: ["assumeRolePolicy"],
        says: () => ["trust policies of roles: a function has its role's rights, whoever the role trusts"],
      },
      {
        inputs: ["managedPolicyArns"],
        says: (roles) =>
          roles.some(({ inputs }) => ((inputs["managedPolicyArns"] ?? []) as unknown[]).length > 0)
            ? ["managed policies of roles: they allow nothing here"]
            : [],
      },
    ],
  },
  [TYPES.rolePolicy]: { enforces: ["policy", "role"], plain: ["name"] },
};
