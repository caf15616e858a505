import assert from "node:assert/strict";
import { FrontDoorError, type FrontDoor } from "../../client/index";
import { DOOR_NAMES, type DoorName } from "../../contract/wire/doors";
import { ERRORS } from "../../contract/wire/errors";
import { connectTo } from "../../local/ask/connectTo";
import { FaultProxy } from "../support/http/faultProxy";
import { Tokens } from "../support/http/tokens";
import { stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent } from "../support/local/ownAgent";

type Ask = (door: FrontDoor) => Promise<unknown>;

async function errorOf(asked: Promise<unknown>): Promise<FrontDoorError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FrontDoorError, String(error));
  return error;
}

describe("the client at every door", () => {
  let agent: OwnAgent;
  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      if (prompt === "refuses") {
        response.writeHead(500).end("secret");
        return;
      }
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write('data: {"type":"TEXT_MESSAGE_CONTENT","delta":"Hel"}\n\n');
      if (prompt === "fails") response.write('data: {"type":"RUN_ERROR","message":"secret"}\n\n');
      if (prompt === "dies") response.write("data: ", () => response.destroy());
      else response.end('data: {"type":"TEXT_MESSAGE_CONTENT","delta":"lo"}\n\ndata: {"type":"RUN_FINISHED"}\n\n');
    });
  });
  after(async () => {
    await agent.stop();
  });

  describe("with a key or a signature", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile({}), "--agent", agent.url]);
    });
    after(async () => {
      await frontDoor.stop();
    });
    const door = (name: DoorName, { port }: { port?: string } = {}): FrontDoor => {
      const url = new URL(frontDoor.door(name).url);
      if (port !== undefined) url.port = port;
      const { credentials } = frontDoor.announced;
      return connectTo({ ...frontDoor.door(name), url: url.href }, { credentials });
    };

    for (const [title, code, ask] of [
      ["half a character in the prompt", "UNSAFE_JSON", (d) => d.ask("\ud800").text()],
      ["a prompt that is too long", "BODY_TOO_LARGE", (d) => d.ask("x".repeat(70_000)).text()],
      ["an unknown agent", "AGENT_NOT_FOUND", (d) => d.ask("hi", { agent: "nobody" }).text()],
      ["an agent that refuses", "AGENT_ERROR", (d) => d.ask("refuses").text()],
      ["an agent that reports a failure", "AGENT_ERROR", (d) => d.ask("fails").text()],
      ["an agent that breaks off", "AGENT_ERROR", (d) => d.ask("dies").text()],
    ] as const satisfies readonly (readonly [string, keyof typeof ERRORS, Ask])[]) {
      it(`throws the same error for ${title}`, async () => {
        for (const name of DOOR_NAMES) {
          const { message, remedy, requestId, code: found, status } = await errorOf(ask(door(name)));
          // A detail, such as what is wrong with the JSON, is a part of it.
          assert.equal(found, code, name);
          assert.ok(remedy.endsWith(ERRORS[code].remedy), remedy);
          assert.ok(message.startsWith(ERRORS[code].message) && !message.includes("secret"), message);
          assert.ok(requestId !== undefined && /^[\w=-]+$/.test(requestId), `${name}: ${String(requestId)}`);
          assert.ok(status === ERRORS[code].status || status === undefined);
        }
      });
    }

    for (const name of DOOR_NAMES) {
      it(`keeps the session of ${name}, stops it, and says that there is none`, async () => {
        const own = door(name);
        assert.equal(await own.stop(), false);
        assert.equal(await own.ask("hi").text(), "Hello");
        const id = own.sessionId();
        assert.match(id ?? "", /^session-/);
        const second = own.ask("hi");
        assert.equal(await second.text(), "Hello");
        assert.equal(second.sessionId, id);
        const other = own.session();
        assert.equal(await other.ask("hi").text(), "Hello");
        assert.notEqual(other.sessionId(), id);
        assert.equal(await own.stop(), true);
        assert.equal(await own.stop(), false);
      });

      it(`says at ${name} that the connection broke, or was never made, and asks once`, async () => {
        const proxy = await FaultProxy.start(frontDoor.door(name).url);
        try {
          proxy.down = { kind: "rst", after: "Hel" };
          const reached = agent.received.length;
          assert.equal((await errorOf(door(name, new URL(proxy.origin)).ask("hi").text())).code, "ANSWER_CUT");
          assert.equal(agent.received.length, reached + 1);
          proxy.mend();
          proxy.refuses = true;
          assert.equal((await errorOf(door(name, new URL(proxy.origin)).ask("hi").text())).code, "NETWORK");
          assert.equal(agent.received.length, reached + 1);
        } finally {
          await proxy.stop();
        }
      });
    }
  });

  describe("with tokens", () => {
    let frontDoor: LocalFrontDoor;
    before(async () => {
      const jwt = { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] };
      const config = { apiAuth: "jwt", jwt, edge: true, edgeAuth: "jwt", callers: [] };
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(config), "--agent", agent.url]);
    });
    after(async () => {
      await frontDoor.stop();
    });

    it("throws the same error for a token that no door accepts", async () => {
      const token = await Tokens.of(frontDoor.announced).otherKey();
      for (const name of DOOR_NAMES) {
        const { code, status, requestId } = await errorOf(connectTo(frontDoor.door(name), { token }).ask("hi").text());
        assert.deepEqual([code, status], ["UNAUTHORIZED", 401], name);
        assert.ok(requestId);
      }
    });
  });
});
