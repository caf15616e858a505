import { TYPES } from "../../../../local/program/graph";
import { text, type Kinds } from "../kind";
import { NAME, SHORT_NAME } from "./names";

export const IAM: Kinds = {
  // Believed: terraform-provider-aws, internal/service/iam/role.go; 64 letters: pulumi-aws, provider/resources.go.
  [TYPES.role]: {
    named: SHORT_NAME,
    required: ["assumeRolePolicy"],
    replaces: ["name", "namePrefix", "path"],
    make: ({ inputs, partition, accountId, random }) => {
      const name = text(inputs, "name");
      const path = text(inputs, "path") || "/";
      return {
        id: name,
        arn: `arn:${partition}:iam::${accountId}:role${path}${name}`,
        uniqueId: `AROA${random(17).toUpperCase()}`,
      };
    },
  },
  // PutRolePolicy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html (believed)
  [TYPES.rolePolicy]: {
    named: NAME,
    required: ["role", "policy"],
    replaces: ["role", "name", "namePrefix"],
    make: ({ inputs }) => ({ id: `${text(inputs, "role")}:${text(inputs, "name")}` }),
    puts: true,
  },
};
