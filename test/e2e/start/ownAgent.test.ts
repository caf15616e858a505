import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { DOOR_NAMES } from "../../../contract/wire/doors";
import { arrivals } from "../../support/http/sse";
import { RunningFrontDoor } from "../../support/local/frontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { copyOfProject } from "../../support/local/projectCopy";

const run = promisify(execFile);

describe("npm start", () => {
  describe("with an agent of the user's own", () => {
    let copy: string;
    let agent: OwnAgent;
    let frontDoor: RunningFrontDoor;
    /** Lets the agent make its next event. */
    let makeNext: () => void;
    before(async () => {
      agent = await OwnAgent.start((prompt, response) => {
        if (prompt === "plain") {
          response
            .writeHead(200, { "Content-Type": "text/event-stream" })
            .end('data: one \n\ndata: "two "\n\ndata: {"other":3}\n\n');
          return;
        }
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        let made = 0;
        makeNext = () => {
          if (made === 20) response.end();
          else response.write(`data: {"n":${++made}}\n\n`);
        };
        makeNext();
      });
      // The client finds the newest front door of its project: no other test's.
      copy = copyOfProject();
      frontDoor = await RunningFrontDoor.start(["--agent", agent.url], copy);
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
      rmSync(copy, { recursive: true });
    });

    for (const door of ["streamingUrl", "streamingApi"] as const) {
      it(`${door} streams event by event`, async () => {
        // The agent makes an event when the one before has arrived: a door that waits for more never ends.
        const events = await arrivals(await frontDoor.invoke(door, { prompt: "go" }), () => {
          makeNext();
        });
        assert.deepEqual(
          events.map(({ data }) => JSON.parse(data) as unknown),
          Array.from({ length: 20 }, (_, index) => ({ n: index + 1 })),
        );
      });
    }

    it("gives each caller a session of its own, and keeps it", async () => {
      const session_id = "shared-handle-of-two-different-callers";
      const seen: unknown[] = [];
      for (const door of [...DOOR_NAMES, ...DOOR_NAMES]) {
        await (await frontDoor.invoke(door, { prompt: "plain", session_id })).text();
        seen.push(agent.received.at(-1)?.headers["x-amzn-bedrock-agentcore-runtime-session-id"]);
      }
      assert.deepEqual(seen.slice(0, 3), seen.slice(3), "the same caller gets the same session");
      const [bufferedApi, streamingUrl, streamingApi] = seen;
      assert.equal(bufferedApi, streamingApi, "the key's holder moves between the REST doors with the session");
      assert.notEqual(bufferedApi, streamingUrl, "two callers, two sessions");
    });

    it("forwards every other field under its name, and drops the client's runtime headers", async () => {
      const response = await frontDoor.invoke(
        "streamingUrl",
        { prompt: "plain", temperature: 0.5, tags: ["a"] },
        {
          "x-amzn-bedrock-agentcore-runtime-user-id": "root",
          "x-amzn-bedrock-agentcore-runtime-session-id": "s".repeat(40),
        },
      );
      await response.text();
      const { body, headers } = agent.received.at(-1) ?? { body: "", headers: {} };
      assert.deepEqual(JSON.parse(body), { prompt: "plain", temperature: 0.5, tags: ["a"] });
      assert.equal(headers["x-amzn-bedrock-agentcore-runtime-user-id"], undefined);
      assert.match(String(headers["x-amzn-bedrock-agentcore-runtime-session-id"]), /^fd-[0-9a-f]{64}$/);
    });

    it("npm run ask prints the words of every framing", async () => {
      for (const door of DOOR_NAMES) {
        const ask = ["--import", "tsx", "local/ask/main.ts", door, "plain", "--session", "a".repeat(33)];
        const { stdout, stderr } = await run(process.execPath, ask, { cwd: copy });
        assert.equal(stdout, 'one two {"other":3}\n\n');
        assert.equal(stderr, `session: ${"a".repeat(33)}\n`);
      }
    });

    it("npm run ask names what is wrong with its own arguments", async () => {
      for (const [args, says] of [
        [["nowhere", "hi"], /<door> is "nowhere"\. Use bufferedApi/],
        [["streamingUrl"], /Give one prompt/],
        [["streamingUrl", "hi", "--session", "short"], /--session is "short"\. .*33 to 100/],
        [["streamingUrl", "hi", "--url", "https://example.com"], /Give --region/],
      ] as const) {
        await assert.rejects(
          run(process.execPath, ["--import", "tsx", "local/ask/main.ts", ...args], { cwd: copy }),
          says,
        );
      }
    });
  });
});
