import type { Random } from "./random";

/** Prefix and number of digits of cards as issued. */
const SCHEMES: readonly (readonly [prefix: string, digits: number])[] = [
  ["4", 16], // Visa
  ["4", 19], // Visa
  ["4539", 16], // Visa
  ["4000", 16], // Visa
  ["51", 16], // Mastercard
  ["55", 16], // Mastercard
  ["2221", 16], // Mastercard
  ["2720", 16], // Mastercard
  ["34", 15], // American Express
  ["37", 15], // American Express
  ["6011", 16], // Discover
  ["65", 16], // Discover
  ["644", 16], // Discover
  ["36", 14], // Diners Club
  ["300", 14], // Diners Club
  ["38", 14], // Diners Club
  ["3528", 16], // JCB
  ["3589", 16], // JCB
  ["62", 16], // UnionPay
  ["62", 19], // UnionPay
  ["81", 16], // UnionPay
  ["5018", 16], // Maestro
  ["6304", 16], // Maestro
  ["6759", 16], // Maestro
  ["2200", 16], // Mir
  ["508", 16], // RuPay
  ["82", 16], // RuPay
  ["6362", 16], // Elo
  ["9792", 16], // Troy
];

/** The number with its Luhn check digit. */
const numberOf = (random: Random, prefix: string, length: number): string => {
  const body = prefix + random.digits(length - 1 - prefix.length);
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return body + String((10 - (sum % 10)) % 10);
};

const grouped = (card: string, separator: string): string =>
  (card.match(card.length < 16 ? /^.{4}|.{1,6}/g : /.{1,4}/g) ?? []).join(separator);

/** `count` cards of every scheme in turn, as people write them: in one piece and in groups. */
export const cards = (random: Random, count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const [prefix, length] = SCHEMES[at % SCHEMES.length] ?? ["4", 16];
    const card = numberOf(random, prefix, length);
    const separator = ["", " ", "-", " ", "\u00a0", "."][Math.floor(at / SCHEMES.length) % 6] ?? "";
    return separator === "" ? card : grouped(card, separator);
  });
