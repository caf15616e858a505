import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LAMBDA_PAYLOAD_BYTES, LAMBDA_TIMEOUT_SECONDS, RAISED_INTEGRATION_SECONDS } from "../../contract/aws/limits";
import { MAX_BUFFERED_SECONDS, timeouts } from "../../contract/aws/timeouts";
import { DEFAULTS } from "../../contract/config/defaults";
import { ROOT } from "../support/local/frontDoor";
import { runStack } from "../support/stacks";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const page = read("docs/choosing.md");

/** The cells of a row of the table of features, in the order of the doors. */
function row(feature: string): string[] {
  const line = page.split("\n").find((each) => each.startsWith(`| ${feature}`));
  assert.ok(line, feature);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

/** The smallest stack of each column. */
const STACKS = ["buffered", "url", "public-edge", "streaming"];

describe("docs/choosing.md", () => {
  it("counts the resources of each door", async () => {
    const counts = [];
    for (const stack of STACKS) {
      const { resources } = await runStack(stack, false);
      counts.push(String(resources.filter(({ type }) => type.startsWith("aws:")).length));
    }
    assert.deepEqual(row("resources"), counts);
  });

  it("has the limits that the program has", () => {
    const [buffered, ...streaming] = row("longest answer");
    assert.equal(buffered, `${String(MAX_BUFFERED_SECONDS)} s (${String(RAISED_INTEGRATION_SECONDS)} s by quota)`);
    assert.deepEqual(streaming, Array(3).fill(`${String(LAMBDA_TIMEOUT_SECONDS)} s`));
    assert.equal(row("largest answer")[0], `${String(LAMBDA_PAYLOAD_BYTES / 1024 ** 2)} MB`);
  });

  it("has the prices of docs/costs.md", () => {
    const costs = read("docs/costs.md");
    const prices = row("a million requests").flatMap((cell) => cell.match(/\$\d+\.\d\d/) ?? []);
    assert.equal(prices.length, STACKS.length);
    for (const price of prices) assert.ok(costs.includes(price), price);
  });

  it("names the default door", () => {
    assert.deepEqual(DEFAULTS.doors, ["streamingApi"]);
    assert.ok(page.includes("**The default is `streamingApi`**"));
  });
});

describe("the pages of the doors", () => {
  it("say when the door itself ends an answer", () => {
    const { lambdaSeconds, marginMs } = timeouts("buffered", MAX_BUFFERED_SECONDS);
    const text = read("docs/doors/buffered.md");
    assert.ok(text.includes(`\`AGENT_TIMEOUT\` after ${String(lambdaSeconds - marginMs / 1000)} s`));
    for (const door of ["streaming-api", "streaming-url"]) {
      const limit = `\`maxDurationSeconds\`, ${String(DEFAULTS.maxDurationSeconds)} s; at most ${String(LAMBDA_TIMEOUT_SECONDS)} s`;
      assert.ok(read(`docs/doors/${door}.md`).includes(limit), door);
    }
  });
});
