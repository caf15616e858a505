import type { HooksArgs } from "../shared/args";
import type { Settings } from "./inputs";

/** The stack's own code before and after the agent. */
export function hooksArgs({ hooks, hookStatements, hookFunctionArn, hookTimeoutMs }: Settings): HooksArgs {
  if (hooks !== "") return { file: hooks, statements: hookStatements, timeoutMs: hookTimeoutMs };
  return hookFunctionArn !== "" ? { functionArn: hookFunctionArn, timeoutMs: hookTimeoutMs } : {};
}
