import type { Random } from "./random";

/** The account part of each country's numbers: n digits, a letters, c either. From SWIFT's registry, written down by hand. */
const COUNTRIES: Record<string, string> = {
  AL: "8n16c",
  AD: "8n12c",
  AT: "16n",
  AZ: "4a20c",
  BH: "4a14c",
  BY: "4c4n16c",
  BE: "12n",
  BA: "16n",
  BR: "23n1a1c",
  BG: "4a6n8c",
  CR: "18n",
  HR: "17n",
  CY: "8n16c",
  CZ: "20n",
  DK: "14n",
  DO: "4c20n",
  EG: "25n",
  SV: "4a20n",
  EE: "16n",
  FO: "14n",
  FI: "14n",
  FR: "10n11c2n",
  GE: "2a16n",
  DE: "18n",
  GI: "4a15c",
  GR: "7n16c",
  GL: "14n",
  GT: "24c",
  HU: "24n",
  IS: "22n",
  IQ: "4a15n",
  IE: "4a14n",
  IL: "19n",
  IT: "1a10n12c",
  JO: "4a4n18c",
  KZ: "3n13c",
  XK: "16n",
  KW: "4a22c",
  LV: "4a13c",
  LB: "4n20c",
  LI: "5n12c",
  LT: "16n",
  LU: "3n13c",
  MT: "4a5n18c",
  MR: "23n",
  MU: "4a19n3a",
  MD: "20c",
  MC: "10n11c2n",
  ME: "18n",
  NL: "4a10n",
  MK: "3n10c2n",
  NO: "11n",
  PK: "4a16c",
  PS: "4a21c",
  PL: "24n",
  PT: "21n",
  QA: "4a21c",
  RO: "4a16c",
  LC: "4a24c",
  SM: "1a10n12c",
  ST: "21n",
  SA: "2n18c",
  RS: "18n",
  SC: "4a20n3a",
  SK: "20n",
  SI: "15n",
  ES: "20n",
  SE: "20n",
  CH: "5n12c",
  TL: "19n",
  TN: "20n",
  TR: "6n16c",
  UA: "6n19c",
  AE: "19n",
  GB: "4a14n",
  VA: "18n",
  VG: "4a16n",
  SD: "14n",
  LY: "21n",
  BI: "23n",
  SO: "19n",
  NI: "4a20n",
  MN: "16n",
  FK: "2a12n",
  DJ: "23n",
  OM: "3n16c",
  YE: "4a4n18c",
  HN: "4a20n",
  RU: "14n15c",
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SIGNS = { n: "0123456789", a: LETTERS, c: `0123456789${LETTERS}` };

const account = (random: Random, structure: string): string =>
  [...structure.matchAll(/(\d+)([nac])/g)]
    .map(([, count, sign]) => random.of(SIGNS[sign as keyof typeof SIGNS], Number(count)))
    .join("");

const checked = (country: string, part: string): string => {
  const digits = Array.from(`${part}${country}00`)
    .map((sign) => String(parseInt(sign, 36)))
    .join("");
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, "0")}${part}`;
};

/** `count` numbers of every country in turn: in one piece, in groups of four, with hyphens, in small letters. */
export const ibans = (random: Random, count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const countries = Object.entries(COUNTRIES);
    const [country, structure] = countries[at % countries.length] ?? ["DE", "18n"];
    const iban = checked(country, account(random, structure));
    const separator = ["", " ", " ", "-", "small", "\u00a0"][Math.floor(at / 15) % 6] ?? "";
    return separator === "small" ? iban.toLowerCase() : (iban.match(/.{1,4}/g) ?? []).join(separator);
  });
