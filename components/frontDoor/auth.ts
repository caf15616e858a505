import * as pulumi from "@pulumi/pulumi";
import { namedKeys, parseFunctionArn } from "../../contract/config/auth";
import type { OutputName } from "../../contract/config/outputs";
import { BEARER_JWT } from "../../contract/runtime/jwt";
import type { Settings } from "../../contract/config/settings";
import { ApiKeys, type ApiStage } from "../rest/apiKeys";
import type { InboundAuthArgs } from "../rest/authorizer";
import { JwtAuthorizer } from "../auth/jwtAuthorizer";
import { logArgs } from "../shared/logs";
import { UserPool } from "../auth/userPool";
import { awsContext } from "../shared/awsContext";

/** How the REST doors authenticate callers, and the stack outputs for it. */
export interface InboundAuth {
  readonly args: InboundAuthArgs;
  readonly outputs: InboundAuthOutputs;
}

/** Outputs of a created user pool. */
export type InboundAuthOutputs = {
  [Name in OutputName & ("tokenEndpoint" | `userPool${string}`)]?: pulumi.Output<string>;
};

/** Creates what `apiAuth` needs. All REST doors share one user pool or one authorizer function. */
export function createInboundAuth(
  name: string,
  settings: Settings,
  opts: pulumi.ComponentResourceOptions,
): InboundAuth {
  const { apiAuth: auth, apiKeys, cognito, jwt, customAuthorizer } = settings;
  const args = { auth, apiKeyRequired: Object.keys(namedKeys(auth, apiKeys)).length > 0 };
  switch (auth) {
    case "iam":
    case "apiKey":
      return { args, outputs: {} };
    case "cognito": {
      const { userPoolArn, scopes = [], ...created } = cognito;
      if (userPoolArn !== undefined) return { args: { ...args, authorizer: { userPoolArn, scopes } }, outputs: {} };
      const pool = new UserPool(`${name}-user-pool`, created, opts);
      return {
        args: { ...args, authorizer: { userPoolArn: pool.arn, scopes: [pool.scope] } },
        outputs: {
          userPoolId: pool.poolId,
          userPoolClientId: pool.clientId,
          ...(pool.clientSecret && { userPoolClientSecret: pool.clientSecret }),
          tokenEndpoint: pool.tokenEndpoint,
        },
      };
    }
    case "jwt": {
      const { cacheSeconds = 60, ...trusted } = jwt;
      const fn = new JwtAuthorizer(`${name}-jwt-authorizer`, { ...trusted, ...logArgs(settings) }, opts);
      const { functionName, invokeArn } = fn;
      const authorizer = { functionName, invokeArn, validationExpression: BEARER_JWT, cacheSeconds };
      return { args: { ...args, authorizer }, outputs: {} };
    }
    case "custom": {
      const { functionArn, ...rest } = customAuthorizer;
      return { args: { ...args, authorizer: { ...rest, ...customAuthorizerArgs(functionArn, opts) } }, outputs: {} };
    }
  }
}

/** Args for the authorizer function of `customAuthorizer`, as API Gateway calls it. */
function customAuthorizerArgs(functionArn: string, opts: pulumi.InvokeOptions) {
  const { arn: functionName = functionArn, qualifier, region } = parseFunctionArn(functionArn) ?? {};
  const { partition } = awsContext(opts);
  const invokeArn = pulumi.interpolate`arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  return { functionName, invokeArn, ...(qualifier !== undefined && { qualifier }) };
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
