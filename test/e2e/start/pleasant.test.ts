import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { groupEnded, refusedStart, ROOT, RunningFrontDoor, spawnStart } from "../../support/local/frontDoor";
import { copyOfProject } from "../../support/local/projectCopy";

const run = promisify(execFile);

/** Waits until the log has a line, from `from` on. */
async function said(frontDoor: RunningFrontDoor, text: RegExp, from = 0): Promise<string> {
  for (;;) {
    const line = frontDoor.log.slice(from).find((each) => text.test(each));
    if (line !== undefined) return line;
    await frontDoor.nextLine();
  }
}

async function answer(frontDoor: RunningFrontDoor, prompt: string): Promise<string> {
  return await (await frontDoor.invoke("streamingUrl", { prompt })).text();
}

describe("npm start", () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it("prints its first line before it loads the loader of TypeScript", async () => {
    const { child } = spawnStart(["--stack", "nowhere"]);
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    assert.equal(line, "Starting stack nowhere.");
    child.kill("SIGKILL");
    const source = readFileSync(join(ROOT, "local", "cli", "main.mjs"), "utf8");
    assert.ok(source.indexOf(".write(") < source.indexOf("import("), "it writes before it imports");
    assert.doesNotMatch(source, /^import /m);
    assert.match(readFileSync(join(ROOT, "package.json"), "utf8"), /"start": "exec node local\/cli\/main\.mjs"/);
  });

  it("finds a taken port before it runs the program", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    for (const [args, says] of [
      [["--port", String(port)], /Use --port with another one/],
      [["--port", String(port - 1)], /Use --port with another one/],
      [["--playground-port", String(port)], /Use --playground-port with another one/],
    ] as const) {
      const { code, output } = await refusedStart(args);
      assert.equal(code, 1);
      assert.match(output, new RegExp(`Port ${port} is taken\\.`));
      assert.match(output, says);
      assert.doesNotMatch(output, /resources|Policies|warning/);
    }
    taken.close();
  });

  it("refuses a folder without a program for --program", async () => {
    const folder = mkdtempSync(join(tmpdir(), "front-door-program-"));
    folders.push(folder);
    const start = async (): Promise<string> => (await refusedStart(["--program", folder])).output;
    assert.match(await start(), /There is no Pulumi\.yaml in ".*"\. Use --program with the folder of a Pulumi program/);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: mine\nruntime: python\n");
    assert.match(await start(), /`runtime` is "python"\. Use a program for nodejs/);
  });

  describe("with a program of one's own", () => {
    let program: string;
    let frontDoor: RunningFrontDoor;
    const write = (maxDurationSeconds: number): void => {
      writeFileSync(
        join(program, "index.ts"),
        `import * as pulumi from "@pulumi/pulumi";
import { FrontDoor } from "agentcore-front-door";

const door = new FrontDoor("chat", {
  agentRuntimeArn: new pulumi.Config().require("runtime"),
  doors: ["streamingUrl"],
  callers: ["arn:aws:iam::123456789012:role/agent-client"],
  maxDurationSeconds: ${String(maxDurationSeconds)},
});
export const url: pulumi.Output<string> | undefined = door.streamingUrl;
`,
      );
    };
    before(async () => {
      program = mkdtempSync(join(tmpdir(), "front-door-program-"));
      folders.push(program);
      writeFileSync(join(program, "Pulumi.yaml"), "name: mine\nruntime: nodejs\n");
      writeFileSync(
        join(program, "Pulumi.dev.yaml"),
        "config:\n  aws:region: us-east-1\n  mine:runtime: arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5\n",
      );
      write(60);
      frontDoor = await RunningFrontDoor.start(["--program", program]);
    });
    after(async () => {
      await frontDoor.stop();
    });

    it("runs it", async () => {
      assert.deepEqual(
        frontDoor.announced.doors.map(({ name }) => name),
        ["streamingUrl"],
      );
      assert.match(await answer(frontDoor, "hello"), /hello/);
    });

    it("deploys it again when it is saved, from the same address, and keeps it when it is broken", async () => {
      let from = frontDoor.log.length;
      write(5);
      await said(frontDoor, /The stack is deployed again\. The doors keep their addresses/, from);
      assert.match(await answer(frontDoor, "once more"), /once more/);
      from = frontDoor.log.length;
      writeFileSync(join(program, "index.ts"), 'throw new Error("not today");\n');
      await said(frontDoor, /not today/, from);
      await said(frontDoor, /What ran before runs on/, from);
      assert.match(await answer(frontDoor, "still here"), /still here/);
      from = frontDoor.log.length;
      write(10);
      await said(frontDoor, /The stack is deployed again/, from);
    });

    it("answers to no other host name than this machine's", async () => {
      const { port } = new URL(frontDoor.door("streamingUrl").url);
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request({ host: "127.0.0.1", port, path: "/health", headers: { host: `evil.example:${port}` } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      assert.equal(status, 421);
    });

    it("starts the sample agent again when it has died", async () => {
      const from = frontDoor.log.length;
      const { stdout } = await run("ps", ["-o", "pid=,args=", "--ppid", String(frontDoor.child.pid)]);
      const agent = stdout.split("\n").find((line) => line.includes("sample-agent-"));
      process.kill(Number(agent?.trim().split(" ")[0]), "SIGKILL");
      await said(frontDoor, /The sample agent has ended \(SIGKILL\)\. It starts again/, from);
      await said(frontDoor, /The sample agent is ready again/, from);
      assert.match(await answer(frontDoor, "again"), /again/);
    });
  });

  describe("in a copy of the project", () => {
    let copy: string;
    let temporary: string;
    let frontDoor: RunningFrontDoor;
    before(async () => {
      copy = copyOfProject();
      temporary = join(copy, "temporary");
      mkdirSync(temporary);
      frontDoor = await RunningFrontDoor.start(["--stack", "url"], copy, { TMPDIR: temporary });
    });
    after(async () => {
      await frontDoor.stop();
      rmSync(copy, { recursive: true, force: true });
    });

    it("serves the new code of a function when it is saved; a broken one is named, and the former one stays", async () => {
      const file = join(copy, "functions", "handler", "log.ts");
      const text = readFileSync(file, "utf8");
      let from = frontDoor.log.length;
      writeFileSync(file, text.replace('message: "request"', 'message: "request", reloaded: "yes"'));
      await said(frontDoor, /New code in .*Answers in progress end with the former code/, from);
      await answer(frontDoor, "hello");
      await said(frontDoor, /"reloaded":"yes"/, from);
      from = frontDoor.log.length;
      writeFileSync(file, `${text}\nconst = 1;\n`);
      await said(frontDoor, /log\.ts:\d+:\d+: ERROR: Expected identifier/, from);
      await said(frontDoor, /What ran before runs on/, from);
      assert.match(await answer(frontDoor, "still here"), /still here/);
    });

    it("leaves no process and no temporary folder when it is killed", async () => {
      const folders = () => readdirSync(temporary).filter((name) => name.startsWith("front-door-"));
      assert.equal(folders().length, 1);
      const exited = once(frontDoor.child, "exit");
      frontDoor.child.kill("SIGKILL");
      await exited;
      await groupEnded(frontDoor.child);
      // The watchdog has a session of its own, and ends when it has removed the folder.
      for (;;) {
        const { stdout } = await run("ps", ["-eo", "args="]);
        if (!stdout.includes(temporary)) break;
      }
      assert.deepEqual(folders(), []);
    });
  });
});
