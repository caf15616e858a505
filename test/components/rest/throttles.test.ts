import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import { assertSound, MODES, record } from "../../support/program/components";
import { restApi } from "../../support/program/restApi";

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
    describe("RestApi with throttles of its routes", () => {
      it("repeats for each what keeps prompts out of the log", async () => {
        const graph = await record(
          preview,
          () =>
            void restApi({
              methodThrottles: {
                "POST /invoke": { rateLimit: 5, burstLimit: 10 },
                "ANY /{proxy+}": { rateLimit: 1, burstLimit: 2 },
              },
            }),
        );
        assertSound(graph);
        const settings = graph.all(TYPES.methodSettings).map(({ inputs }) => inputs);
        assert.deepEqual(settings.map(({ methodPath }) => methodPath).sort(), [
          "*/*",
          "~1invoke/POST",
          "~1{proxy+}/ANY",
        ]);
        for (const { settings: each } of settings) {
          const { loggingLevel, dataTraceEnabled, metricsEnabled } = each as Record<string, unknown>;
          assert.deepEqual([loggingLevel, dataTraceEnabled, metricsEnabled], ["OFF", false, true]);
        }
      });
    });
  });
}
