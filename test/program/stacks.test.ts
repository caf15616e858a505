import assert from "node:assert/strict";
import { join } from "node:path";
import type { Graph } from "../../local/program/graph";
import { stacksIn } from "../../local/program/project";
import { assertSound, counts, MODES } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";
import { runStack } from "../support/stacks";
import { STACKS } from "./stackExpectations";

describe("stacks/", () => {
  it("has an expectation for every stack, and a stack for every expectation", () => {
    assert.deepEqual(stacksIn(join(ROOT, "stacks")).sort(), Object.keys(STACKS).sort());
  });

  for (const [stack, expected] of Object.entries(STACKS)) {
    for (const { mode, preview } of MODES) {
      describe(`${stack}, ${mode}`, () => {
        let graph: Graph;
        before(async () => {
          graph = await runStack(stack, preview);
        });

        it("has exactly the resources that the config asks for", () => {
          assert.deepEqual(counts(graph), expected.counts);
          assertSound(graph);
        });

        if (expected.wiring) {
          it("is wired", () => {
            expected.wiring?.(graph);
          });
        }
      });
    }
  }
});
