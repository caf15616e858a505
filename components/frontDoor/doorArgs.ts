import type * as pulumi from "@pulumi/pulumi";
import type { InboundAuthArgs } from "../rest/access/authorizer";
import type { RestDoorArgs } from "../rest/args";
import type { DoorArgs } from "../shared/args";
import { logArgs } from "../shared/logs";
import { WebAcl } from "../firewall/webAcl";
import { wafArgs } from "./edge";
import { hooksArgs } from "./hooks";
import type { Settings } from "./inputs";

type WithoutDuration<T> = Omit<T, "maxDurationSeconds">;
type AgentDoorArgs = WithoutDuration<DoorArgs> & { agentRuntimeArn: pulumi.Input<string> };

/** What every door has of the settings. */
export function agentArgs(settings: Settings, agentRuntimeArn: pulumi.Input<string>): AgentDoorArgs {
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
export function agentHeaders({ headerMap, callerHeader: { name } }: Settings): string[] {
  return [...Object.values(headerMap), ...(name === undefined ? [] : [name])];
}

/** Every runtime behind the doors. */
export function allRuntimeArns({ agents }: Settings, { agentRuntimeArn }: AgentDoorArgs): pulumi.Input<string>[] {
  const named = Object.values(agents).map((each) => each.agentRuntimeArn);
  return agentRuntimeArn === "" ? named : [agentRuntimeArn, ...named];
}

/**
 * Both REST doors share one web ACL. A Function URL cannot have one; it accepts only signed requests, or requests of its edge. A private API
 * needs none: its callers are inside a network, and the rules of the ACL are about addresses of the internet.
 */
export function createWebAcl(name: string, settings: Settings, opts: pulumi.ComponentResourceOptions): WebAcl {
  return new WebAcl(`${name}-web-acl`, { ...wafArgs(settings), rateKey: settings.wafRateKey }, opts);
}

/** What both REST doors have, apart from their own network and durations. */
export function restArgs(
  settings: Settings,
  agent: AgentDoorArgs,
  auth: InboundAuthArgs,
  webAcl: WebAcl | undefined,
): WithoutDuration<RestDoorArgs> {
  const { throttleRateLimit: rateLimit, throttleBurstLimit: burstLimit } = settings;
  const ownAcl = settings.webAclArn === "" ? webAcl?.arn : settings.webAclArn;
  return {
    ...agent,
    ...auth,
    ...(ownAcl !== undefined && { webAclArn: ownAcl }),
    throttle: { rateLimit, burstLimit },
  };
}
