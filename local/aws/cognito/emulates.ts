import { leftOut, type Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

const pools = leftOut(() => [
  "user pools, their clients, scopes and sign-in pages: nobody signs in here; a token comes from the local issuer",
]);

/** Of Cognito only the issuer of a pool is emulated, which an authorizer names. */
export const COGNITO: Emulates = {
  [TYPES.userPool]: pools,
  [TYPES.userPoolClient]: pools,
  [TYPES.userPoolDomain]: pools,
  [TYPES.resourceServer]: pools,
};
