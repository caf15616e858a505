import type { Detector } from "../../../contract/runtime/doorPolicy.js";
import { awsKeys } from "./find/awsKeys.js";
import { cards } from "./find/cards.js";
import { emails } from "./find/emails.js";
import { ibans } from "./find/ibans.js";
import { AFTER_ESCAPE, matching, type Find, type Span } from "./find/span.js";

const DASH = String.raw`\-\u2010-\u2015`;
const SPACE = String.raw` \u00a0\u202f`;

/** A label may stand at the number with any separator (`SSN-123-45-6789`), but no further group of digits. */
const SSN = new RegExp(
  `(?:(?<!\\d|\\d[${DASH}])|${AFTER_ESCAPE})(?!000|666|9)\\d{3}([+${DASH}${SPACE}]|%20|%2D)(?!00)\\d{2}\\1(?!0000)\\d{4}(?!\\d|[${DASH}]\\d)`,
  "g",
);

/** Two groups of three digits and one of four. Area and exchange never begin with 0 or 1, and never end with 11. */
const GROUP = String.raw`[2-9](?!11)\d{2}`;
const SEPARATOR = `[.${DASH}${SPACE}]`;
const MORE_DIGITS = `(?:[ .\\-/()${DASH}${SPACE}]{0,3}\\d)`;
/** Another number behind a space: an address, four groups with hyphens, or a telephone number with 00 or in the North American format. */
const NEXT_NUMBER =
  `[${SPACE}](?:\\d{1,3}(?:\\.\\d{1,3}){3}(?![.\\d])|\\d{1,6}(?:[${DASH}]\\d{1,6}){3}|00[1-9]${MORE_DIGITS}{8}|\\(${GROUP}\\)[${SPACE}]?${GROUP}|` +
  `${GROUP}[.${DASH}]${GROUP}[.${DASH}]\\d{4}(?!\\d))`;
/** Up to two groups of three behind one or two digits are an amount ("+1 000 000"), and no North American area begins with 0 or 1. */
const COUNTRY = `(?!\\d{1,2}[.${SPACE}]\\d{3}[.${SPACE}]\\d{3}(?![.${SPACE}]?\\d)|1[ .\\-/()${DASH}${SPACE}]{0,3}[01])[1-9]`;
/**
 * With + or 00 and a country code, or in the North American format. Three groups with spaces alone can be any amount, so they need the 1, the
 * parentheses or a word such as "phone" before them.
 */
const PHONE = new RegExp(
  `(?:(?<![\\dA-Za-z+%]|\\d[.${DASH}])|(?<![\\d+])(?=\\+)|(?=%2B)|${AFTER_ESCAPE})(?:` +
    `(?:(?:\\+|%2B)${COUNTRY}${MORE_DIGITS}{6}|00${COUNTRY}${MORE_DIGITS}{8})(?:(?!${NEXT_NUMBER})${MORE_DIGITS}){0,8}` +
    `|(?:(?:1${SEPARATOR}?)?\\(${GROUP}\\)[${SPACE}]?${GROUP}${SEPARATOR}\\d{4}` +
    `|(?:1${SEPARATOR}?)?${GROUP}[.${DASH}]${GROUP}[.${DASH}]\\d{4}` +
    `|(?:1${SEPARATOR}|(?<=(?:tel|phone|call|fax|mobile|cell)\\W{1,3}))${GROUP}[${SPACE}]${GROUP}${SEPARATOR}\\d{4})(?![.${DASH}]\\d))(?![a-wyz\\d])`,
  "gi",
);

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
/** Words before the number of a section or of a version, which can look like an address. */
const NUMBERED = new RegExp(
  String.raw`(?<=(?:§|version[("'=]{1,2}|(?<![A-Za-z])(?:v|ver|version|release|rel|revision|rev|build|firmware|driver|sec|section|subsection|ch|chapter|clause|article|` +
    String.raw`art|chrome|chromium|edge?|opr|figure|fig|table|step|item|paragraph|para|part|appendix|annex|rule|requirement|page|schema|kernel(?: is)?|oid|kapitel|abschnitt|abs|ziffer|artikel|chapitre|capítulo|sección|zlib|upgraded? to|updated? to)s?[.:#/]?)[ \u00a0]{0,2})`,
  "iy",
);
/** Between the numbers of a list. */
const LIST = /(?:,|,? and|,? or| to| ?[-–])? ?/iy;
const IPV4 = new RegExp(
  `(?:(?<!\\d|\\d\\.)|${AFTER_ESCAPE})(?=\\d{1,3}\\.\\d{1,3}\\.)(?:${OCTET}\\.){3}${OCTET}(?!\\d|\\.\\d|[-+.]?(?:alpha|beta|rc|snapshot|jar|war|whl|zip|tar|tgz|exe|msi|dll|deb|rpm|nupkg))`,
  "gi",
);

/** Dotted addresses, without numbers of sections and versions and what continues a list of them. */
function addresses(text: string): Span[] {
  let numberedUntil = -1;
  return matching(IPV4)(text).filter(([start, end]) => {
    NUMBERED.lastIndex = start;
    LIST.lastIndex = numberedUntil;
    const numbered =
      NUMBERED.test(text) ||
      (numberedUntil >= 0 && start - numberedUntil <= 6 && LIST.test(text) && LIST.lastIndex === start);
    if (numbered) numberedUntil = end;
    return !numbered;
  });
}

/** A separate file of the archive: only functions whose policy asks for a detector contain it. */
export const FINDERS: Readonly<Record<Detector, Find>> = {
  awsKey: awsKeys,
  iban: ibans,
  card: cards,
  ssn: matching(SSN),
  email: emails,
  phone: matching(PHONE),
  ipv4: addresses,
};
