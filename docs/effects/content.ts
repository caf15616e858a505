import { NEW_SNAPSHOT, type Effects } from "./effect";

export const CONTENT: Effects<"callerHeader" | "runtimeUserId" | "headerMap" | "payload" | "redaction"> = {
  callerHeader: { changes: "code archive of the functions, headers that the sample agent's runtime accepts" },
  runtimeUserId: { changes: "code archive of the functions, rights of their roles, locks, policy of the VPC endpoint" },
  headerMap: {
    changes: "code archive of the functions, what preflights allow, headers that the sample agent's runtime accepts",
    replaces: NEW_SNAPSHOT,
  },
  payload: { changes: "code archive of the functions", interrupts: "A field that is no longer allowed is refused." },
  redaction: { changes: "code archive of the functions" },
};
