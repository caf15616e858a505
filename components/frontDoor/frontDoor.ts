import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isRestDoor, type DoorName } from "../../contract/wire/doors";
import { checkSettings } from "../../contract/config/check";
import { maxDurationOf, type Settings } from "../../contract/config/settings";
import type { OutputName } from "../../contract/config/outputs";
import type { StackConfig } from "../../contract/config/schema";
import type { InboundAuthArgs } from "../rest/authorizer";
import { BufferedApi } from "../rest/bufferedApi";
import { omitUndefined } from "../shared/omitUndefined";
import type { RestDoorArgs } from "../rest/args";
import type { DoorArgs } from "../shared/args";
import { logsOf } from "../shared/logs";
import { operationsOf } from "./operations";
import { inboundAuth, inboundKeys } from "./auth";
import { edgeOf, wafArgs } from "./edge";
import { runtimeLocks } from "./locks";
import { SampleAgent } from "../agent/sampleAgent";
import { restPerimeter } from "./restNetwork";
import { StreamingApi } from "../rest/streamingApi";
import { StreamingUrl } from "../url/streamingUrl";
import { WebAcl } from "../firewall/webAcl";

/** The outputs of a stack, but for `apiKeys`. */
type Outputs = { readonly [Name in Exclude<OutputName, "apiKeys">]?: pulumi.Output<string> | undefined };

/**
 * The whole boundary in front of one agent, as a stack config describes it: the chosen doors and what stands around them. Nothing exists
 * that the config did not ask for.
 */
export class FrontDoor extends pulumi.ComponentResource {
  /** Base URLs without a slash at their end, and what clients need beside, by the names of the stack's outputs; only what exists. */
  public readonly outputs: Record<string, pulumi.Output<string>>;
  /** Values of the API keys by their names, each secret; empty where no door asks for one. */
  public readonly apiKeys: Record<string, pulumi.Output<string>>;

  /** @throws RunError with one line for each mistake in the config, before any resource exists */
  constructor(name: string, args: StackConfig, opts?: pulumi.ComponentResourceOptions) {
    const settings = checkSettings(args, aws.config.region, pulumi.RunError);
    super("agentcore-front-door:index:FrontDoor", name, args, opts);
    const parent = { parent: this };
    const chosen = (door: DoorName) => settings.doors.includes(door);
    const sample = settings.sampleAgent
      ? new SampleAgent(`${name}-sample-agent`, { headers: Object.values(settings.headerMap) }, parent)
      : undefined;
    const agent = agentArgs(settings, sample?.agentRuntimeArn ?? settings.agentRuntimeArn);
    const hasRest = settings.doors.some(isRestDoor);
    const webAcl = hasRest && !settings.privateApi ? webAclOf(name, settings, parent) : undefined;
    const auth = hasRest ? inboundAuth(name, settings, parent) : undefined;
    const rest = auth && restArgs(settings, agent, auth.args, webAcl);
    const perimeter = rest && restPerimeter(name, settings, runtimesOf(settings, agent), parent);

    const bufferedApi =
      perimeter && chosen("bufferedApi")
        ? new BufferedApi(
            `${name}-buffered-api`,
            { ...rest, ...perimeter("bufferedApi"), maxDurationSeconds: maxDurationOf(settings, "bufferedApi") },
            parent,
          )
        : undefined;
    const streamingUrl = chosen("streamingUrl")
      ? new StreamingUrl(
          `${name}-streaming-url`,
          {
            ...agent,
            maxDurationSeconds: maxDurationOf(settings, "streamingUrl"),
            callers: settings.callers,
            publicEdge: settings.edge,
          },
          parent,
        )
      : undefined;
    const edge = streamingUrl && settings.edge ? edgeOf(name, settings, streamingUrl, parent) : undefined;
    const streamingApi =
      perimeter && chosen("streamingApi")
        ? new StreamingApi(
            `${name}-streaming-api`,
            { ...rest, ...perimeter("streamingApi"), maxDurationSeconds: maxDurationOf(settings, "streamingApi") },
            parent,
          )
        : undefined;

    const stages = [bufferedApi, streamingApi].flatMap((door) =>
      door ? [{ apiId: door.apiId, stage: door.stageName }] : [],
    );
    const operations = operationsOf(
      `${name}-operations`,
      settings,
      { bufferedApi, streamingUrl, streamingApi },
      [
        ...(webAcl ? [{ metricName: webAcl.metricName }] : []),
        ...(edge ? [{ metricName: edge.webAcl.metricName, scope: "CLOUDFRONT" }] : []),
      ],
      parent,
    );

    if (settings.lockRuntime) {
      const doors = [bufferedApi, streamingUrl, streamingApi].filter((door) => door !== undefined);
      const roleArns = doors.map((door) => door.roleArn);
      const dependsOn = [...doors, ...(edge ? [edge.distribution] : [])];
      runtimeLocks(name, settings, agent.agentRuntimeArn, roleArns, { ...parent, dependsOn });
    }

    this.apiKeys = inboundKeys(name, settings, stages, parent)?.values ?? {};
    // Each on its own: together, one secret would make all of them secret.
    this.outputs = omitUndefined({
      bufferedApiUrl: bufferedApi?.url,
      // Behind an edge the URL is not for clients.
      streamingUrl: edge ? undefined : streamingUrl?.url,
      edgeUrl: edge?.distribution.url,
      streamingApiUrl: streamingApi?.url,
      ...auth?.outputs,
      dashboardName: operations?.dashboardName,
      sampleAgentRuntimeArn: sample?.agentRuntimeArn,
    } satisfies Outputs);
    this.registerOutputs({ outputs: this.outputs, apiKeys: this.apiKeys });
  }
}

