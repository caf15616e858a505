import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { DOOR_NAMES } from "../../../contract/wire/doors";
import { announcementFile, FRONT_DOOR_FOLDER } from "../../../local/ask/frontDoorFile";
import { refusedStart, ROOT, RunningFrontDoor } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";

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
    ] as const)
      assert.match(await LocalFrontDoor.refusal(args), says);
  });

  it("ends with exit code 1 and its usage if an option is wrong, without usage if the stack is", async () => {
    for (const [args, says] of [
      [["--what"], /^Usage: npm start[^]*Unknown option '--what'/m],
      [["--stack", "nowhere"], /^There is no stack "nowhere"/m],
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
    const { code, output } = await refusedStart(["--stack", "streaming", "--port", String(port)]);
    taken.close();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken\\. Use --port`));
  });

  // The number of functions, each with a sandbox. A start of the smallest stack needs a second less.
  for (const [signal, args, functions] of [
    ["SIGINT", [], 3],
    ["SIGTERM", ["--stack", "streaming"], 1],
  ] as const) {
    let frontDoor: RunningFrontDoor;
    it(`starts, to be ended by ${signal}`, async () => {
      frontDoor = await RunningFrontDoor.start(args);
    });

    if (signal === "SIGINT") {
      it("announces its doors in one line, in the documented shape", () => {
        const { stack, region, doors, credentials } = frontDoor.announced;
        assert.deepEqual([stack, region, frontDoor.out.length], ["dev", "us-east-1", 1]);
        assert.deepEqual(
          doors.map(({ name }) => name),
          DOOR_NAMES,
        );
        assert.deepEqual(Object.keys(credentials).sort(), ["accessKeyId", "secretAccessKey"]);
        for (const { url } of doors) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+(\/\w+)?$/);
        const auth = { type: "AWS_IAM", service: "lambda", region: "us-east-1" };
        assert.deepEqual(frontDoor.door("streamingUrl").auth, auth);
      });

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
    }

    it(`ends every process on ${signal}`, async () => {
      const open = await frontDoor.invoke("streamingApi", { prompt: "count 1000 every 1000" });
      const pid = String(frontDoor.child.pid);
      const children = (await processesWith("")).filter((line) => line.trim().split(/\s+/)[1] === pid);
      assert.ok(children.length > functions, "an agent and a sandbox for each function run");
      assert.equal(await frontDoor.stop(signal), 0);
      const left = (await processesWith("")).filter((line) => children.includes(line));
      assert.deepEqual(left, []);
      assert.equal(existsSync(join(ROOT, FRONT_DOOR_FOLDER, announcementFile(frontDoor.child.pid ?? 0))), false);
      await assert.rejects(open.text());
    });
  }
});
