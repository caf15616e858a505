import { createHash, randomUUID } from "node:crypto";
import type { Caller } from "./caller";

/** The ids of sessions. */
export interface SessionIds {
  /** Whether a client's id opens a session. It does no I/O. */
  readonly opens: (id: string) => boolean;
  /** The id of a new session. */
  readonly issue: () => string;
}

/** At a door that verifies its callers, a caller may choose ids: they are ids among the caller's own sessions only. */
export const CHOSEN_IDS: SessionIds = { opens: () => true, issue: newSessionId };

/** A new session id for the caller: 44 characters. AgentCore accepts 33 to 256, and its response shape up to 100. */
function newSessionId(): string {
  return `session-${randomUUID()}`;
}

/**
 * The id under which AgentCore stores the conversation. AgentCore does not tie ids to callers: all requests with the same id run in the
 * same microVM (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-sessions.html).
 * So the id is derived from the caller and the caller's session id. It is stable for one caller, and no other caller can reach the session.
 *
 * @param subject subject of the caller's bearer token, if the runtime is called with a token
 * @param agent name of the agent, if it is not the one behind `/invoke`: the same session id is a different session at each agent
 * @returns 67 characters of [a-z0-9-]
 */
export function runtimeSessionId(
  caller: Pick<Caller, "kind" | "id"> | undefined,
  subject: string | undefined,
  handle: string,
  agent?: string,
): string {
  const owner = JSON.stringify([
    caller?.kind ?? "",
    caller?.id ?? "",
    ...(subject === undefined ? [] : [subject]),
    handle,
    // An object, so that it cannot equal a subject or a session id.
    ...(agent === undefined ? [] : [{ agent }]),
  ]);
  return `fd-${createHash("sha256").update(owner).digest("hex")}`;
}
