import type { Resource } from "../model/graph";
import { judgeProperty, type Finding } from "../model/rule";
import { at, is } from "../model/value";

export interface NetworkSettings {
  readonly allowed: readonly string[];
}

/** Judges the network mode of whatever AgentCore runs. */
export function judgeNetworkMode(resource: Resource, { allowed }: NetworkSettings): readonly Finding[] {
  const mode = at(resource.props, "networkConfiguration", "networkMode");
  return judgeProperty(
    resource,
    "networkConfiguration.networkMode",
    mode,
    is(mode, (known) => allowed.includes(String(known))),
    `one of ${allowed.join(", ")}`,
  );
}
