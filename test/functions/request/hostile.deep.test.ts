import assert from "node:assert/strict";
import { DETECTORS, type Detector } from "../../../contract/runtime/doorPolicy";
import { MAX_BODY_BYTES } from "../../../contract/aws/limits";
import { FINDERS } from "../../../functions/request/detectors.mjs";
import { Random } from "./corpus/random";
import { HARMLESS } from "./corpus/texts";
import { LOCALES, VALUES, type Kind } from "./corpus/values";

const INPUTS = 400;
/** How many times as long as all detectors on prose of the same size: that is what a request costs. */
const MOST_RATIO = 5;

const FRAGMENTS = [
  "1.1.1.",
  "1",
  "1 ",
  "3 ",
  "4.",
  "4111 ",
  "6011-",
  "3000 ",
  "a",
  "a@",
  "a@a.",
  "@a-",
  "%40a.",
  "+1",
  "001 ",
  "(212) ",
  "212-555-",
  "123-45-",
  "DE12 ",
  "DE89 3704 ",
  "A",
  "Aa1/",
  "key/",
  "secret/",
  "%2F",
  "%3D",
  "\\n",
  "\\u0022",
  "\\u002f",
  "0x",
  "eyJ",
  "4111111111111111 ",
  "41111111-1111-1111-4111-111111111111 ",
  ".wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "\\/",
  "%20",
  "1.2.3.4 ",
  "1.2.3.4, ",
  "v1.2.3.4 ",
  "section ",
  "AKIA",
  "-",
  "_",
  "=",
  "😀",
  "ä",
  "é@é.é",
  "x@y.zz ",
  "phone ",
  "\r\n",
  "\u00a0",
  "‑",
] as const satisfies readonly [string, ...string[]];
const PROSE =
  "The quarterly report, which we sent on Monday, says that revenue grew by 12 % in 2025; see page 7 for more. ";

const full = (unit: string): string => unit.repeat(Math.ceil(MAX_BODY_BYTES / unit.length)).slice(0, MAX_BODY_BYTES);

/** Repeated fragments, near misses of values (cut, changed, moved by a character), and mixtures. */
function hostile(random: Random): string {
  const kind = random.of(Object.keys(VALUES) as [Kind, ...Kind[]]);
  const value = VALUES[kind](random, random.of(Object.values(LOCALES) as [typeof LOCALES.us, typeof LOCALES.us]));
  const cut = value.slice(0, -1 - random.below(3));
  const moved = value.slice(1 + random.below(3));
  const piece = () => random.of([random.of(FRAGMENTS), random.of(FRAGMENTS), cut, moved, value]);
  return random.of([
    () => random.of(FRAGMENTS),
    () => piece() + piece(),
    () => Array.from({ length: 1 + random.below(6) }, piece).join(""),
    () => cut + random.of(["", " ", "-", ".", "x"]),
    () => random.of(HARMLESS)(random),
  ])();
}

/** The shortest of several times, milliseconds: what else the machine does only adds. */
function time(work: () => unknown, times: number): number {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

describe("detectors on hostile text", function () {
  this.timeout(600_000);
  const prose = full(PROSE);
  const all = (text: string) => DETECTORS.map((detector) => FINDERS[detector](text));

  for (const detector of [...DETECTORS, "all"] as readonly (Detector | "all")[]) {
    it(`${detector}: at most ${MOST_RATIO} times as long as all detectors on prose`, () => {
      const find = detector === "all" ? all : FINDERS[detector];
      const random = new Random(3);
      const units = Array.from({ length: INPUTS }, (_, i) => FRAGMENTS[i] ?? hostile(random));
      for (let i = 0; i < 10; i++) all(prose);
      let worst = { ms: 0, unit: "" };
      for (const unit of units) {
        const text = full(unit);
        let ms = time(() => find(text), 2);
        if (ms > worst.ms) ms = time(() => find(text), 8);
        if (ms > worst.ms) worst = { ms, unit };
      }
      const base = time(() => all(prose), 20);
      const ratio = worst.ms / base;
      const own = time(() => find(prose), 20);
      console.log(
        `      ${detector}: ${worst.ms.toFixed(2)} ms on ${JSON.stringify(worst.unit)} repeated; ${ratio.toFixed(1)} times all detectors on prose (${base.toFixed(2)} ms), ` +
          `${(worst.ms / own).toFixed(1)} times itself on prose (${own.toFixed(2)} ms)`,
      );
      assert.ok(ratio <= MOST_RATIO, JSON.stringify(worst.unit));
    });
  }
});
