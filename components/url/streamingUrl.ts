import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { CORS_MAX_AGE_SECONDS, CORS_METHODS, corsRequestHeaders, EXPOSED_HEADERS } from "../../contract/wire/cors";
import { readHeaders, type PolicyConfig } from "../../contract/config/keys/policy";
import { timeouts } from "../../contract/aws/timeouts";
import { AgentFunction } from "../function/agentFunction";
import type { TokenArgs } from "../auth/tokens";
import type { DoorArgs } from "../shared/args";
import { defaultRegion } from "../shared/awsContext";
import { requirePolicy } from "../shared/requirePolicy";
import { allowCaller } from "./caller";
import { callersOf, requireCallers, type CallersArg } from "./callers";
import { requireRoom } from "./functionPolicy";

export interface StreamingUrlArgs extends DoorArgs {
  /**
   * IAM principals that may call the URL: ARNs of roles or users, or account ids. A list of plain texts, or a map from a key of your own to a
   * text or an Output. Keys, and how many there are, are plain: they decide which permissions exist.
   * @default [] - only principals of this account whose own IAM policy allows both actions
   */
  callers?: CallersArg;
  /**
   * Whether an `EdgeDistribution` calls the URL for the public. Without `userTokens` callers are then anonymous: only ids that the door has issued
   * open a session, for every client that has one, and a KMS key for them is created. Plain: it is written into the function's archive.
   * @default false
   */
  publicEdge?: boolean;
  /**
   * Whose tokens users send in `X-Auth-Token`. Requires `publicEdge`. A session then belongs to issuer and subject. Plain as to whether it is set.
   * @default - none: callers of an edge are anonymous
   */
  userTokens?: TokenArgs;
}

/** Door 2: a Lambda Function URL that streams and accepts only signed requests. */
export class StreamingUrl extends pulumi.ComponentResource {
  /** Base URL without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  /** Qualifier of the URL, for further permissions: the alias `live`. Nothing for a URL that an earlier version made on the function itself. */
  public readonly alias: pulumi.Output<string>;
  /** ARN of the function's role. */
  public readonly roleArn: pulumi.Output<string>;

  /** @throws RunError if `callers` are invalid, or the function's policy has no room for all of them */
  constructor(name: string, args: StreamingUrlArgs, opts?: pulumi.ComponentResourceOptions) {
    requireCallers(name, args.callers ?? []);
    requireRoom(name, args.callers ?? [], defaultRegion(opts));
    super("agentcore-front-door:index:StreamingUrl", name, args, legalNames(opts));
    const parent = { parent: this };
    const { callers = [], maxDurationSeconds, policy = {}, publicEdge = false, ...agent } = args;
    // Checked here, because the function gets a policy without origins.
    requirePolicy(name, policy);
    if (agent.userTokens !== undefined && !publicEdge) throw new pulumi.RunError(unneeded(name));

    const fn = new AgentFunction(
      `${name}-fn`,
      {
        ...agent,
        publicEdge,
        door: "streamingUrl",
        entry: "streaming",
        timeouts: timeouts("streaming", maxDurationSeconds),
        alwaysAlias: true,
        // Lambda's Function URL handles all of CORS: a preflight has no signature, so it never reaches the function. If the handler also sent
        // CORS headers, answers would have them twice.
        policy: { ...policy, corsOrigins: [] },
      },
      parent,
    );

    const provisioned = (agent.provisionedConcurrency ?? 0) > 0;
    const url = new aws.lambda.FunctionUrl(
      `${name}-url`,
      {
        functionName: fn.name,
        qualifier: fn.alias,
        authorizationType: "AWS_IAM",
        invokeMode: "RESPONSE_STREAM",
        ...cors(policy),
      },
      // A URL belongs to a function and its qualifier, so another qualifier is another URL. One that an earlier version put on the function
      // itself stays there. Behind an edge no client has the URL, so it can move to the alias.
      { ...parent, ignoreChanges: publicEdge && provisioned ? [] : ["qualifier"] },
    );
    const qualifier = qualifierOf(name, url, fn.alias, provisioned);

    for (const caller of callersOf(callers)) allowCaller(name, caller, { function: fn.name, qualifier }, parent);

    this.url = url.functionUrl.apply((text) => text.replace(/\/$/, ""));
    this.functionName = fn.name;
    this.alias = qualifier;
    this.roleArn = fn.roleArn;
    // The alias is among them so that it is refused even if there are no callers.
    this.registerOutputs({ url: this.url, functionName: this.functionName, alias: this.alias });
  }
}

/**
 * The qualifier that a URL has, whatever the program says of new ones: its id is the function's name, followed by `/` and the qualifier if there is one.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/function_url.go
 *
 * @param alias that of a URL that does not exist yet
 * @returns undefined for a URL of the function itself
 * @throws RunError if execution environments would be kept warm behind an alias that is not the URL's
 */
function qualifierOf(
  name: string,
  url: aws.lambda.FunctionUrl,
  alias: pulumi.Output<string> | undefined,
  provisioned: boolean,
): pulumi.Output<string> {
  // The alias is named so that policies know the qualifier of a URL that is still to be made.
  const found = pulumi.all([url.id, alias]).apply(([id]) => {
    const [, qualifier] = id.split("/");
    if (qualifier === undefined && provisioned) throw new pulumi.RunError(unqualified(name));
    return qualifier;
  });
  // The provider's types have no input that may turn out to be absent.
  return found as pulumi.Output<string>;
}

function unneeded(name: string): string {
  return `\`userTokens\` of ${name} is set, but \`publicEdge\` is not true, and callers without an edge sign with IAM. Set \`publicEdge\` to true, or remove \`userTokens\`.`;
}

function unqualified(name: string): string {
  return `\`provisionedConcurrency\` of ${name} is set, but an earlier version made its Function URL on the function itself. Only an alias can be kept warm, and the alias has another URL. Set \`provisionedConcurrency\` to 0 to keep the URL. Or delete the URL, with pulumi destroy --target '**::${name}-url' --target-dependents, and run pulumi up: the new URL is the alias's, and no later change moves it.`;
}

function cors(policy: PolicyConfig): Pick<aws.lambda.FunctionUrlArgs, "cors"> {
  const { corsOrigins = [] } = policy;
  if (corsOrigins.length === 0) return {};
  return {
    cors: {
      allowOrigins: [...corsOrigins],
      allowMethods: [...CORS_METHODS],
      allowHeaders: corsRequestHeaders(readHeaders(policy)),
      exposeHeaders: [...EXPOSED_HEADERS],
      maxAge: CORS_MAX_AGE_SECONDS,
    },
  };
}
