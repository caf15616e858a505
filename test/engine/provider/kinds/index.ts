import type { Kind, Kinds } from "../kind";
import { AGENTCORE } from "./agentcore";
import { API_GATEWAY } from "./apigateway";
import { COGNITO } from "./cognito";
import { EDGE } from "./edge";
import { IAM } from "./iam";
import { KMS } from "./kms";
import { LAMBDA } from "./lambda";
import { MONITORING } from "./monitoring";
import { NETWORK } from "./network";
import { STORAGE } from "./storage";

const KINDS: Kinds = {
  ...AGENTCORE,
  ...API_GATEWAY,
  ...COGNITO,
  ...EDGE,
  ...IAM,
  ...KMS,
  ...LAMBDA,
  ...MONITORING,
  ...NETWORK,
  ...STORAGE,
};

/** @throws Error naming the type, if the table does not have it: a silent guess would prove nothing */
export function kindOf(type: string): Kind {
  const kind = KINDS[type];
  if (!kind) throw new Error(`The stand-in provider does not know ${type}. Add it to test/engine/provider/kinds/.`);
  return kind;
}
