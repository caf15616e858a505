import type { Effects } from "./effect";

export const HOOKS: Effects<"hooks" | "hookStatements" | "hookFunctionArn" | "hookTimeoutMs"> = {
  hooks: { changes: "code archive of the functions" },
  hookStatements: { changes: "rights of the functions' roles" },
  hookFunctionArn: { changes: "code archive and environment of the functions, rights of their roles" },
  hookTimeoutMs: { changes: "code archive of the functions, if there are hooks" },
};
