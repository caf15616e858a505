import type { JWTPayload } from "jose";
import type { JwtSettings } from "../../contract/runtime/jwt";

/** Why a token is not of a kind that opens the door. */
export type KindFault = "type" | "id_token" | "event" | "key_bound";

/** `typ` of the header, in lower case and without `application/`. https://www.rfc-editor.org/rfc/rfc9068#section-2.1 */
const HEADER_TYPES: ReadonlySet<unknown> = new Set([undefined, "jwt", "at+jwt"]);

/** Names of an access token in {@link KIND_CLAIMS}, in lower case. Keycloak says `Bearer`, Cognito `access`. */
const ACCESS: ReadonlySet<unknown> = new Set([undefined, "access", "access_token", "at", "at+jwt", "bearer", "jwt"]);

/** Names of an ID token there. */
const ID: ReadonlySet<unknown> = new Set(["id", "id_token"]);

/** Claims in which issuers name the kind of a token: Cognito, Keycloak, others. */
const KIND_CLAIMS = ["token_use", "typ", "token_type"] as const;

/** Claims that only ID tokens have. https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
const ID_CLAIMS = ["nonce", "at_hash", "c_hash", "s_hash"] as const;

/**
 * Checks that a token is an access token, or an ID token if the settings accept them. An issuer signs other tokens with the same keys, for the same
 * audience: refresh and logout tokens, security events, proofs of possession. A name that is not known is refused.
 *
 * @returns undefined for a kind that opens the door
 */
export function kindFault(
  { typ, kid }: Readonly<Record<"typ" | "kid", unknown>>,
  claims: JWTPayload,
  { tokens = ["access"] }: Pick<JwtSettings, "tokens">,
): KindFault | undefined {
  // The library ignores a `kid` that is not a text, which RFC 7515 does not allow, and tries the key that fits.
  if (!HEADER_TYPES.has(nameOf(typ)) || (kid !== undefined && typeof kid !== "string")) return "type";
  // Logout tokens and security events: https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken
  if ("events" in claims) return "event";
  // The proof of the key would have to be verified as well: https://www.rfc-editor.org/rfc/rfc7800
  if ("cnf" in claims) return "key_bound";
  const names = KIND_CLAIMS.map((claim) => nameOf(claims[claim]));
  const isId = names.some((name) => ID.has(name)) || ID_CLAIMS.some((claim) => claim in claims);
  if (isId && !tokens.includes("id")) return "id_token";
  return names.every((name) => ACCESS.has(name) || ID.has(name)) ? undefined : "type";
}

/** A name for comparison; any other value unchanged. */
function nameOf(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase().replace(/^application\//, "") : value;
}
