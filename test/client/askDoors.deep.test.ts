import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { DIALECT_NAMES, type DialectName } from "../../contract/wire/dialects/names";
import { ERRORS } from "../../contract/wire/errors";
import { bytesOf, CANARY, RECORDED, typeOf } from "../captures/recorded";
import { ROOT } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";

/** A recorded answer of the dialect that has a text, or that fails. */
const fileOf = (dialect: DialectName, fails: boolean): string | undefined =>
  Object.entries(RECORDED).find(
    ([, { dialect: of, text, status }]) => of === dialect && status === undefined && (text === undefined) === fails,
  )?.[0];

describe("npm run ask, in its own process, through a streaming door", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;

  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      if (prompt === "dies") {
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        response.write(
          'data: {"type":"RUN_STARTED"}\n\ndata: {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Hel"}\n\n',
        );
        response.write("data: ", () => response.destroy());
        return;
      }
      response.writeHead(200, { "Content-Type": typeOf(prompt) }).end(bytesOf(prompt));
    });
    frontDoor = await LocalFrontDoor.start(["--agent", agent.url]);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  const ask = async (prompt: string, ...more: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> => {
    const { url, auth } = frontDoor.door("streamingApi");
    assert.ok(auth.type === "API_KEY");
    const args = ["local/ask/main.ts", "streamingApi", prompt, "--url", url, "--api-key", auth.value, ...more];
    return await new Promise((resolve) => {
      execFile(process.execPath, ["--import", "tsx", ...args], { cwd: ROOT }, (error, stdout, stderr) => {
        resolve({ code: error ? error.code : 0, stdout, stderr });
      });
    });
  };

  const assertFailed = (stderr: string): void => {
    assert.match(stderr, /^AGENT_ERROR /);
    assert.ok(stderr.includes(ERRORS.AGENT_ERROR.message) && stderr.includes(ERRORS.AGENT_ERROR.remedy), stderr);
    assert.match(stderr, /\nrequest: [0-9a-f-]{36}\nsession: session-[0-9a-f-]{36}\n$/);
  };

  for (const dialect of DIALECT_NAMES) {
    const [says, fails] = [fileOf(dialect, false), fileOf(dialect, true)];

    if (says !== undefined) {
      it(`${dialect}: prints the text, and exits with 0`, async () => {
        const { code, stdout } = await ask(says);
        assert.deepEqual([code, stdout], [0, `${RECORDED[says]?.text ?? ""}\n`]);
      });
    }

    if (fails !== undefined) {
      it(`${dialect}: fails with code, remedy and request id, without what the agent said`, async () => {
        const { code, stdout, stderr } = await ask(fails);
        assert.equal(code, 1);
        assertFailed(stderr);
        assert.doesNotMatch(stdout + stderr, CANARY);
      });
    }
  }

  it("--raw prints every byte of an answer", async () => {
    const { code, stdout } = await ask("ag-ui-node.sse", "--raw");
    assert.deepEqual([code, stdout], [0, bytesOf("ag-ui-node.sse").toString()]);
  });

  it("--raw prints a failure too, and fails", async () => {
    const { code, stdout, stderr } = await ask("ag-ui-node-fails.sse", "--raw");
    assert.equal(code, 1);
    assert.match(stdout, /data: \{"type":"RUN_ERROR","message":".*"requestId":".*"\}\n\n$/);
    assertFailed(stderr);
  });

  it("fails if the agent breaks off", async () => {
    const { code, stderr } = await ask("dies");
    assert.equal(code, 1);
    assertFailed(stderr);
  });

  it("--text names the field with the text; a path that is none is refused", async () => {
    const { stdout } = await ask("ag-ui-node.sse", "--text", "threadId");
    const [, thread = ""] = /"threadId":"(.*?)"/.exec(bytesOf("ag-ui-node.sse").toString()) ?? [];
    assert.ok(thread !== "" && stdout.startsWith(thread), stdout);
    const { code, stderr } = await ask("ag-ui-node.sse", "--text", "a..b");
    assert.equal(code, 2);
    assert.match(stderr, /--text is "a\.\.b"\. Use names of fields separated by dots/);
  });
});
