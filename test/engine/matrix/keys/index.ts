import type { Walk } from "../walk";
import { AGENT } from "./agent";
import { CAPACITY } from "./capacity";
import { CONTENT } from "./content";
import { DOORS } from "./doors";
import { EDGE_WALKS } from "./edge";
import { HOOK_WALKS } from "./hooks";
import { NETWORK_WALKS } from "./network";
import { OPERATIONS } from "./operations";
import { ROLES } from "./roles";
import { THROTTLES } from "./throttles";

/** The walks by the sections of Pulumi.yaml. */
export const WALKS: Readonly<Record<string, readonly Walk[]>> = {
  "the agent": AGENT,
  "doors and callers": DOORS,
  "door 2 for the public": EDGE_WALKS,
  "time, memory and concurrency": CAPACITY,
  "what reaches the agent": CONTENT,
  "code of your own": HOOK_WALKS,
  "throttles and the firewall": THROTTLES,
  "domain and network": NETWORK_WALKS,
  roles: ROLES,
  "logs, metrics and alarms": OPERATIONS,
};
