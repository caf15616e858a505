import { createHash } from "node:crypto";

/** A hash of a text, 16 hexadecimal digits, for use in a resource name. Different texts have different hashes of the same length. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
