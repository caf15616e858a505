import { errors, type JWTPayload } from "jose";
import { tokenScopes } from "../../../contract/runtime/jwt";
import type { LocalIssuer } from "../cognito/issuer";
import type { Admitted, Denied } from "./decision";

/**
 * The decision of a Cognito authorizer about a token. If the method has scopes, it accepts access tokens with one of them; without scopes
 * it accepts id tokens. Any fault gives a 401.
 * https://repost.aws/knowledge-center/api-gateway-cognito-401-unauthorized
 */
export async function cognitoDecision(
  issuer: LocalIssuer | undefined,
  header: string,
  scopes: readonly string[],
): Promise<Admitted | Denied> {
  if (!issuer) return { type: "AUTHORIZER_CONFIGURATION_ERROR", note: "the authorizer names no user pool" };
  let claims: JWTPayload;
  try {
    claims = await issuer.verify(header.replace(/^bearer +/i, ""));
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { type: "UNAUTHORIZED", note: error.code };
  }
  const kind = scopes.length > 0 ? "access" : "id";
  if (claims["token_use"] !== kind) return { type: "UNAUTHORIZED", note: `no ${kind} token` };
  const own = tokenScopes(claims);
  if (scopes.length > 0 && !scopes.some((scope) => own.includes(scope))) {
    return { type: "UNAUTHORIZED", note: "the token has none of the method's scopes" };
  }
  return { authorizer: { claims: Object.fromEntries(Object.entries(claims).map(asText)) } };
}

function asText([name, value]: [string, unknown]): [string, string] {
  return [name, typeof value === "string" ? value : JSON.stringify(value)];
}
