import assert from "node:assert/strict";
import { connectTo } from "../../../local/ask/connectTo";
import { DOOR_NAMES, type DoorName } from "../../../contract/wire/doors";
import { readAnswer, type Answer } from "../../support/http/answer";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
/** A JWT as an issuer makes it; the local runtime checks that it has not expired. */
const token = (claims: object): string =>
  `${encode({ alg: "RS256" })}.${encode({ iss: "https://issuer.example", exp: 4102444800, ...claims })}.c2lnbmF0dXJl`;

const session_id = `oauth_${"o".repeat(40)}`;

async function send(frontDoor: LocalFrontDoor, door: DoorName, headers: Record<string, string>): Promise<Answer> {
  return await readAnswer(await frontDoor.invoke(door, { prompt: "hello", session_id }, headers));
}

describe("runtimeAuth: oauth, in real processes", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  before(async () => {
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
    });
    const file = stackFile({ runtimeAuth: "oauth" });
    frontDoor = await LocalFrontDoor.start(["--config-file", file, "--agent", agent.url]);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  for (const door of DOOR_NAMES) {
    describe(door, () => {
      for (const [title, headers] of Object.entries({
        "X-Auth-Token": { "x-auth-token": token({ sub: "ann" }) },
        "X-Auth-Token with its scheme": { "x-auth-token": `Bearer ${token({ sub: "ann" })}` },
        // A signature takes Authorization at the Function URL.
        ...(door !== "streamingUrl" && { Authorization: { authorization: `Bearer ${token({ sub: "ann" })}` } }),
      })) {
        it(`hands the caller's token on from ${title}`, async () => {
          assert.deepEqual((await send(frontDoor, door, headers)).text, "hello");
        });
      }

      it("takes a token from the client library", async () => {
        const { doors, credentials } = frontDoor.announced;
        const found = doors.find(({ name }) => name === door);
        assert.ok(found);
        const ann = connectTo(found, { credentials, token: token({ sub: "ann" }) });
        assert.equal(await ann.ask("hello").text(), "hello");
        await assert.rejects(connectTo(found, { credentials }).ask("hello").text(), {
          status: 401,
          code: "TOKEN_MISSING",
        });
      });

      it("keeps the subjects of one key or principal apart", async () => {
        const ids: unknown[] = [];
        for (const sub of ["ann", "bob", "ann"]) {
          await send(frontDoor, door, { "x-auth-token": token({ sub, jti: String(ids.length) }) });
          ids.push(agent.received.at(-1)?.headers["x-amzn-bedrock-agentcore-runtime-session-id"]);
        }
        assert.notEqual(ids[0], ids[1]);
        assert.equal(ids[0], ids[2]);
      });

      for (const [title, headers, code] of [
        ["no token", {}, "TOKEN_MISSING"],
        ["a token that would end the header line", { "x-auth-token": "a b" }, "TOKEN_MISSING"],
        ["basic credentials", { "x-auth-token": "Basic dXNlcjpwYXNz" }, "TOKEN_MISSING"],
        ["an expired token", { "x-auth-token": token({ sub: "ann", exp: 1 }) }, "TOKEN_REFUSED"],
        ["a token that is no JWT", { "x-auth-token": "opaque" }, "TOKEN_REFUSED"],
      ] as const) {
        it(`refuses ${title}`, async () => {
          const before = agent.received.length;
          const { status, error, headers: reply } = await send(frontDoor, door, headers);
          assert.deepEqual([status, error?.code], [401, code]);
          // API Gateway renames the header.
          assert.equal(reply.get("www-authenticate") ?? reply.get("x-amzn-remapped-www-authenticate"), "Bearer");
          assert.equal(agent.received.length, before);
        });
      }

      it("stops a session for the subject that started it only", async () => {
        const stop = async (sub: string) =>
          (
            await frontDoor.send(door, `/sessions/${session_id}`, {
              method: "DELETE",
              headers: { "x-auth-token": token({ sub }) },
            })
          ).status;
        await send(frontDoor, door, { "x-auth-token": token({ sub: "ann" }) });
        assert.equal(await stop("mallory"), 404);
        assert.equal(await stop("ann"), 200);
        assert.equal(await stop("ann"), 404);
      });

      it("never logs a token", () => {
        assert.ok(!frontDoor.log.some((line) => line.includes("c2lnbmF0dXJl") || line.includes("eyJ")));
      });
    });
  }
});

describe("a runtime that takes the other kind of authorization", () => {
  for (const [runtimeAuth, takes, code] of [
    ["sigv4", "oauth", "RUNTIME_WANTS_OAUTH"],
    ["oauth", "sigv4", "RUNTIME_WANTS_SIGV4"],
  ] as const) {
    it(`is named at every door: ${code}`, async () => {
      const frontDoor = await LocalFrontDoor.start([
        ...["--config-file", stackFile({ runtimeAuth })],
        ...["--runtime-auth", takes],
      ]);
      try {
        for (const door of DOOR_NAMES) {
          const { status, error } = await send(frontDoor, door, { "x-auth-token": token({ sub: "ann" }) });
          assert.deepEqual([status, error?.code], [502, code]);
          assert.match(error?.message ?? "", new RegExp(`sets \`runtimeAuth\` to ${takes}`));
        }
      } finally {
        await frontDoor.stop();
      }
    });
  }
});
