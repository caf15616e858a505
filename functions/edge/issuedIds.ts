import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SessionIds } from "../request/caller/session";

/** Random bytes of an id: 128 bits, 22 characters. */
const RANDOM_BYTES = 16;

/** Bytes of an id's tag: 192 bits, 32 characters without unused bits. */
const TAG_BYTES = 24;

/** `session-`, the random part and the tag: 62 characters. */
const ISSUED = /^(session-[\w-]{22})([\w-]{32})$/;

/**
 * Session ids that contain a proof that this door has issued them: `session-`, random bits, and a tag, an HMAC-SHA-256 of the text before it. The tag is
 * compared as text, so no second spelling of an id is accepted.
 *
 * @param key secret key of the HMAC, 32 bytes
 */
export function issuedIds(key: Uint8Array): SessionIds {
  const tagOf = (text: string): Buffer =>
    Buffer.from(createHmac("sha256", key).update(text).digest().subarray(0, TAG_BYTES).toString("base64url"));
  return {
    opens: (id) => {
      const [, text, tag] = ISSUED.exec(id) ?? [];
      // The time of a comparison that stops at the first difference tells how much of a forged tag is right.
      return text !== undefined && tag !== undefined && timingSafeEqual(tagOf(text), Buffer.from(tag));
    },
    issue: () => {
      const text = `session-${randomBytes(RANDOM_BYTES).toString("base64url")}`;
      return text + tagOf(text).toString();
    },
  };
}
