import { AFTER_ESCAPE, matching, type Find, type Span } from "./span";

const accessKeys: Find = matching(
  new RegExp(`(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])`, "g"),
);

/** A character of a secret key, as it is or with the slash and the plus escaped. */
const UNIT = String.raw`(?:[A-Za-z0-9/+]|%2[BbFf]|\\/)`;
/** From 40 characters on. Not the last line of a wrapped blob, not a piece of a URL-safe one. */
const LONG_RUN = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9/+%]|%2[BbFf]|\\/|\\(?=[nrt])|[A-Za-z0-9]{16}[-_]|[A-Za-z0-9/+]{48}\r?\n|base64,)|${AFTER_ESCAPE})${UNIT}{40,}`,
  "g",
);
/** A path that ends in a label. */
const LABEL = /^.*(?:key|secret)(?:\/|%2F|\\\/)/i;
/** Padding, or the next piece of a URL-safe blob. */
const BLOB_GOES_ON = /=|%3D|[-_][A-Za-z0-9]{16}/iy;

/** Secret access keys are 40 characters of base64. They have no padding and no other mark, so blobs and hashes must be told from them. */
function secretKeys(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    const end = index + run.length;
    BLOB_GOES_ON.lastIndex = end;
    if (BLOB_GOES_ON.test(text)) continue;
    const key = [run, run.replace(LABEL, "")].find(isSecretKey);
    if (key !== undefined) found.push([end - key.length, end]);
  }
  return found;
}

/** A hash is hexadecimal, a part of a token begins with `eyJ`, and a name seldom has all of upper case, lower case and digits. */
function isSecretKey(run: string): boolean {
  if (run.length > 40 * 3) return false;
  const key = run.replace(/%2F|\\\//gi, "/").replace(/%2B/gi, "+");
  return (
    key.length === 40 &&
    /[A-Z]/.test(key) &&
    /[a-z]/.test(key) &&
    /\d/.test(key) &&
    !/^(?:eyJ|[\dA-Fa-f]{40}$)/.test(key)
  );
}

export function awsKeys(text: string): Span[] {
  return [...accessKeys(text), ...secretKeys(text)].sort(([a], [b]) => a - b);
}
