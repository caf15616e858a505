import { ENVIRONMENT } from "../../contract/runtime/environment";
import { routed } from "../request/route";
import type { SessionIds } from "../request/caller/session";
import type { Prepare } from "../request/caller/prepare";
import { issuedIds } from "./issuedIds";
import { kmsMac, type Mac } from "./kmsMac";

/** The text whose MAC is the key of the ids. Another text is another key, and ends every session. */
const KEY_TEXT = "agentcore-front-door: the key that signs session ids, 1";

/** The requests that need the ids: all others are answered without KMS. */
const NEEDS_IDS = /^(?:POST \/invoke|DELETE \/sessions\/[^/]+)$/;

/**
 * Creates the preparation of requests behind a public edge without users: only ids that this door has issued open a session. It calls KMS once, at
 * the first request that needs the ids. A failed call refuses the requests that wait for it, and the next request calls again.
 *
 * @param mac the MAC of a text with the KMS key; by default a call of KMS
 * @throws Error if the environment variable with the key's ARN is missing or malformed
 */
export function edgeIds(env: NodeJS.ProcessEnv, mac: Mac = kmsMac(env[ENVIRONMENT.sessionKey] ?? "")): Prepare {
  let ids: Promise<SessionIds> | undefined;
  return async ({ method, path, isPublic }, remainingMs) => {
    if (!isPublic || !NEEDS_IDS.test(`${method} ${routed(path).path}`)) return {};
    ids ??= mac(KEY_TEXT, remainingMs).then(issuedIds);
    const asked = ids;
    try {
      return { ids: await asked };
    } catch (error) {
      // A later request may have begun another call by now.
      if (ids === asked) ids = undefined;
      return { code: "SESSIONS_UNAVAILABLE", reason: `kms: ${error instanceof Error ? error.message : "failed"}` };
    }
  };
}
