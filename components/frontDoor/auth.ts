import * as pulumi from "@pulumi/pulumi";
import { parseFunctionArn } from "../../contract/aws/functionArn";
import { namedKeys, userPoolIssuer } from "../../contract/config/keys/auth";
import { BEARER_JWT } from "../../contract/runtime/jwt";
import type { Settings } from "./inputs";
import { ApiKeys, type ApiStage } from "../rest/access/apiKeys";
import { isRestDoor } from "../../contract/wire/doors";
import type { InboundAuthArgs } from "../rest/access/authorizer";
import { JwtAuthorizer } from "../auth/jwtAuthorizer";
import type { TokenArgs } from "../auth/tokens";
import { logArgs } from "../shared/logs";
import { omitUndefined } from "../shared/omitUndefined";
import { UserPool } from "../auth/userPool";
import { awsContext } from "../shared/awsContext";

/** Creates the user pool of `apiAuth` or `edgeAuth`, which all doors share; undefined if none asks for one, or if the config names a pool. */
export function createUserPool(
  name: string,
  { apiAuth, edgeAuth, doors, cognito }: Settings,
  opts: pulumi.ComponentResourceOptions,
): UserPool | undefined {
  const asked = edgeAuth === "cognito" || (apiAuth === "cognito" && doors.some(isRestDoor));
  const { userPoolArn, callbackUrls, deletionProtection } = cognito;
  if (!asked || userPoolArn !== undefined) return undefined;
  return new UserPool(`${name}-user-pool`, omitUndefined({ callbackUrls, deletionProtection }), opts);
}

/** Whose tokens users send at the edge; undefined if it is anonymous. */
export function edgeTokens({ edgeAuth, jwt }: Settings, pool: UserPool | undefined): TokenArgs | undefined {
  if (edgeAuth === "jwt") {
    const { issuer, audience, scopes, scopeClaims, tokens, refusedKeys, jwksUri } = jwt;
    return { issuer, audience, ...omitUndefined({ scopes, scopeClaims, tokens, refusedKeys, jwksUri }) };
  }
  if (edgeAuth !== "cognito" || !pool) return undefined;
  return { issuer: pool.arn.apply(userPoolIssuer), audience: [pool.clientId], scopes: [pool.scope] };
}

/** Creates what `apiAuth` needs. All REST doors share one user pool or one authorizer function. */
export function createInboundAuth(
  name: string,
  settings: Settings,
  pool: UserPool | undefined,
  opts: pulumi.ComponentResourceOptions,
): InboundAuthArgs {
  const { apiAuth: auth, apiKeys, cognito, jwt, customAuthorizer } = settings;
  const args = { auth, apiKeyRequired: Object.keys(namedKeys(auth, apiKeys)).length > 0 };
  switch (auth) {
    case "iam":
    case "apiKey":
      return args;
    case "cognito": {
      const { userPoolArn, scopes = [] } = cognito;
      if (pool) return { ...args, authorizer: { userPoolArn: pool.arn, scopes: [pool.scope] } };
      return { ...args, authorizer: { ...omitUndefined({ userPoolArn }), scopes } };
    }
    case "jwt": {
      const { cacheSeconds = 60, ...trusted } = jwt;
      const fn = new JwtAuthorizer(`${name}-jwt-authorizer`, { ...trusted, ...logArgs(settings) }, opts);
      const { functionName, invokeArn } = fn;
      const authorizer = { functionName, invokeArn, validationExpression: BEARER_JWT, cacheSeconds };
      return { ...args, authorizer };
    }
    case "custom": {
      const { functionArn, ...rest } = customAuthorizer;
      return { ...args, authorizer: { ...rest, ...customAuthorizerArgs(functionArn, opts) } };
    }
  }
}

/** Args for the authorizer function of `customAuthorizer`, as API Gateway calls it. */
function customAuthorizerArgs(functionArn: pulumi.Input<string>, opts: pulumi.InvokeOptions) {
  const parsed = pulumi.output(functionArn).apply((text) => ({ text, ...parseFunctionArn(text) }));
  const functionName = parsed.apply(({ text, arn }) => arn ?? text);
  const { partition } = awsContext(opts);
  const invokeArn = pulumi.interpolate`arn:${partition}:apigateway:${parsed.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  const plain = typeof functionArn === "string" ? parseFunctionArn(functionArn) : undefined;
  if (plain && plain.qualifier === undefined) return { functionName, invokeArn };
  // The provider's types have no input that may turn out to be absent.
  return { functionName, invokeArn, qualifier: parsed.qualifier as pulumi.Output<string> };
}

/** Creates the API keys of a stack, which all REST doors accept; undefined if the config has no keys or no REST door. */
export function createApiKeys(
  name: string,
  settings: Settings,
  stages: ApiStage[],
  opts: pulumi.ComponentResourceOptions,
): ApiKeys | undefined {
  const keys = namedKeys(settings.apiAuth, settings.apiKeys);
  if (stages.length === 0 || Object.keys(keys).length === 0) return undefined;
  const throttle = { rateLimit: settings.throttleRateLimit, burstLimit: settings.throttleBurstLimit };
  return new ApiKeys(`${name}-api-keys`, { keys, stages, throttle }, opts);
}
