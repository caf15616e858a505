import type { Span } from "./span";

/**
 * What stands behind the name of an address. It is found first: the at sign is rarer than the characters of a name. A domain in Latin letters
 * ends before those of a script that puts no spaces between words.
 */
const DOMAIN =
  /(?:@(?!\dx\.(?:png|jpe?g|gif|webp|svg|avif))|%40|\\u0040)(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.){1,8}(?:xn--[A-Za-z0-9-]{1,59}|\p{sc=Latin}[\p{sc=Latin}\p{M}]{1,23}|[\p{L}\p{M}]{2,24})/gu;
/** Longest name of an address (https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1). What is before it is text that has run into it. */
const LONGEST_NAME = 64;
const NAME_SIGNS: ReadonlySet<number> = new Set(Array.from("._%+'-", (sign) => sign.charCodeAt(0)));
const LETTER = /^[\p{L}\p{M}\p{N}]$/u;

/** Addresses. A name does not reach into the address before it. */
export function emails(text: string): Span[] {
  const found: Span[] = [];
  let free = 0;
  for (const { 0: domain, index } of text.matchAll(DOMAIN)) {
    const name = nameBefore(text, free, index);
    free = index + domain.length;
    const isRepository = name === "git" && text[free] === ":";
    if (name !== "" && !isRepository) found.push([index - name.length, free]);
  }
  return found;
}

function nameBefore(text: string, free: number, end: number): string {
  let start = end;
  while (start > free && end - start < LONGEST_NAME) {
    const length = nameCharacterBefore(text, start);
    if (length === 0) break;
    start -= length;
  }
  return withoutText(text[start - 1], text.slice(start, end));
}

/** Length of the character of a name before a place; 0 if it is none. */
function nameCharacterBefore(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  const lower = code | 32;
  if (code < 128) return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || NAME_SIGNS.has(code) ? 1 : 0;
  const length = code >= 0xdc00 && code <= 0xdfff ? 2 : 1;
  return LETTER.test(text.slice(at - length, at)) ? length : 0;
}

/** In scripts without spaces between words a text can run into a name in Latin letters. */
const RUN_IN = /^.*[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}](?=[A-Za-z])/u;

/** What a URL or JSON escapes before a name (quotes, separators, ends of lines), a quote, and words that run into it are no part of it. */
function withoutText(before: string | undefined, name: string): string {
  const escape =
    before === "\\" ? /^(?:[nrt]|u[\dA-Fa-f]{4})/ : /^.*%(?:0[9AaDd]|2[0-46-9CcFf]|3[A-Fa-f]|5[BbDd]|7[BbDd])/;
  const own = name.replace(escape, "") || name;
  return own.replace(RUN_IN, "").replace(/^'+/, "");
}
