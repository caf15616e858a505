import { createHash } from "node:crypto";
import type { AgentRoute } from "../../contract/runtime/agents";
import type { Refusal } from "../../contract/wire/errors";

/** One endpoint of one runtime. */
export interface Endpoint {
  readonly agentRuntimeArn: string;
  readonly qualifier: string;
}

/** The agents that a function can call. They are fixed when the sandbox starts. */
export interface Routes {
  /** The agent behind `/invoke`; undefined if there are only named agents. */
  readonly defaultAgent: AgentRoute | undefined;
  /** By name. */
  readonly agents: ReadonlyMap<string, AgentRoute>;
}

/** A path without the agent's name, and the name. */
export interface Routed {
  readonly agent: string | undefined;
  readonly path: string;
}

const NAMED = /^\/agents\/([^/]+)(\/(?:invoke|sessions\/[^/]+))$/;

/** Maps `/agents/{name}/invoke` and `/agents/{name}/sessions/{id}` to `/invoke` and `/sessions/{id}` of that agent. */
export function routed(path: string): Routed {
  const [, agent, rest] = NAMED.exec(path) ?? [];
  return { agent, path: rest ?? path };
}

/** The agent with this name, or the default agent. */
export function agentFor({ defaultAgent, agents }: Routes, name: string | undefined): AgentRoute | Refusal {
  return (name === undefined ? defaultAgent : agents.get(name)) ?? { code: "AGENT_NOT_FOUND" };
}

/**
 * The endpoint of a session. A hash of the session id chooses it, so nothing has to be stored: a session always gets the same endpoint, and
 * stays with the canary while the weight grows.
 */
export function endpointOf({ runtimeArn, qualifier, canary }: AgentRoute, runtimeSessionId: string): Endpoint {
  const second = canary !== undefined && fractionOf(runtimeSessionId) < canary.weight / 100;
  return { agentRuntimeArn: runtimeArn, qualifier: second ? canary.qualifier : qualifier };
}

/** A number from 0 to 1, evenly distributed over session ids. */
function fractionOf(runtimeSessionId: string): number {
  return createHash("sha256").update(`canary ${runtimeSessionId}`).digest().readUInt32BE() / 2 ** 32;
}
