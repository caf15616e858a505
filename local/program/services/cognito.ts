import { createHash } from "node:crypto";
import { TYPES } from "../graph";
import { autoName, type Service } from "./creation";

export const COGNITO: Service = {
  [TYPES.userPool]: (made) => {
    const { region, accountId, suffix } = made;
    const id = `${region}_${suffix}`;
    return {
      id,
      name: autoName(made),
      arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`,
      endpoint: `cognito-idp.${region}.amazonaws.com/${id}`,
    };
  },
  [TYPES.resourceServer]: ({ inputs }) => {
    const identifier = String(inputs["identifier"]);
    const scopes = (inputs["scopes"] ?? []) as { scopeName: string }[];
    return {
      id: `${String(inputs["userPoolId"])}|${identifier}`,
      scopeIdentifiers: scopes.map(({ scopeName }) => `${identifier}/${scopeName}`),
    };
  },
  [TYPES.userPoolDomain]: ({ inputs, accountId }) => ({ id: String(inputs["domain"]), awsAccountId: accountId }),
  [TYPES.userPoolClient]: (made) => ({
    id: made.suffix,
    name: autoName(made),
    // A public client has an empty secret.
    clientSecret: made.inputs["generateSecret"] === true ? createHash("sha256").update(made.suffix).digest("hex") : "",
  }),
};
