import { createHash, randomUUID } from "node:crypto";
import type { Caller } from "./caller";

/** A new handle: 44 characters, within AgentCore's 33 to 256 and its response shape's 100. */
export function newSessionId(): string {
  return `session-${randomUUID()}`;
}

/**
 * The id under which AgentCore keeps the conversation. AgentCore runs whoever holds an id inside the same microVM, and does
 * not tie ids to callers (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-sessions.html), so the id is
 * derived from caller and handle: one caller's handle never opens another's session, and stays stable for its owner.
 *
 * @param subject whom the caller's bearer token stands for, where the runtime is called with one
 * @param agent name of the agent, where it is not the one behind `/invoke`: the same handle is another session at each
 * @returns 67 characters of [a-z0-9-]
 */
export function runtimeSessionId(
  caller: Caller | undefined,
  subject: string | undefined,
  handle: string,
  agent?: string,
): string {
  const owner = JSON.stringify([
    caller?.kind ?? "",
    caller?.id ?? "",
    ...(subject === undefined ? [] : [subject]),
    handle,
    // An object, which no subject or handle can be taken for.
    ...(agent === undefined ? [] : [{ agent }]),
  ]);
  return `fd-${createHash("sha256").update(owner).digest("hex")}`;
}
