import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { announcementFile, FRONT_DOOR_FOLDER } from "../../../local/ask/frontDoorFile";
import { groupEnded, RunningFrontDoor } from "../../support/local/frontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { copyOfProject } from "../../support/local/projectCopy";

const run = promisify(execFile);

describe("several front doors on one machine", () => {
  // A project of its own: front doors of other tests, which run beside this one, are none of its.
  let project: string;

  /** `npm run ask`, with what it prints on both outputs. */
  const ask = async (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
    await run(process.execPath, ["--import", "tsx", "local/ask/main.ts", "streamingUrl", "hello", ...args], {
      cwd: project,
    });

  const fileOf = ({ child }: RunningFrontDoor): string =>
    join(project, FRONT_DOOR_FOLDER, announcementFile(child.pid ?? 0));

  const agents: OwnAgent[] = [];
  let a: RunningFrontDoor;
  let b: RunningFrontDoor;
  const start = async (name: string, stack: string): Promise<RunningFrontDoor> => {
    const agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end(`data: ${name}\n\n`);
    });
    agents.push(agent);
    // Under any name, the smallest stack with this door.
    const config = join(project, "stacks", "Pulumi.url.yaml");
    return await RunningFrontDoor.start(["--stack", stack, "--config-file", config, "--agent", agent.url], project);
  };
  before(async () => {
    project = copyOfProject();
    a = await start("a", "dev");
    b = await start("b", "url");
  });
  after(async () => {
    await Promise.all([a.stop(), b.stop()]);
    await Promise.all(agents.map((agent) => agent.stop()));
    rmSync(project, { recursive: true });
  });

  it("each leave an announcement of their own, for this user only", () => {
    for (const each of [a, b]) assert.equal(statSync(fileOf(each)).mode & 0o777, 0o600);
  });

  it("are asked from the newest on, and say which one was asked", async () => {
    const { stdout, stderr } = await ask();
    assert.equal(stdout, "b\n");
    assert.match(stderr, new RegExp(`stack url, process ${b.child.pid}, the newest of 2`));
  });

  it("can be chosen by stack and by process", async () => {
    assert.equal((await ask("--stack", "dev")).stdout, "a\n");
    assert.equal((await ask("--pid", String(a.child.pid))).stdout, "a\n");
    await assert.rejects(ask("--stack", "edge"), (error: { stderr: string }) => {
      assert.match(error.stderr, /No front door on this machine fits --stack edge\. Use one that runs: stack /);
      assert.match(
        error.stderr,
        new RegExp(`stack url in process ${b.child.pid}, stack dev in process ${a.child.pid}`),
      );
      return true;
    });
  });

  it("leave the others asked when the second stops, also when it is killed", async () => {
    assert.equal(await b.stop(), 0);
    assert.equal(existsSync(fileOf(b)), false);
    assert.equal((await ask()).stdout, "a\n");
    // The same stack this time.
    b = await start("b again", "dev");
    assert.equal((await ask()).stdout, "b again\n");
    const exited = once(b.child, "exit");
    b.child.kill("SIGKILL");
    await exited;
    await groupEnded(b.child);
    assert.ok(existsSync(fileOf(b)), "a killed process cannot take its announcement away");
    assert.equal((await ask()).stdout, "a\n");
  });

  it("leave the others asked when the first stops, and clear away what a killed one left", async () => {
    const killed = fileOf(b);
    b = await start("b at last", "dev");
    assert.equal(existsSync(killed), false);
    assert.equal(await a.stop(), 0);
    assert.equal((await ask()).stdout, "b at last\n");
  });

  it("are missed in words when the last one was killed", async () => {
    const exited = once(b.child, "exit");
    b.child.kill("SIGKILL");
    await exited;
    await assert.rejects(ask(), (error: { stderr: string }) => {
      const says = `No front door runs on this machine (killed: stack dev in process ${b.child.pid}). Run \`npm start\``;
      assert.ok(error.stderr.includes(says), error.stderr);
      return true;
    });
  });
});
