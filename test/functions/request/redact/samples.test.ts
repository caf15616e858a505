import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DETECTORS, type Detector } from "../../../../contract/runtime/doorPolicy";
import { FINDERS } from "../../../../functions/request/redact/detectors.mjs";
import { ROOT } from "../../../support/local/frontDoor";
import { cards } from "./samples/cards";
import { EMAILS } from "./samples/emails";
import { HARMLESS, madeHarmless } from "./samples/harmless";
import { ibans } from "./samples/ibans";
import { awsKeySamples, OTHER_KEYS } from "./samples/keys";
import { INTERNATIONAL, NATIONAL, NORTH_AMERICAN } from "./samples/phones";
import { seeded } from "./samples/random";
import { inContexts, type Sample } from "./samples/sample";

/** Texts of each kind. They were written without knowledge of how the detectors search. */
const TEXTS = 240;
const MADE_HARMLESS = 1_800;

const random = seeded(11);
const others = Object.values(OTHER_KEYS);
const KINDS: Readonly<Record<string, readonly [Detector | "all", readonly Sample[]]>> = {
  "`email`": ["email", inContexts(EMAILS, TEXTS)],
  "`phone`, with a country": ["phone", inContexts(INTERNATIONAL, TEXTS)],
  "`phone`, North America": ["phone", inContexts(NORTH_AMERICAN, TEXTS)],
  "`phone`, national": ["phone", inContexts(NATIONAL, TEXTS)],
  "`card`": ["card", inContexts(cards(random, TEXTS), TEXTS)],
  "`iban`": ["iban", inContexts(ibans(random, TEXTS), TEXTS)],
  "`awsKey`": ["awsKey", awsKeySamples(random, TEXTS)],
  "keys of other services, tokens, private keys": [
    "all",
    inContexts(
      Array.from({ length: TEXTS }, (_, at) => others[at % others.length]?.(random) ?? ""),
      TEXTS,
    ),
  ],
};

const found = (detector: Detector | "all", { text, values }: Sample): boolean =>
  values.every(([start, end]) =>
    (detector === "all" ? DETECTORS : [detector]).some((name) =>
      FINDERS[name](text).some(([from, to]) => from === start && to === end),
    ),
  );

describe("the detectors on realistic texts of another author", () => {
  it("find exactly the values that docs/requests.md says", () => {
    const page = readFileSync(join(ROOT, "docs", "requests.md"), "utf8");
    const rows = Object.entries(KINDS).map(([kind, [detector, samples]]) => {
      assert.ok(samples.length >= TEXTS);
      const missed = samples.filter((sample) => !found(detector, sample));
      const percent = Math.floor(100 * (1 - missed.length / samples.length));
      console.log(
        `      ${kind}: ${percent} % of ${samples.length} texts, ${missed
          .slice(0, 2)
          .map(({ text }) => JSON.stringify(text.slice(0, 60)))
          .join(", ")}`,
      );
      const row = new RegExp(`^\\| ${kind} +\\| (\\d+) % +\\|$`, "m").exec(page);
      return [kind, percent, Number(row?.[1])] as const;
    });
    for (const [kind, percent, onPage] of rows) assert.equal(onPage, percent, kind);
  });

  it("take nothing else in these texts for a value of their kind", () => {
    const extra = Object.values(KINDS).flatMap(([detector, samples]) =>
      samples.flatMap(({ text, values }) =>
        detector === "all"
          ? []
          : FINDERS[detector](text)
              .filter(([from, to]) => !values.some(([start, end]) => from < end && to > start))
              .map(([from, to]) => `${detector}: ${text.slice(from, to)}`),
      ),
    );
    assert.deepEqual(extra, []);
  });

  it("find nothing in harmless texts but the number that docs/requests.md names", () => {
    const texts = [...HARMLESS, ...madeHarmless(seeded(5), MADE_HARMLESS)];
    assert.ok(HARMLESS.length >= 150 && new Set(texts).size > 1_900);
    const alarms = texts.flatMap((text) =>
      DETECTORS.flatMap((name) => FINDERS[name](text).map(([from, to]) => `${name}: ${text.slice(from, to)}`)),
    );
    console.log(`      ${alarms.length} in ${texts.length} harmless texts: ${alarms.join(", ")}`);
    assert.deepEqual(alarms, ["ipv4: 2.5.29.17"]);
  });
});
