import assert from "node:assert/strict";
import { DETECTORS } from "../../../../contract/runtime/doorPolicy";
import { doorPolicy } from "../../../../contract/config/keys/policy";
import { redactor } from "../../../../functions/request/redact/redact";
import { HOSTILE_TEXTS } from "./corpus/hostileTexts";

describe("redaction of values in hostile surroundings", () => {
  for (const detector of DETECTORS) {
    for (const text of HOSTILE_TEXTS[detector]) {
      it(`${detector}: ${text}`, async () => {
        const redact = await redactor(doorPolicy({ redaction: { detectors: { [detector]: "mask" } } }).redaction);
        const { result } = redact({ prompt: text.replace(/[«»]/g, "") });
        assert.deepEqual(result, { payload: { prompt: text.replace(/«[^»]*»/g, `[${detector}]`) } });
      });
    }
  }
});
