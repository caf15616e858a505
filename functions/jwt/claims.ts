import type { JWTPayload } from "jose";
import { tokenScopes, type JwtSettings } from "../../contract/runtime/jwt";

/** Why a token with a valid signature is refused. */
export type ClaimFault = "subject" | "id_token" | "audience";

/**
 * Checks the claims of a verified token, except issuer and times, which the library checks.
 *
 * @returns undefined for an access token of the audience
 */
export function claimFault(claims: JWTPayload, { audience }: JwtSettings): ClaimFault | undefined {
  if (typeof claims.sub !== "string" || claims.sub === "") return "subject";
  if (isIdToken(claims)) return "id_token";
  return audiencesOf(claims).some((each) => audience.includes(each)) ? undefined : "audience";
}

/** True if the token has one of the required scopes, or if no scope is required. API Gateway uses the same rule. */
export function hasScope(claims: JWTPayload, { scopes }: JwtSettings): boolean {
  const own = tokenScopes(claims);
  return scopes.length === 0 || scopes.some((scope) => own.includes(scope));
}

/**
 * True for an id token. It tells a client who has logged in, and must not open an API. Cognito and Keycloak name the kind of token; only id
 * tokens contain the hashes.
 * https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
function isIdToken(claims: JWTPayload): boolean {
  const { token_use: use, typ } = claims;
  return (use !== undefined && use !== "access") || typ === "ID" || "at_hash" in claims || "c_hash" in claims;
}

/** Cognito's access tokens have no `aud`, so the client id is the audience. */
function audiencesOf({ aud, client_id: client }: JWTPayload): string[] {
  return [aud ?? client].flat().filter((each) => typeof each === "string");
}
