import assert from "node:assert/strict";
import { MAX_BODY_BYTES } from "../../../../contract/aws/limits";
import { DETECTORS } from "../../../../contract/runtime/doorPolicy";
import { FINDERS } from "../../../../functions/request/redact/detectors.mjs";
import { filled, PROSE, slowUnits } from "./corpus/slowTexts";
import { countReads } from "./reads/reads";

/** How many times as many characters as on prose a detector may look at. `npm run bench:redaction` prints times. */
const MOST_RATIO = 5;
/** Length of the texts that find the worst ones, characters. */
const SHORT = 2_048;
const WORST = 3;

describe("what a detector looks at in hostile text, by characters", function () {
  this.timeout(600_000);

  for (const detector of DETECTORS) {
    const readsIn = (unit: string, length: number): number => {
      const text = filled(unit, length);
      const { result, reads } = countReads(() => FINDERS[detector](text));
      assert.deepEqual(result, FINDERS[detector](text), "the counting matcher finds something else than the engine");
      return reads / length;
    };

    it(`${detector}: at most ${MOST_RATIO} times as much as in prose, and the same for each character of the largest body`, () => {
      const prose = readsIn(PROSE, SHORT);
      const byReads = slowUnits()
        .map((unit) => ({ unit, reads: readsIn(unit, SHORT) }))
        .sort((a, b) => b.reads - a.reads);
      const [worst] = byReads;
      assert.ok(worst && byReads.length === 400);
      console.log(
        `      ${detector}: ${worst.reads.toFixed(1)} a character on ${JSON.stringify(worst.unit)} repeated, ${prose.toFixed(1)} on prose: ${(worst.reads / prose).toFixed(1)} times`,
      );
      for (const { unit, reads } of byReads.slice(0, WORST)) {
        assert.ok(reads <= MOST_RATIO * prose, JSON.stringify(unit));
        const inLargest = readsIn(unit, MAX_BODY_BYTES);
        assert.ok(
          inLargest <= 1.1 * reads,
          `${JSON.stringify(unit)}: ${inLargest} a character in the largest body, ${reads} in a short one`,
        );
      }
    });
  }
});
