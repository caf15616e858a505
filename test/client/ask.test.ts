import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { FrontDoorError } from "../../client/index";
import { connectTo } from "../../local/ask/connectTo";
import { encodeEvent } from "../../contract/wire/sse";
import { errorBody } from "../../contract/wire/errors";
import { CAPTURES, FAILURES, streamOf } from "../contract/wire/dialects/captures";
import { announce } from "../../local/cli/announcement";
import { ROOT } from "../support/local/frontDoor";

describe("npm run ask", () => {
  let server: Server;
  let stream = "";
  /** What signed the last request. */
  let authorization = "";
  let type = "text/event-stream";
  let url = "";

  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      authorization = String(request.headers.authorization);
      response.writeHead(200, { "Content-Type": type, "X-Request-Id": "request-1" });
      const half = Math.floor(stream.length / 2);
      response.write(stream.slice(0, half));
      response.end(stream.slice(half));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  afterEach(() => {
    type = "text/event-stream";
  });

  /** The command in its own process, to its end. */
  const command = async (...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
    await new Promise((resolve) => {
      execFile(
        process.execPath,
        ["--import", "tsx", "local/ask/main.ts", ...args],
        { cwd: ROOT },
        (error, stdout, stderr) => {
          resolve({ code: error ? error.code : 0, stdout, stderr });
        },
      );
    });

  const answer = async (raw = false): Promise<string> => {
    const door = {
      name: "streamingApi",
      url,
      auth: { type: "BEARER", header: "Authorization", value: "Bearer t" },
    } as const;
    const answered = connectTo(door).ask("hi");
    return await (raw ? text(answered.raw()) : answered.text());
  };

  describe("as a caller of npm start -- --caller", () => {
    const POOL = "arn:aws:sts::123456789012:assumed-role/pool-users/CognitoIdentityCredentials";
    const callers = [
      { arn: "arn:aws:sts::123456789012:assumed-role/agent-client/task-2", accessKeyId: "AKIATASK2" },
      { arn: POOL, identityId: "us-east-1:11111111-0000-0000-0000-000000000000", accessKeyId: "AKIAANN" },
      { arn: POOL, identityId: "us-east-1:22222222-0000-0000-0000-000000000000", accessKeyId: "AKIABOB" },
    ].map(({ accessKeyId, ...caller }) => ({ ...caller, credentials: { accessKeyId, secretAccessKey: "secret" } }));
    let retract: () => Promise<void>;
    before(() => {
      const auth = { type: "AWS_IAM", service: "lambda", region: "us-east-1" };
      const credentials = { accessKeyId: "AKIALOCAL", secretAccessKey: "secret" };
      const doors = [{ name: "streamingUrl", url, auth }];
      retract = announce(JSON.stringify({ stack: "test", region: "us-east-1", doors, credentials, callers }), ROOT);
    });
    after(async () => {
      await retract();
    });
    const as = (name?: string) =>
      command("streamingUrl", "hi", "--pid", String(process.pid), ...(name === undefined ? [] : ["--as", name]));

    for (const [name, key] of [
      [undefined, "AKIALOCAL"],
      ["task-2", "AKIATASK2"],
      ["22222222-0000-0000-0000-000000000000", "AKIABOB"],
    ] as const) {
      it(`${name ?? "the announced caller"} signs with its own key`, async () => {
        stream = encodeEvent("done", "{}");
        const { code, stderr } = await as(name);
        assert.equal(code, 0, stderr);
        assert.ok(authorization.includes(`Credential=${key}/`), authorization);
      });
    }

    for (const name of ["nobody", "CognitoIdentityCredentials", ""]) {
      it(`"${name}" is not one caller: the message names them`, async () => {
        authorization = "";
        const { code, stderr } = await as(name);
        assert.equal(code, 2);
        assert.match(
          stderr,
          /--as is "[^"]*"\. Use the end of one caller's ARN or identity: arn:\S+task-2, us-east-1:1/,
        );
        assert.equal(authorization, "", "nothing is sent");
      });
    }
  });

  for (const [title, { events, text }] of Object.entries(CAPTURES)) {
    it(`${title}: prints the text`, async () => {
      stream = streamOf(events);
      // The status of a task is printed as it comes, before the answer is known.
      const status = title === "A2A 0.3" ? "I look it up." : "";
      assert.equal(await answer(), status + text);
    });
  }

  for (const [, event] of FAILURES) {
    it(`fails: ${JSON.stringify(event)}`, async () => {
      stream = streamOf([event]);
      await assert.rejects(answer(), (error) => {
        assert.ok(error instanceof FrontDoorError);
        assert.ok(error.code === "AGENT_ERROR" || error.code === "AGENT_TIMEOUT");
        assert.equal(error.requestId, "request-1");
        return true;
      });
    });
  }

  for (const failed of [
    { error: "x" },
    { status: "error", message: "x" },
    { __error__: { error: "E", message: "x" } },
  ]) {
    it(`fails at a whole answer, also raw: ${JSON.stringify(failed)}`, async () => {
      [stream, type] = [JSON.stringify(failed), "application/json"];
      for (const raw of [false, true])
        await assert.rejects(answer(raw), { name: "FrontDoorError", code: "AGENT_ERROR", requestId: "request-1" });
    });
  }

  it("prints a whole answer: its `response` if a door collected it, or as it is", async () => {
    type = "application/json";
    for (const [body, printed, raw] of [
      ['{"session_id":"s","response":{"error":"x"},"content_type":"application/json"}', '{"error":"x"}', false],
      ['{ "answer": "error" }', '{ "answer": "error" }', false],
      ['{ "answer": "error" }', '{ "answer": "error" }', true],
    ] as const) {
      stream = body;
      assert.equal(await answer(raw), printed);
    }
  });

  it("prints the events if none has a text", async () => {
    stream = streamOf([{ type: "token", token: "Hel" }, { n: 1 }]);
    assert.equal(await answer(), '{"type":"token","token":"Hel"}\n{"n":1}');
  });

  it("prints what came before the door's own error, then its code and the request id, and exits with 1", async () => {
    stream = `${streamOf([{ text: "Hel" }])}${encodeEvent("error", errorBody({ code: "AGENT_TIMEOUT" }, "request-1"))}`;
    const { code, stdout, stderr } = await command("streamingApi", "hi", "--url", url, "--api-key", "k");
    assert.equal(code, 1);
    assert.equal(stdout, "Hel");
    assert.match(stderr, /^AGENT_TIMEOUT .+\nrequest: request-1\n$/);
  });

  it("prints its usage if asked for help, and exits with 0", async () => {
    const { code, stdout, stderr } = await command("--help");
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: npm run ask -- <door>/);
    assert.equal(stderr, "");
  });
});
