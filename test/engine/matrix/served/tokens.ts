import { isDeepStrictEqual } from "node:util";
import { TYPES } from "../../../../local/program/graph";
import { ENVIRONMENT } from "../../../../contract/runtime/environment";
import { isRestDoor } from "../../../../contract/wire/doors";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import { nameOf } from "../things";

const AUTHORIZER = "front-door-jwt-authorizer";
const EDGE = "front-door-streaming-url-fn";

/** Whether whoever verifies tokens of the issuer of `jwt`, at the REST doors or at the edge, was told all that the config says of them. */
export function* tokenProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const { apiAuth, edgeAuth, doors, jwt } = settings;
  const verifiers = [
    ...(apiAuth === "jwt" && doors.some(isRestDoor) ? [AUTHORIZER] : []),
    ...(edgeAuth === "jwt" ? [EDGE] : []),
  ];
  const { cacheSeconds = 60, ...declared } = { scopes: [], ...jwt };
  for (const name of verifiers) {
    const fn = cloud.all(TYPES.function).find(({ urn }) => nameOf(urn) === name);
    const { variables = {} } = (fn?.inputs["environment"] ?? {}) as { variables?: Readonly<Record<string, string>> };
    const told = variables[ENVIRONMENT.jwt] ?? "null";
    if (!isDeepStrictEqual(JSON.parse(told), declared)) yield `${name} verifies tokens with ${told}`;
  }
  if (apiAuth !== "jwt") return;
  for (const { urn, inputs } of cloud.all(TYPES.authorizer)) {
    const seconds = inputs["authorizerResultTtlInSeconds"];
    if (seconds !== cacheSeconds) yield `${nameOf(urn)} keeps decisions for ${String(seconds)} seconds`;
  }
}
