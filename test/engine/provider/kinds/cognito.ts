import { TYPES } from "../../../../local/program/graph";
import { arn, dnsSuffix, regionOf, text, type Kinds } from "../kind";
import { NAME } from "./names";

// Which properties replace: terraform-provider-aws, internal/service/cognitoidp/*.go (believed).
export const COGNITO: Kinds = {
  [TYPES.userPool]: {
    named: NAME,
    replaces: ["aliasAttributes", "usernameAttributes", "usernameConfiguration"],
    make: (making) => {
      const id = `${regionOf(making)}_${making.random(9)}`;
      return {
        id,
        arn: arn(making, "cognito-idp", `userpool/${id}`),
        endpoint: `cognito-idp.${regionOf(making)}.${dnsSuffix(making.partition)}/${id}`,
      };
    },
  },
  [TYPES.userPoolDomain]: {
    replaces: ["domain", "userPoolId"],
    make: ({ inputs, accountId }) => ({ id: text(inputs, "domain"), awsAccountId: accountId }),
  },
  [TYPES.resourceServer]: {
    named: NAME,
    replaces: ["identifier", "userPoolId"],
    make: ({ inputs }) => {
      const identifier = text(inputs, "identifier");
      const scopes = (inputs["scopes"] ?? []) as { scopeName: string }[];
      return {
        id: `${text(inputs, "userPoolId")}|${identifier}`,
        scopeIdentifiers: scopes.map(({ scopeName }) => `${identifier}/${scopeName}`),
      };
    },
  },
  [TYPES.userPoolClient]: {
    named: NAME,
    replaces: ["userPoolId", "generateSecret"],
    make: ({ inputs, random }) => ({
      id: random(26),
      ...(inputs["generateSecret"] === true && { clientSecret: random(52) }),
    }),
  },
};
