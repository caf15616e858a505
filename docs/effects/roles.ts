import type { Effects } from "./effect";

export const ROLES: Effects<"permissionsBoundaryArn" | "rolePath"> = {
  permissionsBoundaryArn: { changes: "boundary of every role" },
  rolePath: {
    changes: "the functions get the new roles, and the locks name them",
    replaces: ["iam.Role", "iam.RolePolicy"],
    moves: ["IAM role"],
    interrupts:
      "The ARNs of the roles change: policies elsewhere that name them, such as that of a key or of a bucket, must name the new ones.",
  },
};
