import type { Effects } from "./effect";

export const ROLES: Effects<"permissionsBoundaryArn" | "rolePath"> = {
  permissionsBoundaryArn: { changes: "boundary of every role" },
  rolePath: {
    changes: "the functions get the new roles, and the locks name them",
    replaces: ["iam.Role", "iam.RolePolicy"],
    moves: ["IAM role"],
  },
};
