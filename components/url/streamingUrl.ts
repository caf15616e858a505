import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CORS_MAX_AGE_SECONDS, CORS_METHODS, corsRequestHeaders, EXPOSED_HEADERS } from "../../contract/wire/cors";
import type { PolicyConfig } from "../../contract/config/policy";
import { timeouts } from "../../contract/aws/timeouts";
import { AgentFunction } from "../function/agentFunction";
import type { DoorArgs } from "../shared/args";
import { requirePolicy } from "../shared/requirePolicy";
import { allowCaller } from "./caller";

export interface StreamingUrlArgs extends DoorArgs {
  /**
   * IAM principals that may call the URL: ARNs of roles or users, or account ids. Plain: it decides which permissions exist.
   * @default [] - only principals of this account whose own IAM policy allows both actions
   */
  callers?: string[];
  /**
   * Whether an `EdgeDistribution` calls the URL for the public. Callers are then anonymous, and a session is open to every client that has its
   * id. Plain: it is written into the function's archive.
   * @default false
   */
  publicEdge?: boolean;
}

/** Door 2: a Lambda Function URL that streams and accepts only signed requests. */
export class StreamingUrl extends pulumi.ComponentResource {
  /** Base URL without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  /** Alias of the URL, for further permissions; undefined without provisioned concurrency. */
  public readonly alias: pulumi.Output<string> | undefined;
  /** ARN of the function's role. */
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: StreamingUrlArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:StreamingUrl", name, args, opts);
    const parent = { parent: this };
    const { callers = [], maxDurationSeconds, policy = {}, ...agent } = args;
    // Checked here, because the function gets a policy without origins.
    requirePolicy(name, policy);

    const fn = new AgentFunction(
      `${name}-fn`,
      {
        ...agent,
        door: "streamingUrl",
        entry: "streaming",
        timeouts: timeouts("streaming", maxDurationSeconds),
        // Lambda's Function URL handles all of CORS: a preflight has no signature, so it never reaches the function. If the handler also sent
        // CORS headers, answers would have them twice.
        policy: { ...policy, corsOrigins: [] },
      },
      parent,
    );

    const qualifier = fn.alias === undefined ? {} : { qualifier: fn.alias };
    const url = new aws.lambda.FunctionUrl(
      `${name}-url`,
      {
        functionName: fn.name,
        ...qualifier,
        authorizationType: "AWS_IAM",
        invokeMode: "RESPONSE_STREAM",
        ...cors(policy),
      },
      parent,
    );

    for (const caller of callers) allowCaller(name, caller, { function: fn.name, ...qualifier }, parent);

    this.url = url.functionUrl.apply((text) => text.replace(/\/$/, ""));
    this.functionName = fn.name;
    this.alias = fn.alias;
    this.roleArn = fn.roleArn;
    this.registerOutputs({ url: this.url, functionName: this.functionName });
  }
}

function cors({ corsOrigins = [], headerMap = {} }: PolicyConfig): Pick<aws.lambda.FunctionUrlArgs, "cors"> {
  if (corsOrigins.length === 0) return {};
  return {
    cors: {
      allowOrigins: [...corsOrigins],
      allowMethods: [...CORS_METHODS],
      allowHeaders: corsRequestHeaders(Object.keys(headerMap)),
      exposeHeaders: [...EXPOSED_HEADERS],
      maxAge: CORS_MAX_AGE_SECONDS,
    },
  };
}
