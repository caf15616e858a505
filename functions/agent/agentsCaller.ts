import { CUSTOM_HEADERS, USER_ID_LENGTH } from "../../contract/aws/limits";
import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { Refusal } from "../../contract/wire/errors";
import { ownerHash } from "../request/caller/caller";
import type { DoorRequest } from "../request/request";

/** What the agent learns of the caller; of an anonymous caller nothing. */
export interface AgentsCaller {
  /** The header of the stack's `callerHeader`. */
  readonly header: Readonly<Record<string, string>>;
  /** AgentCore's user id. */
  readonly userId?: string;
}

/** The caller as the policy names it to the agent. It uses only what was verified, and nothing of the request. */
export function agentsCaller(
  { caller }: Pick<DoorRequest, "caller">,
  { callerHeader, runtimeUserId }: DoorPolicy,
): AgentsCaller | Refusal {
  if (!caller || !(callerHeader || runtimeUserId)) return { header: {} };
  const hashed = callerHeader?.value === "hash";
  if (hashed && !runtimeUserId) return { header: { [callerHeader.name]: ownerHash(caller, 32) } };
  const subject = encoded(caller.subject);
  if (subject === undefined || subject.length > (runtimeUserId ? USER_ID_LENGTH : CUSTOM_HEADERS.valueBytes)) {
    return { code: "CALLER_NAME_INVALID" };
  }
  return {
    header: callerHeader ? { [callerHeader.name]: hashed ? ownerHash(caller, 32) : subject } : {},
    ...(runtimeUserId && { userId: subject }),
  };
}

/**
 * A name as a header value: everything but letters, digits and `-_.~:/@=|!*'()` is percent-encoded UTF-8. `decodeURIComponent`, or `unquote` of
 * Python, returns the name. No two names have the same value, because `%` is encoded too.
 *
 * @returns undefined for half a surrogate pair, which UTF-8 cannot encode
 */
function encoded(name: string): string | undefined {
  return /\p{Cs}/u.test(name) ? undefined : name.replace(/[^\w.~:/@=|-]/gu, encodeURIComponent);
}
