import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { BEARER_JWT, tokenScopes, type JwtSettings } from "../../contract/runtime/jwt";
import { claimFault, hasScope } from "./claims";
import { KeysUnavailable, tokenFault, Unauthorized } from "./faults";
import { issuerKeys } from "./keys";

/** Asymmetric algorithms only. With HS* an attacker could use the public key as the secret, and `none` has no signature. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
];

/** Tolerated difference between clocks. */
const LEEWAY_SECONDS = 30;

const BEARER = new RegExp(BEARER_JWT);

/**
 * A Lambda authorizer of type TOKEN for the access tokens of one issuer. It answers Allow only for a token that it has verified.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 *
 * @param keys the issuer's keys
 */
export function authorizer(settings: JwtSettings, keys: JWTVerifyGetKey = issuerKeys(settings)) {
  return async ({
    authorizationToken,
    methodArn,
  }: Pick<APIGatewayTokenAuthorizerEvent, "authorizationToken" | "methodArn">): Promise<APIGatewayAuthorizerResult> => {
    try {
      const claims = await verify(authorizationToken, settings, keys);
      const allowed = hasScope(claims, settings);
      log(allowed ? "allow" : "deny", allowed ? undefined : "scope");
      return decision(claims, methodArn, allowed ? "Allow" : "Deny");
    } catch (error) {
      if (error instanceof Unauthorized) log("unauthorized", error.reason);
      else log("error", "keys");
      throw error;
    }
  };
}

async function verify(header: unknown, settings: JwtSettings, keys: JWTVerifyGetKey): Promise<JWTPayload> {
  if (typeof header !== "string" || !BEARER.test(header)) throw new Unauthorized("syntax");
  const token = header.replace(/^\S+ +/, "");
  let claims: JWTPayload;
  try {
    ({ payload: claims } = await jwtVerify(token, keys, {
      issuer: settings.issuer,
      algorithms: ALGORITHMS,
      clockTolerance: LEEWAY_SECONDS,
      requiredClaims: ["exp"],
    }));
  } catch (cause) {
    const fault = tokenFault(cause);
    throw fault === undefined ? new KeysUnavailable(cause) : new Unauthorized(fault);
  }
  const wrong = claimFault(claims, settings);
  if (wrong !== undefined) throw new Unauthorized(wrong);
  return claims;
}

/** The policy covers the whole stage, because API Gateway caches it by token and applies it to every route. */
function decision(claims: JWTPayload, methodArn: string, Effect: "Allow" | "Deny"): APIGatewayAuthorizerResult {
  const { sub = "", iss = "" } = claims;
  const [api = "", stage = ""] = methodArn.split("/");
  return {
    principalId: sub,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect, Resource: `${api}/${stage}/*` }],
    },
    context: { sub, iss, scope: tokenScopes(claims).join(" ") },
  };
}

/** Logs the result, but never the token or its claims. */
function log(result: string, reason: string | undefined): void {
  process.stdout.write(
    `${JSON.stringify({ level: result === "error" ? "ERROR" : "INFO", message: "authorize", result, reason })}\n`,
  );
}
