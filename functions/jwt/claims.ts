import type { JWTPayload } from "jose";
import { tokenScopes, type JwtSettings } from "../../contract/runtime/jwt";

/** Why the claims of a token with a valid signature are refused. */
export type ClaimFault = "subject" | "time" | "audience";

/** The end of the year 9999, seconds. A later time is none: `1e999` is infinite, and milliseconds are a mistake of the issuer. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * Checks the claims of a verified token, except the issuer and whether the token is valid now, which the library checks.
 *
 * @returns undefined for a token of the audience
 */
export function claimFault(claims: JWTPayload, { audience }: JwtSettings): ClaimFault | undefined {
  if (typeof claims.sub !== "string" || claims.sub.trim() === "") return "subject";
  if (![claims.exp, claims.nbf, claims.iat].every(isTime)) return "time";
  return audiencesOf(claims).some((each) => audience.includes(each)) ? undefined : "audience";
}

/** True if the token has one of the required scopes, or if no scope is required. API Gateway uses the same rule. */
export function hasScope(claims: JWTPayload, { scopes, scopeClaims }: JwtSettings): boolean {
  const own = tokenScopes(claims, scopeClaims);
  return scopes.length === 0 || scopes.some((scope) => own.includes(scope));
}

function isTime(value: unknown): boolean {
  return value === undefined || (typeof value === "number" && value >= 0 && value <= LATEST_SECONDS);
}

/** Cognito's access tokens have no `aud`, so the client id is the audience. */
function audiencesOf({ aud, client_id: client }: JWTPayload): string[] {
  return [aud ?? client].flat().filter((each) => typeof each === "string");
}
