import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { discoveryUrl, type JwtSettings } from "../../contract/jwt";
import { tokenFault } from "./faults";

/** Longest wait for the issuer, milliseconds: twice on a cold start, within the function's timeout. */
const PATIENCE_MS = 3_000;

/**
 * The issuer's keys, fetched when the first token needs one and kept. A token with an unknown key has them fetched again, at most
 * once in 30 s, so that rotated keys are found and strangers cannot make the function call the issuer all the time.
 */
export function issuerKeys({ issuer, jwksUri }: JwtSettings): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const find = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer))), { timeoutDuration: PATIENCE_MS });
  return async (header, token) => {
    found ??= find();
    try {
      return await (
        await found
      )(header, token);
    } catch (error) {
      // The issuer may have moved its keys: ask it anew for the next token.
      if (tokenFault(error) === undefined) found = undefined;
      throw error;
    }
  };
}

/** `jwks_uri` of the issuer's discovery document, which must be the issuer's own. */
async function discover(issuer: string): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(discoveryUrl(issuer), { redirect: "error", signal });
  if (!response.ok) throw new Error(`The discovery document's status is ${response.status}.`);
  const { issuer: own, jwks_uri: uri } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (own !== issuer) throw new Error("The discovery document is another issuer's.");
  if (typeof uri !== "string" || new URL(uri).protocol !== "https:") {
    throw new Error("The discovery document names no https `jwks_uri`.");
  }
  return uri;
}
