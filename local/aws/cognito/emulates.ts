import { typeNotEmulated, type Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

const pools = typeNotEmulated(() => [
  "user pools, their clients, scopes and sign-in pages: nobody signs in here; a token comes from the local issuer",
]);

/** How far Cognito's types are emulated: only a pool's issuer is, if an authorizer names it. */
export const COGNITO: Emulates = {
  [TYPES.userPool]: pools,
  [TYPES.userPoolClient]: pools,
  [TYPES.userPoolDomain]: pools,
  [TYPES.resourceServer]: pools,
};
