/** Kinds of tokens that the verifier tells apart. */
export const TOKEN_KINDS = ["access", "id"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** The claims in which issuers put scopes: RFC 9068 has `scope`, Entra and Okta have `scp`. */
export const SCOPE_CLAIMS: readonly string[] = ["scope", "scp"];

/** The settings of the bundled verifier of tokens; {@link ENVIRONMENT}.jwt contains them as JSON. */
export interface JwtSettings {
  readonly issuer: string;
  /** A token's `aud` must contain one of these. If it has no `aud`, its `client_id` must be one of these. */
  readonly audience: readonly string[];
  /** The token's {@link scopeClaims} must contain one of these. Empty if no scope is required. */
  readonly scopes: readonly string[];
  /** Claims that contain scopes, roles or permissions. If it is absent, {@link SCOPE_CLAIMS}. */
  readonly scopeClaims?: readonly string[];
  /** Kinds of tokens that open the door. If it is absent, access tokens only. */
  readonly tokens?: readonly TokenKind[];
  /** Ids (`kid`) of keys of the issuer that verify nothing, whatever its key set says. */
  readonly refusedKeys?: readonly string[];
  /** URL of the issuer's key set. If it is absent, the issuer's discovery document names it. */
  readonly jwksUri?: string;
}

/** Three parts in base64url: a signed JWT. https://www.rfc-editor.org/rfc/rfc7515#section-7.1 */
const SIGNED_JWT = "[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+";

/** A scheme has no case: https://www.rfc-editor.org/rfc/rfc9110#section-11.1. API Gateway's expressions have no flag for that. */
const BEARER = "[Bb][Ee][Aa][Rr][Ee][Rr] +";

/**
 * Regular expression for a header value with a signed JWT. API Gateway answers 401 to other values, without calling the authorizer.
 * https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export const BEARER_JWT = `^${BEARER}${SIGNED_JWT}$`;

/** Regular expression for the value of `X-Auth-Token`, in which the scheme can be left out. */
export const TOKEN_HEADER_JWT = `^(?:${BEARER})?${SIGNED_JWT}$`;

/** URL of an OIDC issuer's discovery document. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/** The scopes of a token, from all the claims together. Each claim is a text with spaces between scopes, or a list. */
export function tokenScopes(claims: Readonly<Record<string, unknown>>, names = SCOPE_CLAIMS): string[] {
  const found = names.flatMap((name) => {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    if (typeof value === "string") return value.split(" ").filter((scope) => scope !== "");
    return Array.isArray(value) ? value.filter((scope) => typeof scope === "string") : [];
  });
  return [...new Set(found)];
}
