import type { JWTPayload } from "jose";
import { tokenScopes, type JwtSettings } from "../../contract/runtime/jwt";

/** Why a token whose signature is right does not count. */
export type ClaimFault = "subject" | "id_token" | "audience";

/**
 * What is wrong with a verified token's claims, beside issuer and times, which the library checks.
 *
 * @returns undefined for an access token of the audience
 */
export function claimFault(claims: JWTPayload, { audience }: JwtSettings): ClaimFault | undefined {
  if (typeof claims.sub !== "string" || claims.sub === "") return "subject";
  if (isIdToken(claims)) return "id_token";
  return audiencesOf(claims).some((each) => audience.includes(each)) ? undefined : "audience";
}

/** True where one of the wanted scopes is among the token's, or none is wanted: as API Gateway takes scopes. */
export function hasScope(claims: JWTPayload, { scopes }: JwtSettings): boolean {
  const own = tokenScopes(claims);
  return scopes.length === 0 || scopes.some((scope) => own.includes(scope));
}

/**
 * An id token tells a client who has logged in; it is no proof to an API. Cognito and Keycloak name the kind; the hashes stand in
 * id tokens only. https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
function isIdToken(claims: JWTPayload): boolean {
  const { token_use: use, typ } = claims;
  return (use !== undefined && use !== "access") || typ === "ID" || "at_hash" in claims || "c_hash" in claims;
}

/** Cognito's access tokens have no `aud`; the client that they were issued to stands for it. */
function audiencesOf({ aud, client_id: client }: JWTPayload): string[] {
  return [aud ?? client].flat().filter((each) => typeof each === "string");
}
