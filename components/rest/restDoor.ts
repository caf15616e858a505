import type * as pulumi from "@pulumi/pulumi";
import { readHeaders } from "../../contract/config/keys/policy";
import { REST_AUTHS } from "../../contract/config/settings";
import { DOORS, type RestDoorName } from "../../contract/wire/doors";
import { timeouts } from "../../contract/aws/timeouts";
import { AgentFunction } from "../function/agentFunction";
import { omitUndefined } from "../shared/omitUndefined";
import type { RestDoorArgs } from "./args";
import { requireOneOf } from "../shared/requireOneOf";
import { RestApi } from "./restApi";

/** The outputs of a door on API Gateway. */
export interface RestDoor {
  /** Base URL without a trailing slash. */
  readonly url: pulumi.Output<string>;
  /** Id of the API, for a usage plan. */
  readonly apiId: pulumi.Output<string>;
  /** Name of the stage, for a usage plan. */
  readonly stageName: pulumi.Output<string>;
  /** Name of the function in its metrics. */
  readonly functionName: pulumi.Output<string>;
  /** Name of the API in its metrics. */
  readonly apiName: pulumi.Output<string>;
  /** ARN of the function's role. */
  readonly roleArn: pulumi.Output<string>;
}

/** A buffered and a streamed door on API Gateway differ in the handler, its invoke ARN and the transfer mode. */
const BUFFERED = { entry: "buffered", responseTransferMode: "BUFFERED", invokeArn: "invokeArn" } as const;
const STREAMED = {
  entry: "streaming",
  responseTransferMode: "STREAM",
  invokeArn: "responseStreamingInvokeArn",
} as const;

/** Creates a function and a REST API as children of `parent`. */
export function restDoor(
  parent: pulumi.ComponentResource,
  name: string,
  door: RestDoorName,
  args: RestDoorArgs,
): RestDoor {
  const { auth, apiKeyRequired, authorizer, throttle, maxDurationSeconds, webAclArn, methodThrottles, ...others } =
    args;
  const { resourcePolicy, vpcEndpointIds, domain, accountLogging, ...agent } = others;
  const { tracing, logRetentionInDays, logKmsKeyArn } = agent;
  const { entry, responseTransferMode, invokeArn } = DOORS[door].buffered ? BUFFERED : STREAMED;
  const plan = timeouts(entry, maxDurationSeconds);

  requireOneOf(name, "auth", auth, REST_AUTHS);
  const fn = new AgentFunction(`${name}-fn`, { ...agent, door, entry, timeouts: plan }, { parent });
  const { url, apiId, apiName, stageName } = new RestApi(
    name,
    {
      functionName: fn.name,
      ...(fn.alias !== undefined && { functionAlias: fn.alias }),
      uri: fn[invokeArn],
      responseTransferMode,
      timeoutMilliseconds: plan.integrationMs,
      auth,
      ...omitUndefined({ apiKeyRequired, authorizer, logRetentionInDays, logKmsKeyArn }),
      throttle,
      ...omitUndefined({ webAclArn, methodThrottles, resourcePolicy, vpcEndpointIds, domain, accountLogging, tracing }),
      cors: { origins: args.policy?.corsOrigins ?? [], mappedHeaders: clientHeaders(args) },
    },
    { parent },
  );
  return { url, apiId, functionName: fn.name, apiName, stageName, roleArn: fn.roleArn };
}

/** Headers that a web page may send in addition to the contract's headers. */
function clientHeaders({ policy, authorizer }: RestDoorArgs): string[] {
  const mapped = readHeaders(policy ?? {});
  const identity = authorizer?.identityHeader ?? "Authorization";
  return identity === "Authorization" ? mapped : [...mapped, identity];
}
