/** The settings of the bundled authorizer; {@link ENVIRONMENT}.jwt contains them as JSON. */
export interface JwtSettings {
  readonly issuer: string;
  /** A token's `aud` must contain one of these. If it has no `aud`, its `client_id` must be one of these. */
  readonly audience: readonly string[];
  /** A token's `scope` or `scp` must contain one of these. Empty if no scope is required. */
  readonly scopes: readonly string[];
  /** URL of the issuer's key set. If it is absent, the issuer's discovery document names it. */
  readonly jwksUri?: string;
}

/**
 * Regular expression for a header value with a signed JWT. API Gateway answers 401 to other values, without calling the authorizer.
 * https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export const BEARER_JWT = "^[Bb]earer +[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";

/** URL of an OIDC issuer's discovery document. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/** The scopes in a token's `scope` or `scp`, which is a text with spaces between scopes, or a list. */
export function tokenScopes(claims: Readonly<Record<string, unknown>>): string[] {
  const value = claims["scope"] ?? claims["scp"];
  if (typeof value === "string") return value.split(" ").filter((scope) => scope !== "");
  return Array.isArray(value) ? value.filter((scope) => typeof scope === "string") : [];
}
