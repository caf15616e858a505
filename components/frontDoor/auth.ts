import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { namedKeys, parseFunctionArn } from "../../contract/config/auth";
import type { OutputName } from "../../contract/config/outputs";
import { BEARER_JWT } from "../../contract/runtime/jwt";
import type { Settings } from "../../contract/config/settings";
import { ApiKeys, type ApiStage } from "../rest/apiKeys";
import type { InboundAuthArgs } from "../rest/authorizer";
import { JwtAuthorizer } from "../auth/jwtAuthorizer";
import { logsOf } from "../shared/logs";
import { UserPool } from "../auth/userPool";

/** How the REST doors know their callers, and what the stack says of it. */
export interface InboundAuth {
  readonly args: InboundAuthArgs;
  readonly outputs: InboundAuthOutputs;
}

/** Of a created user pool. */
export type InboundAuthOutputs = {
  [Name in OutputName & ("tokenEndpoint" | `userPool${string}`)]?: pulumi.Output<string>;
};

/** What `apiAuth` asks for: one pool or function serves every REST door. */
export function inboundAuth(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions): InboundAuth {
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
      const fn = new JwtAuthorizer(`${name}-jwt-authorizer`, { ...trusted, ...logsOf(settings) }, opts);
      const { functionName, invokeArn } = fn;
      const authorizer = { functionName, invokeArn, validationExpression: BEARER_JWT, cacheSeconds };
      return { args: { ...args, authorizer }, outputs: {} };
    }
    case "custom": {
      const { functionArn, ...rest } = customAuthorizer;
      return { args: { ...args, authorizer: { ...rest, ...ownFunction(functionArn, opts) } }, outputs: {} };
    }
  }
}

/** The user's function, as API Gateway calls it. */
function ownFunction(functionArn: string, opts: pulumi.InvokeOptions) {
  const { arn: functionName = functionArn, qualifier, region } = parseFunctionArn(functionArn) ?? {};
  const { partition } = aws.getPartitionOutput({}, opts);
  const invokeArn = pulumi.interpolate`arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  return { functionName, invokeArn, ...(qualifier !== undefined && { qualifier }) };
}

/** The keys of a stack, which open every REST door; undefined where it has none. */
export function inboundKeys(
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
