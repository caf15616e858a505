import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";
import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { BEARER_JWT, tokenScopes, type JwtSettings } from "../../contract/runtime/jwt";
import { hasScope } from "./claims";
import { Unauthorized } from "./faults";
import { issuerKeys } from "./keys";
import { verifyToken } from "./verify";

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
      return decision(claims, methodArn, allowed ? "Allow" : "Deny", settings);
    } catch (error) {
      if (error instanceof Unauthorized) log("unauthorized", error.reason);
      else log("error", "keys");
      throw error;
    }
  };
}

async function verify(header: unknown, settings: JwtSettings, keys: JWTVerifyGetKey): Promise<JWTPayload> {
  if (typeof header !== "string" || !BEARER.test(header)) throw new Unauthorized("syntax");
  return await verifyToken(header.replace(/^\S+ +/, ""), settings, keys);
}

/** The policy covers the whole stage, because API Gateway caches it by token and applies it to every route. */
function decision(
  claims: JWTPayload,
  methodArn: string,
  Effect: "Allow" | "Deny",
  { scopeClaims }: JwtSettings,
): APIGatewayAuthorizerResult {
  const { sub = "", iss = "" } = claims;
  const [api = "", stage = ""] = methodArn.split("/");
  return {
    principalId: sub,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect, Resource: `${api}/${stage}/*` }],
    },
    context: { sub, iss, scope: tokenScopes(claims, scopeClaims).join(" ") },
  };
}

/** Logs the result, but never the token or its claims. */
function log(result: string, reason: string | undefined): void {
  process.stdout.write(
    `${JSON.stringify({ level: result === "error" ? "ERROR" : "INFO", message: "authorize", result, reason })}\n`,
  );
}
