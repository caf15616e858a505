import assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { runProgram } from "../../local/program/program";
import { readStack, stacksIn } from "../../local/program/project";
import { PLACE, withoutStackTraces } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";
import { runIndex } from "../support/stacks";

/** Callers that can hold all of a door, by stack. Each stack shows one subject, and reserves no concurrency unless it says so. */
const ACCEPTED: Readonly<Record<string, { readonly callers: readonly string[]; readonly because: string }>> = {
  all: {
    callers: ["bufferedApi: one API key `default`", "streamingApi: one API key `default`"],
    because: "its key has the stage's limits",
  },
  "api-key": { callers: ["streamingApi: one API key `website`"], because: "its key has a rate for a busy page" },
  ...Object.fromEntries(
    ["public-edge", "public-edge-signer", "public-edge-users"].map((stack) => [
      stack,
      { callers: ["streamingUrl: one address"], because: "an address may be an office with many users" },
    ]),
  ),
};

/** What the program says in a preview about what callers can hold. */
async function warnings(stack: string, level: "warn" | "info" = "warn"): Promise<string[]> {
  const log = pulumi.log as { warn: typeof pulumi.log.warn; info: typeof pulumi.log.info };
  const { warn, info } = log;
  const said: string[] = [];
  log[level] = (message) => {
    said.push(message);
    return Promise.resolve();
  };
  try {
    await withoutStackTraces(() => runProgram(readStack(stack), { preview: true, place: PLACE }, () => runIndex()));
  } finally {
    Object.assign(log, { warn, info });
  }
  return said.filter((message) => message.startsWith("One caller can hold all of "));
}

describe("the warning about callers that can hold all of a door", () => {
  for (const stack of stacksIn(join(ROOT, "stacks"))) {
    const accepted = ACCEPTED[stack];
    it(`${stack}: ${accepted ? `once, ${accepted.because}` : "is not printed"}`, async () => {
      const said = await warnings(stack);
      assert.equal(said.length, accepted ? 1 : 0, said.join("\n"));
      const callers = said.flatMap((message) =>
        [...message.matchAll(/^- (\w+: one [^,]+), /gm)].map(([, caller]) => caller),
      );
      assert.deepEqual(callers, accepted?.callers ?? []);
    });
  }

  it("is a note for callers who sign in, whom AWS does not limit each", async () => {
    assert.match(
      (await warnings("url", "info")).join(),
      /\n- streamingUrl: one IAM principal, at once\. AWS has no limit/,
    );
    assert.match(
      (await warnings("jwt", "info")).join(),
      /\n- \w+: one token's subject, in \d+ s\. Lower `throttleRateLimit`/,
    );
  });

  it("is accepted for stacks that exist", () => {
    assert.deepEqual(
      Object.keys(ACCEPTED).filter((stack) => !stacksIn(join(ROOT, "stacks")).includes(stack)),
      [],
    );
  });
});
