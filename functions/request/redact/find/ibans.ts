import { AFTER_ESCAPE, type Span } from "./span";

/** Length of an IBAN by country. https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const IBAN_LENGTHS = new Map(
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"
    .match(/[A-Z]{2}\d{2}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN_START = new RegExp(`(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})[A-Za-z]{2}\\d{2}`, "g");

/** Most separators between two characters. */
const MOST_SEPARATORS = 2;

/** IBANs with their country's length that pass the modulo-97 check. They may contain spaces, hyphens and dots, also as a URL escapes them. */
export function ibans(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: head, index } of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTHS.get(head.slice(0, 2).toUpperCase());
    const end = length === undefined ? undefined : ibanEnd(text, index, length);
    if (end !== undefined) found.push([index, end]);
  }
  return found;
}

/** @returns where the IBAN ends, or undefined if there is none */
function ibanEnd(text: string, start: number, length: number): number | undefined {
  let head = 0;
  let rest = 0;
  let count = 0;
  let separators = 0;
  let end = start;
  for (; count < length; end++) {
    const code = text.charCodeAt(end);
    const value = valueOf(code);
    if (value < 0) {
      const length = separatorAt(text, end, code);
      if (length === 0 || ++separators > MOST_SEPARATORS) return undefined;
      end += length - 1;
      continue;
    }
    separators = 0;
    // The check counts the first four characters last.
    if (count++ < 4) head = head * (value > 9 ? 100 : 10) + value;
    else rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  const whole = valueOf(text.charCodeAt(end)) < 0;
  return whole && (rest * 1_000_000 + head) % 97 === 1 ? end : undefined;
}

/** A digit's value, 10 to 35 for a letter, or -1. */
function valueOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return code >= 65 && lower >= 97 && lower <= 122 ? lower - 87 : -1;
}

/** Length of the separator there: a space, a no-break space, a hyphen, a dot, `+` or `%20` of a URL; 0 if there is none. */
function separatorAt(text: string, at: number, code: number): number {
  if (code === 37) return text.startsWith("20", at + 1) ? 3 : 0;
  const one =
    code === 32 ||
    code === 43 ||
    code === 45 ||
    code === 46 ||
    code === 0xa0 ||
    code === 0x202f ||
    (code >= 0x2010 && code <= 0x2015);
  return one ? 1 : 0;
}
