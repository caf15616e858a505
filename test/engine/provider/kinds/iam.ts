import { TYPES } from "../../../../local/program/graph";
import { text, type Account, type Kinds } from "../kind";
import { strandInterfaces } from "./interfaces";
import { NAME, SHORT_NAME } from "./names";

export const IAM: Kinds = {
  // Believed: terraform-provider-aws, internal/service/iam/role.go; 64 letters: pulumi-aws, provider/resources.go.
  [TYPES.role]: {
    named: SHORT_NAME,
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
    effect: (op, { id }, account) => {
      if (op === "delete") strandInterfaces(id, account);
    },
  },
  // PutRolePolicy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html (believed)
  [TYPES.rolePolicy]: {
    named: NAME,
    replaces: ["role", "name", "namePrefix"],
    make: ({ inputs }) => ({ id: `${text(inputs, "role")}:${text(inputs, "name")}` }),
    puts: true,
    effect: (op, { inputs }, account) => {
      if (op === "delete") strandInterfaces(text(inputs, "role"), account);
    },
  },
};

/** @throws Error with Lambda's words, if a role of the own account is not there */
export function refuseRole(roleArn: string, account: Account): void {
  const isThere = account.all(TYPES.role).some(({ outputs }) => outputs["arn"] === roleArn);
  const isOwn = roleArn.split(":")[4] === account.place.accountId;
  if (isOwn && !isThere && account.behaves("rolesExist")) {
    throw new Error("InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.");
  }
}
