import type { Effects } from "./effect";

export const AGENT: Effects<
  | "agentRuntimeArn"
  | "qualifier"
  | "runtimeAuth"
  | "agents"
  | "canary"
  | "dialect"
  | "answer"
  | "stopSession"
  | "sampleAgent"
  | "lockRuntime"
  | "breakGlassPrincipals"
> = {
  agentRuntimeArn: {
    changes: "environment of the functions, rights of their roles, locks",
    ends: ["locked ARN"],
    interrupts: "Requests reach the new runtime, which does not know the sessions of the former one.",
  },
  qualifier: {
    changes: "environment of the functions, locks",
    ends: ["locked ARN"],
    interrupts: "The next request of a session reaches the new endpoint.",
  },
  runtimeAuth: {
    changes: "code archive of the functions",
    interrupts: "With oauth, callers need a bearer token that the runtime accepts.",
  },
  agents: {
    changes: "environment of the functions, rights of their roles, locks",
    ends: ["locked ARN"],
    interrupts: "A removed name answers 404, and a renamed agent has another path.",
  },
  canary: {
    changes: "environment of the functions, locks",
    ends: ["locked ARN"],
    interrupts: "A session can meet the other endpoint after a change of `weight`.",
  },
  dialect: { changes: "environment of the functions" },
  answer: { changes: "environment of the functions" },
  stopSession: {
    changes: "environment of the functions, rights of their roles, what the locks allow",
    interrupts: "With false, `DELETE /sessions/{id}` is refused.",
  },
  sampleAgent: {
    changes:
      "a runtime with its role and its code in a bucket, made or deleted; environment of the functions, rights of their roles, locks",
    ends: ["sample runtime", "IAM role", "locked ARN"],
    interrupts: "Without it, the sessions of the sample agent are gone.",
  },
  lockRuntime: {
    changes: "resource policies of the runtimes and their endpoints, put or deleted",
    ends: ["locked ARN"],
    interrupts: "With true, every other caller of the runtimes is refused once the doors are up.",
  },
  breakGlassPrincipals: { changes: "resource policies of the runtimes and their endpoints" },
};
