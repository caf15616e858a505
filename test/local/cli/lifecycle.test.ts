import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../support/local/frontDoor";

const started: ChildProcess[] = [];

/** A process whose stop prints a line and then does what `stop` says. */
function processWith(stop: string) {
  const lifecycle = JSON.stringify(join(ROOT, "local", "cli", "lifecycle.ts"));
  const program = `
    const { Lifecycle } = require(${lifecycle});
    setInterval(() => {}, 60_000);
    Lifecycle.run(async (lifecycle) => {
      await lifecycle.onEnd(() => { console.error("stopping"); return ${stop}; });
      console.error("ready");
    });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--eval", program], { cwd: ROOT });
  started.push(child);
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const exited = once(child, "exit") as Promise<[number | null, string | null]>;
  return { child, exited, line: async () => (await lines.next()).value as string | undefined };
}

describe("the end of a process", () => {
  after(() => {
    for (const child of started) child.kill("SIGKILL");
  });

  it("comes at once with a second signal, if a stop hangs", async () => {
    const { child, exited, line } = processWith("new Promise(() => {})");
    assert.equal(await line(), "ready");
    child.kill("SIGINT");
    assert.equal(await line(), "stopping");
    // npm sends its child the same Ctrl-C once more: that one does not count.
    child.kill("SIGINT");
    assert.equal(await line(), "Still stopping. Press Ctrl-C again to end at once.");
    child.kill("SIGINT");
    assert.deepEqual(await exited, [1, null]);
  });

  it("has exit code 0 when all has stopped", async () => {
    const { child, exited, line } = processWith("Promise.resolve()");
    assert.equal(await line(), "ready");
    child.kill("SIGINT");
    assert.deepEqual([await line(), await line(), await exited], ["stopping", undefined, [0, null]]);
  });
});
