import { AFTER_ESCAPE, matching, type Find, type Span } from "./span";

const accessKeys: Find = matching(
  new RegExp(`(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])`, "g"),
);

/** A character of a secret key, as it is or with the slash and the plus escaped. */
const UNIT = String.raw`(?:[A-Za-z0-9/+]|%2[BbFf]|\\/|\\u002[BbFf])`;
/** From 40 characters on. Not the last line of a wrapped blob, not a piece of a URL-safe one. */
const LONG_RUN = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9/+%]|%2[BbFf]|\\/|\\u002[BbFf]|\\(?=[nrtu])|[A-Za-z0-9]{16}[-_]|[A-Za-z0-9/+]{48}\r?\n|base64,)|${AFTER_ESCAPE})${UNIT}{40,}`,
  "g",
);
/** A path that ends in a label, or in the id of the key. */
const LABEL = /^.*(?:key|secret|A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16})(?:\/|%2F|\\\/)/i;
/** Longest run that is searched, characters: a label and a key in which everything is escaped. */
const MOST_RUN = 300;
/** Padding, or the next piece of a URL-safe blob. */
const BLOB_GOES_ON = /=|%3D|[-_][A-Za-z0-9]{16}/iy;

/** Secret access keys are 40 characters of base64. They have no padding and no other mark, so blobs and hashes must be told from them. */
function secretKeys(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    const end = index + run.length;
    BLOB_GOES_ON.lastIndex = end;
    if (run.length > MOST_RUN || BLOB_GOES_ON.test(text)) continue;
    const key = [run, run.replace(LABEL, "")].find(isSecretKey);
    if (key !== undefined) found.push([end - key.length, end]);
  }
  return found.some(([start]) => AFTER_PIECE.has(text[start - 1])) ? outsideTokens(text, found) : found;
}

/** What joins the pieces of a JSON web token. */
const AFTER_PIECE: ReadonlySet<string | undefined> = new Set([".", "-", "_"]);
const TOKEN = /(?<![\w-])eyJ[\w.-]+/g;

/** The keys that are no piece of a JSON web token. Both lists are in the order of the text. */
function outsideTokens(text: string, keys: readonly Span[]): Span[] {
  const tokens = matching(TOKEN)(text);
  let next = 0;
  return keys.filter(([start]) => {
    while ((tokens[next]?.[1] ?? Infinity) <= start) next++;
    return (tokens[next]?.[0] ?? Infinity) > start;
  });
}

/** Words and numbers in a key. A random key has 21, and 11 or fewer in 1 case of 4,000; a path or a name of the same length has about 9. */
const WORD = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;
const FEWEST_WORDS = 12;

/** A hash is hexadecimal, a part of a token begins with `eyJ`, and a path or a name consists of fewer words. */
function isSecretKey(run: string): boolean {
  const key = run.replace(/%2F|\\\/|\\u002F/gi, "/").replace(/%2B|\\u002B/gi, "+");
  return (
    key.length === 40 &&
    /[A-Z]/.test(key) &&
    /[a-z]/.test(key) &&
    /\d/.test(key) &&
    !/^(?:eyJ|[\dA-Fa-f]{40}$)/.test(key) &&
    (key.match(WORD)?.length ?? 0) >= FEWEST_WORDS
  );
}

export function awsKeys(text: string): Span[] {
  return [...accessKeys(text), ...secretKeys(text)].sort(([a], [b]) => a - b);
}
