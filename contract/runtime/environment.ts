/**
 * The environment variables through which a component configures its handler. Names stand once, here:
 * components write them, handlers read them.
 */
export const ENVIRONMENT = {
  /** ARN of the runtime behind `/invoke`; empty where there are only named agents. */
  runtimeArn: "AGENT_RUNTIME_ARN",
  /** Endpoint name of that runtime. */
  qualifier: "AGENT_QUALIFIER",
  /** Its canary: `["<qualifier>",<weight>]`; `[]` for none. */
  canary: "AGENT_CANARY",
  /** The named agents: see `packAgents` in contract/runtime/agents.ts. */
  agents: "AGENTS",
  /** `true` where callers may stop sessions, else `false`. */
  stopSession: "STOP_SESSION",
  /** Door name, for the log. */
  door: "DOOR",
  /** What the handler keeps of its time to end the answer itself, milliseconds. */
  marginMs: "DEADLINE_MARGIN_MS",
  /** Whose tokens the bundled authorizer takes, as JSON. */
  jwt: "JWT_SETTINGS",
} as const;
