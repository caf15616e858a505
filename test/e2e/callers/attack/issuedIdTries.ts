import { createHash, createHmac } from "node:crypto";

/** What an attacker has, and the id that is to be reached. */
export interface Known {
  /** The victim's id. The attacker has parts of it, never both. */
  readonly victim: string;
  /** An id of the same door, issued to the attacker. */
  readonly own: string;
  /** An id of another stack. */
  readonly foreign: string;
}

const TEXT = 30;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const KEY_TEXT = "agentcore-front-door: the key that signs session ids, 1";

/** Keys that are not secret. */
const KEYS: Readonly<Record<string, string | Buffer>> = {
  "an empty key": "",
  "a key of zeros": Buffer.alloc(32),
  "a key of ones": Buffer.alloc(32, 0xff),
  "the text whose MAC is the key": KEY_TEXT,
  "that text's hash": createHash("sha256").update(KEY_TEXT).digest(),
  "that text's MAC with an empty key": createHmac("sha256", "").update(KEY_TEXT).digest(),
  "the KMS key's ARN": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  "the stack's name": "dev",
  "the word undefined": "undefined",
  "an object as text": "[object Object]",
};

/** The id with one character replaced by another that decodes to the same bytes, if its last bits are not used. */
const alias = (id: string, at: number, flip: number): string =>
  id.slice(0, at) + (ALPHABET[ALPHABET.indexOf(id[at] ?? "") ^ flip] ?? "") + id.slice(at + 1);

const otherTags = (text: string): Readonly<Record<string, string>> => ({
  "the hash of the text as tag": createHash("sha256").update(text).digest("base64url").slice(0, 32),
  "SHA-512 with an empty key": createHmac("sha512", "").update(text).digest("base64url").slice(0, 32),
  "SHA-1 with an empty key": createHmac("sha1", "").update(text).digest("hex").slice(0, 32),
  "MD5 in hexadecimal": createHash("md5").update(text).digest("hex"),
  "the random part as tag": `${text.slice(8)}${text.slice(8)}`.slice(0, 32),
  "a tag of one character": "A".repeat(32),
  "a tag of hyphens": "-".repeat(32),
  "a tag of underscores": "_".repeat(32),
});

/** Ids that no door has issued. Each must open a new session, or be refused. */
export function forgedIds({ victim, own, foreign }: Known): ReadonlyMap<string, string> {
  const text = victim.slice(0, TEXT);
  const tag = victim.slice(TEXT);
  const ids: Record<string, string> = {
    "the victim's text with the attacker's tag": text + own.slice(TEXT),
    "the attacker's text with the victim's tag": own.slice(0, TEXT) + tag,
    "the victim's text with another stack's tag": text + foreign.slice(TEXT),
    "another stack's id": foreign,
    "half of each tag": text + tag.slice(0, 16) + own.slice(TEXT + 16),
    "the tag reversed": text + Array.from(tag).reverse().join(""),
    "the tag turned by one": text + tag.slice(1) + (tag[0] ?? ""),
    "the text reversed": `session-${Array.from(text.slice(8)).reverse().join("")}${tag}`,
    "tag and text exchanged": `session-${tag}${text.slice(8)}`,
    "the text twice": text + text.slice(8) + tag,
    "the tag twice": victim + tag,
    "two ids": `${victim.slice(0, 50)}${own.slice(0, 50)}`,
    "another prefix": victim.replace("session-", "Session-"),
    "no prefix": victim.slice("session-".length),
    "the prefix twice": `session-${victim}`,
    "the runtime's prefix": victim.replace("session-", "fd-"),
    "upper case": victim.toUpperCase(),
    "lower case": victim.toLowerCase(),
    "the other case": Array.from(victim, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join(""),
    "standard base64": victim.replaceAll("-", "+").replaceAll("_", "/"),
    padding: `${victim}=`,
    "padding that is encoded": `${victim}%3D`,
    "a dot behind it": `${victim}.`,
    "a NUL behind it": `${victim}\0`,
    "a NUL before it": `\0${victim}`,
    "a NUL within it": `${text}\0${tag}`,
    "a line feed behind it": `${victim}\n`,
    "a carriage return behind it": `${victim}\r\n`,
    "a line before it": `x\n${victim}`,
    "white space around it": ` ${victim} `,
    "a byte order mark": `\ufeff${victim}`,
    "a joiner of zero width": `${text}\u200d${tag}`,
    "a mark from right to left": `\u202e${victim}`,
    "full-width letters": victim.replace("session", "ｓｅｓｓｉｏｎ"),
    "a long s": victim.replace("ss", "ſs"),
    "a dotless i": victim.replace("i", "ı"),
    "a combining mark": `${victim}\u0301`,
    "half a surrogate pair": `${victim}\ud800`,
    "a hyphen of another kind": victim.replace("-", "‐"),
    "100 characters": victim.padEnd(100, "A"),
    "101 characters": victim.padEnd(101, "A"),
    "256 characters": victim.padEnd(256, "A"),
    "the padding of SHA-256 behind the text": `${text}gAAAAAAAAAAAAAAAAAAAAA${tag}`,
    __proto__: "__proto__".padEnd(40, "_"),
    "a wildcard": `session-${"*".repeat(54)}`,
    "a question mark for each character": `session-${"?".repeat(54)}`,
  };
  for (const [title, key] of Object.entries(KEYS)) {
    ids[`signed with ${title}`] = text + createHmac("sha256", key).update(text).digest("base64url").slice(0, 32);
  }
  for (const [title, forged] of Object.entries(otherTags(text))) ids[title] = text + forged;
  for (const flip of [1, 2, 3, 4, 8, 15]) {
    ids[`unused bits of the random part, ${flip}`] = alias(victim, TEXT - 1, flip);
    ids[`last bits of the tag, ${flip}`] = alias(victim, victim.length - 1, flip);
  }
  for (let length = 33; length < victim.length; length += 4)
    ids[`its first ${length} characters`] = victim.slice(0, length);
  for (let at = 8; at < victim.length; at += 6)
    ids[`without character ${at}`] = victim.slice(0, at) + victim.slice(at + 1);
  return new Map(Object.entries(ids).filter(([, id]) => id !== victim && id !== own));
}
