import { ENVIRONMENT } from "../../contract/runtime/environment";
import { TOKEN_KINDS, type JwtSettings, type TokenKind } from "../../contract/runtime/jwt";

/**
 * Reads the settings once, when the sandbox starts. Without an issuer or an audience the function must fail at once: it would accept any
 * token.
 *
 * @throws Error with the name of the variable if it is missing or has no issuer or no audience
 */
export function readJwtSettings(env: NodeJS.ProcessEnv): JwtSettings {
  const { issuer, audience, scopes, jwksUri, scopeClaims, tokens, refusedKeys } = parse(env[ENVIRONMENT.jwt] ?? "");
  const isValid =
    isHttps(issuer) &&
    isTexts(audience) &&
    audience.length > 0 &&
    isTexts(scopes) &&
    (jwksUri === undefined || isHttps(jwksUri)) &&
    (scopeClaims === undefined || isTexts(scopeClaims)) &&
    (tokens === undefined || isKinds(tokens)) &&
    (refusedKeys === undefined || isTexts(refusedKeys));
  if (!isValid) throw new Error(`Environment variable ${ENVIRONMENT.jwt} is missing or malformed.`);
  return {
    issuer,
    audience,
    scopes,
    ...(jwksUri !== undefined && { jwksUri }),
    ...(scopeClaims !== undefined && { scopeClaims }),
    ...(tokens !== undefined && { tokens }),
    ...(refusedKeys !== undefined && { refusedKeys }),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

function isHttps(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && text !== "");
}

function isKinds(value: unknown): value is TokenKind[] {
  return isTexts(value) && value.every((kind) => (TOKEN_KINDS as readonly string[]).includes(kind));
}
