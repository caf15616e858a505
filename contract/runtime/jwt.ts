/** What the bundled authorizer is told; it stands in {@link ENVIRONMENT}.jwt as JSON. */
export interface JwtSettings {
  readonly issuer: string;
  /** One of these must be in `aud`, or be `client_id` where a token has no `aud`. */
  readonly audience: readonly string[];
  /** One of these must be in `scope` or `scp`; empty asks for none. */
  readonly scopes: readonly string[];
  /** Absent where the issuer's discovery document says it. */
  readonly jwksUri?: string;
}

/**
 * A header's value with a signed JWT: API Gateway answers 401 to any other, and asks no function.
 * https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export const BEARER_JWT = "^[Bb]earer +[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";

/** Where an OIDC issuer describes itself. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/** Scopes of a token's `scope` or `scp`: a text with spaces between them, or a list. */
export function tokenScopes(claims: Readonly<Record<string, unknown>>): string[] {
  const value = claims["scope"] ?? claims["scp"];
  if (typeof value === "string") return value.split(" ").filter((scope) => scope !== "");
  return Array.isArray(value) ? value.filter((scope) => typeof scope === "string") : [];
}
