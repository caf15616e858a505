import type { Random } from "./random";

const HEX = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = BASE64.replace("+/", "-_");

/** What stands around a value: labels with every separator, quotes, ends of lines, escapes, other scripts. `@` is the value's place. */
export const FRAMES = [
  "see \u0000 today",
  "value=\u0000",
  "value: \u0000\r\nnext",
  "LABEL-\u0000",
  "label_\u0000",
  '{"value":"\u0000"}',
  "'\u0000'",
  "[\u0000]",
  "(\u0000)",
  "<\u0000>",
  "\u0000",
  "\u0000.",
  "a=1&value=\u0000&b=2",
  "x%3D\u0000%26",
  "\\n\u0000\\n",
  "値は\u3000\u0000\u3000です",
] as const;

/** Texts that hold nothing to find, though much in them looks like it. */
export const HARMLESS: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) => random.digits("The report of 2025-1#-1# has ### pages, # tables and ##,### words."),
  (random) => `See section ${number(random)}.${number(random)}.${number(random)}.${number(random)} of the manual.`,
  (random) =>
    `Version ${number(random)}.${number(random)}.${number(random)}.${number(random)} is out; v1.${number(random)}.0.2 is not supported.`,
  (random) => random.digits("total 664 774 #### units, 3## 4## #### in stock"),
  (random) => `article ${ean(random.digits("400#########"))} or ${ean(random.digits("501#########"))}`,
  (random) => `commit ${random.text(40, HEX)} of ${random.text(64, HEX)}`,
  (random) => `id ${[8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join("-")}`,
  (random) => `blob ${random.text(64, BASE64)}==`,
  (random) => `data:image/png;base64,${random.text(40, BASE64)}`,
  (random) => `token eyJ${random.text(33, URL_SAFE)}.eyJ${random.text(70, URL_SAFE)}.${random.text(43, URL_SAFE)}`,
  (random) => random.digits("order 1#######, invoice 2025-######, at 1#:##:##, 1735689###### ms"),
  (random) => random.digits("call() of user@host at (##, ##) in build.#### costs ###.## EUR"),
];

function number(random: Random): number {
  return 1 + random.below(12);
}

/** Sets the last digit of an article number (weights 1 and 3). */
function ean(body: string): string {
  const sum = Array.from(body).reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
