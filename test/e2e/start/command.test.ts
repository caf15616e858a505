import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { DOOR_NAMES } from "../../../contract/wire/doors";
import { announcementFile, FRONT_DOOR_FOLDER } from "../../../client/frontDoorFile";
import { refusedStart, ROOT, RunningFrontDoor } from "../../support/local/frontDoor";

const run = promisify(execFile);

/** Processes whose command line holds the text. */
async function processesWith(part: string): Promise<string[]> {
  const { stdout } = await run("ps", ["-eo", "pid,ppid,args"]);
  return stdout.split("\n").filter((line) => line.includes(part));
}

describe("npm start", () => {
  it("names what is wrong with its own options", async () => {
    for (const [args, says] of [
      [["--stack", "nowhere"], /There is no stack "nowhere".*dev/],
      [["--stack", "../x"], /There is no stack/],
      [["--port", "many"], /--port is "many"/],
      [["--agent", "localhost:8080"], /--agent is "localhost:8080"\. Use an http URL/],
      [["--agent", "http://127.0.0.1:99999"], /--agent is "http:\/\/127\.0\.0\.1:99999"\. Use an http URL/],
      [["--agent", "http://a b"], /--agent is "http:\/\/a b"\. Use an http URL/],
      [["--what"], /Unknown option '--what'/],
    ] as const) {
      const { code, output } = await refusedStart(args);
      assert.equal(code, 1);
      assert.match(output, says);
    }
  });

  it("says so when a port is taken, and leaves nothing behind", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { code, output } = await refusedStart(["--port", String(port)]);
    taken.close();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken\\. Use --port`));
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    let frontDoor: RunningFrontDoor;
    it(`starts, to be ended by ${signal}`, async () => {
      frontDoor = await RunningFrontDoor.start();
    });

    if (signal === "SIGINT")
      it("prints curl lines that work when pasted", async function () {
        const hasCurl = await run("curl", ["--version"]).catch(() => undefined);
        if (!hasCurl) {
          console.log("      (skipped: there is no curl on this machine)");
          this.skip();
        }
        const lines = frontDoor.log.filter((line) => line.startsWith("curl "));
        assert.equal(lines.length, DOOR_NAMES.length);
        for (const line of lines) {
          const { stdout } = await run("sh", ["-c", line]);
          for (const n of [1, 2, 3, 4, 5]) assert.match(stdout, new RegExp(`\\b${n} `));
        }
      });

    it(`ends every process on ${signal}`, async () => {
      const open = await frontDoor.invoke("streamingUrl", { prompt: "count 1000 every 1000" });
      const pid = String(frontDoor.child.pid);
      const children = (await processesWith("")).filter((line) => line.trim().split(/\s+/)[1] === pid);
      assert.ok(children.length >= 4, "an agent and three sandboxes run");
      assert.equal(await frontDoor.stop(signal), 0);
      const left = (await processesWith("")).filter((line) => children.includes(line));
      assert.deepEqual(left, []);
      assert.equal(existsSync(join(ROOT, FRONT_DOOR_FOLDER, announcementFile(frontDoor.child.pid ?? 0))), false);
      await assert.rejects(open.text());
    });
  }
});
