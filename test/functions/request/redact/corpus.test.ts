import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DETECTORS, type Detector } from "../../../../contract/runtime/doorPolicy";
import { FINDERS } from "../../../../functions/request/redact/detectors.mjs";
import { ROOT } from "../../../support/local/frontDoor";
import { Random } from "./corpus/random";
import { FRAMES, HARMLESS } from "./corpus/texts";
import { LOCALES, VALUES, type Kind } from "./corpus/values";

/** Values of each kind, by turns from each locale; and texts without any. */
const VALUES_PER_KIND = 300;
const HARMLESS_TEXTS = 2_000;

/** The least recall of each kind, in percent. National telephone numbers are not looked for. */
const LEAST: Readonly<Record<Kind, number>> = {
  awsKey: 98,
  iban: 100,
  card: 100,
  ssn: 100,
  email: 100,
  ipv4: 100,
  "phone, international": 100,
  "phone, national": 0,
};
const MOST_FALSE_ALARMS = 5;

const detectorOf = (kind: Kind): Detector => (kind.startsWith("phone") ? "phone" : (kind as Detector));

/** Whether the findings cover every character of the value. */
function finds(kind: Kind, value: string, frame: string): boolean {
  const text = frame.replace("\u0000", () => value);
  const start = frame.indexOf("\u0000");
  return FINDERS[detectorOf(kind)](text).some(([from, to]) => from <= start && to >= start + value.length);
}

const kinds = Object.keys(VALUES) as Kind[];
const recall = (kind: Kind): { found: number; missed: string[] } => {
  const random = new Random(1);
  const locales = Object.values(LOCALES);
  const missed: string[] = [];
  for (let i = 0; i < VALUES_PER_KIND; i++) {
    const value = VALUES[kind](random, locales[i % locales.length] ?? LOCALES.us);
    const frame = random.of(FRAMES);
    if (!finds(kind, value, frame)) missed.push(frame.replace("\u0000", () => value));
  }
  return { found: VALUES_PER_KIND - missed.length, missed };
};

const falseAlarms = (detector: Detector): string[] => {
  const random = new Random(2);
  return Array.from({ length: HARMLESS_TEXTS }, () => random.of(HARMLESS)(random)).filter(
    (text) => FINDERS[detector](text).length > 0,
  );
};

describe("the detectors on a synthetic corpus", () => {
  const rows: string[] = [];

  for (const kind of kinds) {
    it(`${kind}: recall and false alarms`, () => {
      const { found, missed } = recall(kind);
      const percent = Math.floor((100 * found) / VALUES_PER_KIND);
      const alarms = falseAlarms(detectorOf(kind));
      rows.push(`${kind}: ${percent} %, ${alarms.length}`);
      console.log(`      ${rows.at(-1) ?? ""}`);
      assert.ok(percent >= LEAST[kind], missed.slice(0, 10).join("\n"));
      assert.ok(alarms.length <= MOST_FALSE_ALARMS, alarms.slice(0, 10).join("\n"));
    });
  }

  it("are as good as docs/requests.md says", () => {
    const page = readFileSync(join(ROOT, "docs", "requests.md"), "utf8");
    const table = [...page.matchAll(/^\| `(\w+)`(, \w+)? +\| +(\d+) % +\| +(\d+) +\|$/gm)].map(
      ([, name, more, percent, alarms]) => `${name ?? ""}${more ?? ""}: ${percent ?? ""} %, ${alarms ?? ""}`,
    );
    assert.deepEqual(table.sort(), [...rows].sort());
    assert.deepEqual(new Set(kinds.map(detectorOf)), new Set(DETECTORS));
  });
});
