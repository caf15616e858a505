import { NEW_SNAPSHOT, type Effects } from "./effect";

export const CONTENT: Effects<
  | "callerHeader"
  | "runtimeUserId"
  | "headerMap"
  | "headerFields"
  | "payload"
  | "maxBodyBytes"
  | "redaction"
  | "events"
  | "agentErrors"
> = {
  callerHeader: { changes: "code archive of the functions, headers that the sample agent's runtime accepts" },
  runtimeUserId: { changes: "code archive of the functions, rights of their roles, locks, policy of the VPC endpoint" },
  headerMap: {
    changes: "code archive of the functions, what preflights allow, headers that the sample agent's runtime accepts",
    replaces: NEW_SNAPSHOT,
  },
  headerFields: {
    changes: "code archive of the functions, what preflights allow",
    replaces: NEW_SNAPSHOT,
  },
  payload: { changes: "code archive of the functions", interrupts: "A field that is no longer allowed is refused." },
  maxBodyBytes: {
    changes: "code archive of the functions, rule on body size of the web ACLs and its text",
    interrupts: "With less, larger bodies are refused.",
  },
  events: {
    changes: "code archive of the functions",
    interrupts: "With text, clients that read the agent's events no longer get them.",
  },
  agentErrors: { changes: "code archive of the functions" },
  redaction: { changes: "code archive of the functions" },
};
