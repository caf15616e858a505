import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { isRestDoor, type DoorName } from "../../contract/wire/doors";
import { checkSettings } from "../../contract/config/check";
import { maxDurationOf, type Settings } from "../../contract/config/settings";
import type { OutputName } from "../../contract/config/outputs";
import type { StackConfig } from "../../contract/config/schema";
import type { InboundAuthArgs } from "../rest/access/authorizer";
import { BufferedApi } from "../rest/bufferedApi";
import { defaultRegion } from "../shared/awsContext";
import { omitUndefined } from "../shared/omitUndefined";
import type { RestDoorArgs } from "../rest/args";
import type { DoorArgs } from "../shared/args";
import { logArgs } from "../shared/logs";
import { createOperations } from "./operations";
import { createApiKeys, createInboundAuth, createUserPool, edgeTokens, poolOutputs } from "./auth";
import { checkDeployment } from "./deployment";
import { createEdge, wafArgs } from "./edge";
import { createRuntimeLocks } from "./locks";
import { SampleAgent } from "../agent/sampleAgent";
import { sharedRestArgs } from "./restNetwork";
import { hooksArgs } from "./hooks";
import { reportHolders } from "./holders";
import { reportSharedSessions } from "./sessionOwners";
import { StreamingApi } from "../rest/streamingApi";
import { requireRoom } from "../url/functionPolicy";
import { StreamingUrl } from "../url/streamingUrl";
import { WebAcl } from "../firewall/webAcl";

/** The outputs of a stack, except `apiKeys`. */
type Outputs = { readonly [Name in Exclude<OutputName, "apiKeys">]?: pulumi.Output<string> | undefined };

/**
 * The whole boundary in front of one agent, as a stack config describes it: the doors and everything around them. It creates only what the
 * config requires.
 */
export class FrontDoor extends pulumi.ComponentResource {
  /** The stack's outputs by name: base URLs without a trailing slash, and what else clients need. Contains only outputs that exist. */
  public readonly outputs: Record<string, pulumi.Output<string>>;
  /** Values of the API keys by name, each secret. Empty if no door requires a key. */
  public readonly apiKeys: Record<string, pulumi.Output<string>>;

  /** @throws RunError with one line for each invalid value in the config, before any resource exists; what only the provider knows, in a preview */
  constructor(name: string, args: StackConfig, opts?: pulumi.ComponentResourceOptions) {
    const region = defaultRegion(opts);
    const settings = checkSettings(args, region, pulumi.RunError);
    const urlName = `${name}-streaming-url`;
    if (settings.doors.some((door) => !isRestDoor(door))) requireRoom(urlName, settings.callers, region);
    super("agentcore-front-door:index:FrontDoor", name, args, legalNames(opts));
    const parent = { parent: this };
    checkDeployment(args, region, parent);
    reportSharedSessions(settings, this);
    reportHolders(settings, this);
    const chosen = (door: DoorName) => settings.doors.includes(door);
    const sample = settings.sampleAgent
      ? new SampleAgent(`${name}-sample-agent`, { headers: agentHeaders(settings) }, parent)
      : undefined;
    const agent = agentArgs(settings, sample?.agentRuntimeArn ?? settings.agentRuntimeArn);
    const hasRest = settings.doors.some(isRestDoor);
    const webAcl = hasRest && !settings.privateApi ? createWebAcl(name, settings, parent) : undefined;
    const pool = createUserPool(name, settings, parent);
    const rest = hasRest
      ? restArgs(settings, agent, createInboundAuth(name, settings, pool, parent), webAcl)
      : undefined;
    const sharedArgs = rest && sharedRestArgs(name, settings, allRuntimeArns(settings, agent), parent);

    const bufferedApi =
      sharedArgs && chosen("bufferedApi")
        ? new BufferedApi(
            `${name}-buffered-api`,
            { ...rest, ...sharedArgs("bufferedApi"), maxDurationSeconds: maxDurationOf(settings, "bufferedApi") },
            parent,
          )
        : undefined;
    const streamingUrl = chosen("streamingUrl")
      ? new StreamingUrl(
          urlName,
          {
            ...agent,
            maxDurationSeconds: maxDurationOf(settings, "streamingUrl"),
            callers: settings.callers,
            publicEdge: settings.edge,
            ...omitUndefined({ userTokens: edgeTokens(settings, pool) }),
          },
          parent,
        )
      : undefined;
    const edge = streamingUrl && settings.edge ? createEdge(name, settings, streamingUrl, parent) : undefined;
    const streamingApi =
      sharedArgs && chosen("streamingApi")
        ? new StreamingApi(
            `${name}-streaming-api`,
            { ...rest, ...sharedArgs("streamingApi"), maxDurationSeconds: maxDurationOf(settings, "streamingApi") },
            parent,
          )
        : undefined;

    const stages = [bufferedApi, streamingApi].flatMap((door) =>
      door ? [{ apiId: door.apiId, stage: door.stageName }] : [],
    );
    const operations = createOperations(
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
      createRuntimeLocks(name, settings, agent.agentRuntimeArn, roleArns, { ...parent, dependsOn });
    }

    this.apiKeys = createApiKeys(name, settings, stages, parent)?.values ?? {};
    // A separate output for each value: in a common output, one secret would make all values secret.
    this.outputs = omitUndefined({
      bufferedApiUrl: bufferedApi?.url,
      // With an edge, clients use the URL of the edge.
      streamingUrl: edge ? undefined : streamingUrl?.url,
      edgeUrl: edge?.distribution.url,
      streamingApiUrl: streamingApi?.url,
      ...poolOutputs(pool),
      dashboardName: operations?.dashboardName,
      sampleAgentRuntimeArn: sample?.agentRuntimeArn,
    } satisfies Outputs);
    this.registerOutputs({ outputs: this.outputs, apiKeys: this.apiKeys });
  }
}