type Undecided<T> = Omit<T, "maxDurationSeconds">;
type AgentDoorArgs = Undecided<DoorArgs> & { agentRuntimeArn: pulumi.Input<string> };

function agentArgs(settings: Settings, agentRuntimeArn: pulumi.Input<string>): AgentDoorArgs {
  const { qualifier, canary, agents, stopSession, memorySizeMb } = settings;
  const { reservedConcurrency, provisionedConcurrency, tracing } = settings;
  const { runtimeAuth, headerMap, payload, redaction, corsOrigins } = settings;
  const policy = { runtimeAuth, headerMap, payload, redaction, corsOrigins };
  const routing = { agentRuntimeArn, qualifier, canary, agents, stopSession };
  return {
    ...routing,
    tracing,
    memorySizeMb,
    reservedConcurrency,
    provisionedConcurrency,
    ...logsOf(settings),
    policy,
  };
}

/** Every runtime behind the doors. */
function runtimesOf({ agents }: Settings, { agentRuntimeArn }: AgentDoorArgs): pulumi.Input<string>[] {
  const named = Object.values(agents).map((each) => each.agentRuntimeArn);
  return agentRuntimeArn === "" ? named : [agentRuntimeArn, ...named];
}

/**
 * One web ACL serves both REST doors. A Function URL cannot have one: it answers to signed requests only, or to its edge. A private API
 * needs none: its callers are a network's own, and what the ACL knows is addresses of the internet.
 */
function webAclOf(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions): WebAcl {
  return new WebAcl(`${name}-web-acl`, { ...wafArgs(settings), rateKey: settings.wafRateKey }, opts);
}

function restArgs(
  settings: Settings,
  agent: AgentDoorArgs,
  auth: InboundAuthArgs,
  webAcl: WebAcl | undefined,
): Undecided<RestDoorArgs> {
  const { throttleRateLimit: rateLimit, throttleBurstLimit: burstLimit } = settings;
  return {
    ...agent,
    ...auth,
    ...(webAcl && { webAclArn: webAcl.arn }),
    throttle: { rateLimit, burstLimit },
  };
}
