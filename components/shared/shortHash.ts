import { createHash } from "node:crypto";

/** 16 hexadecimal digits for a text, so that a name can stand for it: as long for any text, and another one for another text. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
