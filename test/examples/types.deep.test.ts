import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/local/frontDoor";
import { typeErrors } from "./typeErrors";

const examples = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".ts"));
const read = (example: string): string => readFileSync(join(ROOT, "examples", example), "utf8");

// `npm run types` checks the examples also.
describe("examples/, type-checked", () => {
  it("shows programs that the compiler takes, which would see one that it does not take", function () {
    // It reads the types of every AWS service.
    this.timeout(240_000);
    const wrong = join("examples", "wrong.ts");
    const text = read("streamingUrl.ts").replace("agentRuntimeArn:", "agentRuntime:");
    const [first = "", ...others] = typeErrors(
      examples.map((example) => `examples/${example}`),
      { [wrong]: text },
    );
    assert.match(first, /^examples\/wrong\.ts: .*agentRuntime/);
    assert.deepEqual(others, []);
  });
});
