import type { Detector } from "../../contract/runtime/doorPolicy";

/** Start and end of a match in a text. */
export type Span = readonly [start: number, end: number];
export type Find = (text: string) => readonly Span[];

/** Every quantifier in these patterns is bounded, so that no text makes a search slow. */
const matching =
  (pattern: RegExp): Find =>
  (text) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => [index, index + found.length]);

const ACCESS_KEY = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g;
/** Requires upper case, lower case and a digit, so that a hash in hexadecimal does not match. */
const SECRET_KEY =
  /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
const SSN = /(?<![\d-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g;
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
/** With + or 00 and a country code, or in the North American format. */
const PHONE =
  /(?<![\w+])(?:(?:\+|00)[1-9](?:[ .\-/()]{0,2}\d){6,14}|(?:1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4})(?!\w)/g;
const OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = new RegExp(`(?<![\\d.])(?:${OCTET}\\.){3}${OCTET}(?!\\d|\\.\\d)`, "g");

const DIGITS = /\d+/g;
const DIGIT_RUN = /(?<!\d)\d(?:[ .-]?\d){12,}(?!\d)/g;

/** Card numbers: 13 to 19 digits with the prefix of a card scheme that pass the Luhn check. A match consists of whole groups of digits. */
function cards(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index: offset } of text.matchAll(DIGIT_RUN)) {
    const groups = [...run.matchAll(DIGITS)];
    for (let first = 0; first < groups.length; first++) {
      let digits = "";
      let last: number | undefined;
      for (let at = first; at < groups.length && digits.length < 19; at++) {
        digits += groups[at]?.[0] ?? "";
        if (/^[2-6]\d{12,18}$/.test(digits) && luhn(digits)) last = at;
      }
      const [start, end] = [groups[first], last === undefined ? undefined : groups[last]];
      if (!start || !end || last === undefined) continue;
      found.push([offset + start.index, offset + end.index + end[0].length]);
      first = last;
    }
  }
  return found;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Length of an IBAN by country. https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const IBAN_LENGTHS = new Map(
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"
    .match(/[A-Z]{2}\d{2}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN_START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}/g;

/** IBANs with their country's length that pass the modulo-97 check. They may contain spaces and hyphens. */
function ibans(text: string): Span[] {
  return [...text.matchAll(IBAN_START)].flatMap(({ 0: head, index }): Span[] => {
    const length = IBAN_LENGTHS.get(head.slice(0, 2).toUpperCase());
    if (length === undefined) return [];
    let iban = "";
    let end = index;
    for (; iban.length < length && end < text.length; end++) {
      const character = text[end] ?? "";
      if (/[A-Za-z0-9]/.test(character)) iban += character.toUpperCase();
      else if (!/[ -]/.test(character)) return [];
    }
    return iban.length === length && !/[A-Za-z0-9]/.test(text[end] ?? "") && mod97(iban) ? [[index, end]] : [];
  });
}

function mod97(iban: string): boolean {
  const rotated = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const character of rotated) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

export const FINDERS: Readonly<Record<Detector, Find>> = {
  awsKey: (text) => [...matching(ACCESS_KEY)(text), ...matching(SECRET_KEY)(text)].sort(([a], [b]) => a - b),
  iban: ibans,
  card: cards,
  ssn: matching(SSN),
  email: matching(EMAIL),
  phone: matching(PHONE),
  ipv4: matching(IPV4),
};
