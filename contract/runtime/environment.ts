/**
 * The environment variables through which a component configures its handler: components write them, handlers read them.
 */
export const ENVIRONMENT = {
  /** ARN of the runtime behind `/invoke`; empty if there are only named agents. */
  runtimeArn: "AGENT_RUNTIME_ARN",
  /** Endpoint name of that runtime. */
  qualifier: "AGENT_QUALIFIER",
  /** Its canary: `["<qualifier>",<weight>]`; `[]` for none. */
  canary: "AGENT_CANARY",
  /** How its events are read: see `packDialect` in contract/runtime/agents.ts. Absent if the events decide. */
  dialect: "AGENT_DIALECT",
  /** The named agents: see `packAgents` in contract/runtime/agents.ts. */
  agents: "AGENTS",
  /** `true` if callers may stop sessions, otherwise `false`. */
  stopSession: "STOP_SESSION",
  /** Door name, for the log. */
  door: "DOOR",
  /** Time that the handler reserves to end the answer before its own timeout, milliseconds. */
  marginMs: "DEADLINE_MARGIN_MS",
  /** Settings of the bundled authorizer, as JSON: see `JwtSettings` in contract/runtime/jwt.ts. */
  jwt: "JWT_SETTINGS",
  /** ARN of the KMS key from which the function derives the key that signs session ids, behind an anonymous public edge. */
  sessionKey: "SESSION_KMS_KEY_ARN",
  /** ARN of the function that has the stack's hooks, if they are not in the archive. */
  hookFunction: "HOOK_FUNCTION_ARN",
} as const;
