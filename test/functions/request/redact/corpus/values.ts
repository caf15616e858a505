import type { Detector } from "../../../../../contract/runtime/doorPolicy";
import type { Random } from "./random";

/** Names, top-level domain, IBAN format and telephone formats of a locale. In a format, # is a digit. */
interface Locale {
  readonly names: readonly [string, ...string[]];
  readonly domain: string;
  readonly iban: string;
  readonly international: readonly [string, ...string[]];
  readonly national: readonly [string, ...string[]];
}

const locale = (
  names: string,
  domain: string,
  iban: string,
  international: readonly [string, ...string[]],
  national: readonly [string, ...string[]],
): Locale => ({ names: names.split(" ") as [string, ...string[]], domain, iban, international, national });

export const LOCALES = {
  de: locale(
    "jürgen anna.schmidt k-weber",
    "de",
    "DE####################",
    ["+49 30 ######", "+49(0)151 #######"],
    ["030 ######", "0151/#######"],
  ),
  es: locale(
    "josé.garcia lucia n_ruiz",
    "es",
    "ES######################",
    ["+34 9## ### ###", "+34-6##-###-###"],
    ["9## ### ###", "6##-###-###"],
  ),
  fi: locale(
    "väinö aino.korhonen m+x",
    "fi",
    "FI################",
    ["+358 40 ### ####", "00358 9 ######"],
    ["040 ### ####", "09-######"],
  ),
  fr: locale(
    "françois marie.dubois o'leroy",
    "fr",
    "FR#########################",
    ["+33 1 ## ## ## ##", "+336########"],
    ["01 ## ## ## ##", "06########"],
  ),
  gb: locale(
    "james olivia.smith t-jones",
    "co.uk",
    "GB##LOYD##############",
    ["+44 20 7### ####", "+44 7### ######"],
    ["020 7### ####", "07### ######"],
  ),
  it: locale(
    "niccolò giulia.rossi p.b",
    "it",
    "IT##X######################",
    ["+39 06 #######", "+39 3## #######"],
    ["06 #######", "3## #######"],
  ),
  ja: locale(
    "太郎 hanako.sato y_ito",
    "jp",
    "",
    ["+81 3 #### ####", "+81-90-####-####"],
    ["03-####-####", "090-####-####"],
  ),
  nl: locale(
    "daan emma.devries j-k",
    "nl",
    "NL##ABNA##########",
    ["+31 20 ### ####", "0031 6 ########"],
    ["020-#######", "06-########"],
  ),
  pl: locale(
    "łukasz zofia.nowak a%b",
    "pl",
    "PL##########################",
    ["+48 22 ### ## ##", "+48 5## ### ###"],
    ["22 ### ## ##", "5## ### ###"],
  ),
  pt: locale(
    "joão ines.silva rui99",
    "com.br",
    "PT#######################",
    ["+351 21 ### ####", "+55 (11) 9####-####"],
    ["21 ### ####", "(11) 9####-####"],
  ),
  sv: locale(
    "åsa erik.lund x.y.z",
    "se",
    "SE######################",
    ["+46 8 ### ## ##", "+46 70-### ## ##"],
    ["0459-### ##", "08-### ## ##"],
  ),
  us: locale(
    "liam emma.johnson d_brown",
    "com",
    "",
    ["+1 (555) 234-####", "212-555-####", "(415) 555-####", "1-617-555-####"],
    ["212 555 ####", "2125550###"],
  ),
} as const satisfies Record<string, Locale>;

export type Kind = Exclude<Detector, "phone"> | "phone, international" | "phone, national";

const CARDS = [
  "4###############",
  "51##############",
  "2223############",
  "37#############",
  "6011############",
  "353#############",
  "36############",
  "62##############",
] as const;
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Makes a value of each kind. Check digits are right; the rest is random. */
export const VALUES: Readonly<Record<Kind, (random: Random, locale: Locale) => string>> = {
  email: (random, { names, domain }) =>
    `${random.of(names)}${random.below(100)}@${random.of(["mail", "firma-x", "a.b"])}.${domain}`,
  ssn: (random) => {
    const area = random.of([1 + random.below(665), 667 + random.below(233)]);
    const separator = random.of(["-", "-", " "]);
    return [String(area).padStart(3, "0"), pad(1 + random.below(99), 2), pad(1 + random.below(9999), 4)].join(
      separator,
    );
  },
  iban: (random, { iban }) => {
    const body = random.digits(iban || LOCALES.de.iban);
    return random.of([(text: string) => text, (text: string) => text.replace(/.{4}(?=.)/g, "$& ")])(checked(body));
  },
  ipv4: (random) => [1 + random.below(223), random.below(256), random.below(256), random.below(256)].join("."),
  card: (random) => {
    const number = luhn(random.digits(random.of(CARDS)));
    return random.of([number, number.replace(/\d{4}(?=\d)/g, "$& "), number.replace(/\d{4}(?=\d)/g, "$&-")]);
  },
  awsKey: (random) =>
    random.of([
      `${random.of(["AKIA", "ASIA"])}${random.text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
      random.text(40, `${ALNUM}/+`),
    ]),
  "phone, international": (random, { international }) => random.digits(random.of(international)),
  "phone, national": (random, { national }) => random.digits(random.of(national)),
};

function pad(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

/** Sets the last digit so that the number passes the Luhn check. */
function luhn(number: string): string {
  const sum = Array.from(number.slice(0, -1))
    .reverse()
    .reduce((total, character, i) => {
      const digit = Number(character) * (i % 2 === 0 ? 2 : 1);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
  return `${number.slice(0, -1)}${(10 - (sum % 10)) % 10}`;
}

/** Sets the check digits of an IBAN. */
function checked(iban: string): string {
  const country = iban.slice(0, 2);
  const numbers = `${iban.slice(4)}${country}00`.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
  return `${country}${pad(98 - Number(BigInt(numbers) % 97n), 2)}${iban.slice(4)}`;
}
