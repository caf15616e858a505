import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { isRestDoor, type DoorName } from "../../contract/wire/doors";
import { maxDurationOf } from "../../contract/config/settings";
import { OUTPUTS, type OutputName } from "../../contract/config/outputs";
import { BufferedApi } from "../rest/bufferedApi";
import { defaultRegion } from "../shared/awsContext";
import { omitUndefined } from "../shared/omitUndefined";
import { createOperations } from "./operations";
import { createApiKeys, createInboundAuth, createUserPool, edgeTokens } from "./auth";
import { checkDeployment } from "./deployment";
import { agentArgs, agentHeaders, allRuntimeArns, createWebAcl, restArgs } from "./doorArgs";
import { createEdge } from "./edge";
import { requireSettings, type FrontDoorArgs } from "./inputs";
import { createRuntimeLocks } from "./locks";
import { SampleAgent } from "../agent/sampleAgent";
import { sharedRestArgs } from "./restNetwork";
import { withRoles } from "./roles";
import { reportHolders } from "./holders";
import { reportSharedSessions } from "./sessionOwners";
import { StreamingApi } from "../rest/streamingApi";
import { requireRoom } from "../url/functionPolicy";
import { StreamingUrl } from "../url/streamingUrl";

/** A stack's outputs, each with its own name and type. */
type Outputs = { readonly [Name in OutputName]: unknown };

/**
 * The whole boundary in front of one agent, as a stack config describes it: the doors and everything around them. It creates only what the
 * config requires.
 */
export class FrontDoor extends pulumi.ComponentResource implements Outputs {
  /** Base URL of `bufferedApi`, without a trailing slash. */
  public readonly bufferedApiUrl: pulumi.Output<string> | undefined;
  /** Base URL of `streamingUrl`; undefined with `edge`, because clients then use `edgeUrl`. */
  public readonly streamingUrl: pulumi.Output<string> | undefined;
  /** Base URL of the CloudFront distribution in front of `streamingUrl`, with `edge`. */
  public readonly edgeUrl: pulumi.Output<string> | undefined;
  /** Base URL of `streamingApi`. */
  public readonly streamingApiUrl: pulumi.Output<string> | undefined;
  /** Id of the user pool that `apiAuth` or `edgeAuth` `cognito` creates. */
  public readonly userPoolId: pulumi.Output<string> | undefined;
  /** Id of the pool's client. */
  public readonly userPoolClientId: pulumi.Output<string> | undefined;
  /** Secret of the pool's client, if it is for machines. Secret. */
  public readonly userPoolClientSecret: pulumi.Output<string> | undefined;
  /** URL at which clients get access tokens of the pool. */
  public readonly tokenEndpoint: pulumi.Output<string> | undefined;
  /** Name of the CloudWatch dashboard, with `dashboard`. */
  public readonly dashboardName: pulumi.Output<string> | undefined;
  /** ARN of the runtime that `sampleAgent` deploys. */
  public readonly sampleAgentRuntimeArn: pulumi.Output<string> | undefined;
  /** Values of the API keys by name, each secret. Empty if no door requires a key. */
  public readonly apiKeys: Record<string, pulumi.Output<string>>;

  /** @throws RunError with one line for each invalid value in the config, before any resource exists; what only the provider knows, in a preview */
  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    const region = defaultRegion(opts);
    const settings = requireSettings(args, region);
    const urlName = `${name}-streaming-url`;
    if (settings.doors.some((door) => !isRestDoor(door))) requireRoom(urlName, settings.callers, region);
    super("agentcore-front-door:index:FrontDoor", name, args, withRoles(legalNames(opts), settings));
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
    const makesAcl = hasRest && !settings.privateApi && settings.webAclArn === "";
    const webAcl = makesAcl ? createWebAcl(name, settings, parent) : undefined;
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
        ...(edge?.webAcl ? [{ metricName: edge.webAcl.metricName, scope: "CLOUDFRONT" }] : []),
      ],
      parent,
    );

    if (settings.lockRuntime) {
      const doors = [bufferedApi, streamingUrl, streamingApi].filter((door) => door !== undefined);
      const roleArns = doors.map((door) => door.roleArn);
      const dependsOn = [...doors, ...(edge ? [edge.distribution] : [])];
      createRuntimeLocks(name, { ...settings, aliasKeys: args.aliasKeys ?? {} }, agent.agentRuntimeArn, roleArns, {
        ...parent,
        dependsOn,
      });
    }

    this.apiKeys = createApiKeys(name, settings, stages, parent)?.values ?? {};
    this.bufferedApiUrl = bufferedApi?.url;
    this.streamingUrl = edge ? undefined : streamingUrl?.url;
    this.edgeUrl = edge?.distribution.url;
    this.streamingApiUrl = streamingApi?.url;
    this.userPoolId = pool?.poolId;
    this.userPoolClientId = pool?.clientId;
    this.userPoolClientSecret = pool?.clientSecret;
    this.tokenEndpoint = pool?.tokenEndpoint;
    this.dashboardName = operations?.dashboardName;
    this.sampleAgentRuntimeArn = sample?.agentRuntimeArn;
    this.registerOutputs(stackOutputs(this));
  }
}

/** What a stack exports of a door: each output under its own name, `apiKeys` only if there are keys. */
export function stackOutputs(door: FrontDoor): Readonly<Record<string, unknown>> {
  const names = Object.keys(OUTPUTS) as OutputName[];
  const outputs = Object.fromEntries(names.map((name) => [name, door[name]]));
  return omitUndefined({ ...outputs, ...(Object.keys(door.apiKeys).length === 0 && { apiKeys: undefined }) });
}
