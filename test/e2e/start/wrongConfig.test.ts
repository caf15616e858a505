import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { groupEnded, ROOT, spawnStart } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { copyOfProject } from "../../support/local/projectCopy";
import { assertCleanMessage, WRONG_CONFIGS } from "../../support/local/wrongConfigs";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end, and until nothing of it is left. */
async function ended(args: readonly string[], root = ROOT): Promise<Ended> {
  const { child } = spawnStart(args, root);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  await groupEnded(child);
  return { code, out, err };
}

/** Standard error without the lines of the sample agent, which starts meanwhile. */
const own = (err: string): string =>
  err
    .split("\n")
    .filter((line) => !line.startsWith("  [agent] "))
    .join("\n");

describe("npm start with a stack file that cannot be run", () => {
  let folder: string;
  let agent: OwnAgent;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "front-door-config-"));
    agent = await OwnAgent.start((_, response) => response.end());
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await agent.stop();
  });

  // One file for each place that can refuse it: the YAML, the declared types, the program's keys and its values.
  const titles = ["a tab", "a text for a switch", "a key that is no key", "another word for a kind"];
  for (const [index, title] of titles.entries()) {
    for (const withAgent of [false, true]) {
      const json = index % 2 === 0;
      // With --agent, one in a process; the others below.
      if (withAgent && title !== titles.at(-1)) continue;
      it(`ends with one message and exit code 1: ${title}, ${withAgent ? "--agent" : "the sample agent"}${json ? ", --json" : ""}`, async () => {
        const { content = "", says = [] } = WRONG_CONFIGS.find((each) => each.title === title) ?? {};
        const file = join(folder, "Pulumi.wrong.yaml");
        writeFileSync(file, content);
        const args = ["--config-file", file, ...(json ? ["--json"] : []), ...(withAgent ? ["--agent", agent.url] : [])];
        const { code, out, err } = await ended(args);
        assert.equal(code, 1);
        assertCleanMessage(own(err), file, says);
        assert.equal(json ? out : own(out).trim(), json ? "" : "Starting stack dev.");
      });
    }
  }

  for (const title of titles.slice(0, -1)) {
    it(`is refused with one message: ${title}, --agent`, async () => {
      const { content = "", says = [] } = WRONG_CONFIGS.find((each) => each.title === title) ?? {};
      const file = join(folder, "Pulumi.wrong.yaml");
      writeFileSync(file, content);
      assertCleanMessage(await LocalFrontDoor.refusal(["--config-file", file, "--agent", agent.url]), file, says);
    });
  }

  it("says once that the sample agent has failed", async () => {
    const copy = copyOfProject();
    try {
      writeFileSync(join(copy, "agents", "sample", "agent.ts"), "process.exit(7);\n");
      const { code, err } = await ended(["--json", "--stack", "streaming"], copy);
      assert.equal(code, 1);
      assert.equal(err.split("The sample agent ended at its start (exit code 7).").length, 2);
      assert.doesNotMatch(err, /^\s+at |Unhandled|node:/m);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

describe("npm start, interrupted before it is ready", () => {
  // After the program has run, while the policies are checked; and while the functions start.
  for (const step of [/^Stack streaming/, /^Policies: /]) {
    it(`leaves nothing behind after ${step.source}`, async () => {
      const { child } = spawnStart(["--stack", "streaming"]);
      const lines = createInterface({ input: child.stdout });
      const err = text(child.stderr);
      for await (const line of lines) if (step.test(line)) break;
      child.kill("SIGINT");
      const [code] = (await once(child, "exit")) as [number | null];
      assert.equal(code, 0);
      await groupEnded(child);
      assert.doesNotMatch(own(await err), /Error|^\s+at |Unhandled/m);
    });
  }
});