type WithoutDuration<T> = Omit<T, "maxDurationSeconds">;
type AgentDoorArgs = WithoutDuration<DoorArgs> & { agentRuntimeArn: pulumi.Input<string> };

function agentArgs(settings: Settings, agentRuntimeArn: pulumi.Input<string>): AgentDoorArgs {
  const { qualifier, canary, dialect, answer, agents, stopSession, memorySizeMb } = settings;
  const { reservedConcurrency, provisionedConcurrency, tracing } = settings;
  const { runtimeAuth, headerMap, headerFields, payload, redaction, corsOrigins, sessionOwner, perSessionRoles } =
    settings;
  const { callerHeader, runtimeUserId, events, agentErrors, maxBodyBytes } = settings;
  const owners = { sessionOwner, perSessionRoles, callerHeader, runtimeUserId };
  const body = { headerFields, payload, maxBodyBytes, redaction };
  const policy = { runtimeAuth, headerMap, ...body, corsOrigins, events, agentErrors, ...owners };
  const routing = { agentRuntimeArn, qualifier, canary, dialect, answer, agents, stopSession };
  return {
    ...routing,
    tracing,
    memorySizeMb,
    reservedConcurrency,
    provisionedConcurrency,
    ...logArgs(settings),
    policy,
    hook: hooksArgs(settings),
  };
}

/** The custom headers that the doors send. */
function agentHeaders({ headerMap, callerHeader: { name } }: Settings): string[] {
  return [...Object.values(headerMap), ...(name === undefined ? [] : [name])];
}

/** Every runtime behind the doors. */
function allRuntimeArns({ agents }: Settings, { agentRuntimeArn }: AgentDoorArgs): pulumi.Input<string>[] {
  const named = Object.values(agents).map((each) => each.agentRuntimeArn);
  return agentRuntimeArn === "" ? named : [agentRuntimeArn, ...named];
}

/**
 * Both REST doors share one web ACL. A Function URL cannot have one; it accepts only signed requests, or requests of its edge. A private API
 * needs none: its callers are inside a network, and the rules of the ACL are about addresses of the internet.
 */
function createWebAcl(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions): WebAcl {
  return new WebAcl(`${name}-web-acl`, { ...wafArgs(settings), rateKey: settings.wafRateKey }, opts);
}

function restArgs(
  settings: Settings,
  agent: AgentDoorArgs,
  auth: InboundAuthArgs,
  webAcl: WebAcl | undefined,
): WithoutDuration<RestDoorArgs> {
  const { throttleRateLimit: rateLimit, throttleBurstLimit: burstLimit } = settings;
  return {
    ...agent,
    ...auth,
    ...(webAcl && { webAclArn: webAcl.arn }),
    throttle: { rateLimit, burstLimit },
  };
}
