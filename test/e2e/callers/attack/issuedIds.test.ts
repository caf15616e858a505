import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { DoorName } from "../../../../contract/wire/doors";
import { rawStatus, sendRaw } from "../../../support/http/raw";
import { RUNTIME_ARN } from "../../../support/program/components";
import { stackFile } from "../../../support/local/frontDoor";
import { LocalFrontDoor } from "../../../support/local/localFrontDoor";
import { OwnAgent } from "../../../support/local/ownAgent";
import { forgedIds, type Known } from "./issuedIdTries";

const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";
const STACK = {
  doors: ["bufferedApi", "streamingUrl"],
  callers: [],
  edge: true,
  agents: { billing: { agentRuntimeArn: RUNTIME_ARN.replace(/[^/]+$/, "billing-a1b2c3d4e5") } },
};

describe("an attacker at an anonymous edge who has parts of another client's session id", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  let known: Known;
  let forged: ReadonlyMap<string, string>;
  /** The victim's session at the runtime. */
  let victims: string;

  const runtimeSessions = (): string[] => agent.received.map(({ headers }) => String(headers[SESSION_HEADER]));

  /** Sends the bytes of a request; a text is UTF-8 in the body and in the target. */
  const send = async (door: DoorName, method: string, path: string, body = ""): Promise<string> => {
    const { url, apiKey, auth } = frontDoor.door(door);
    const { origin, host, pathname } = new URL(url);
    const key = apiKey ?? (auth.type === "API_KEY" ? auth : undefined);
    const lines = [
      `Host: ${host}`,
      ...(key ? [`${key.header}: ${key.value}`] : []),
      ...(body === "" ? [] : [`x-amz-content-sha256: ${createHash("sha256").update(body).digest("hex")}`]),
      "Content-Type: application/json",
      "Accept: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    const target = `${pathname === "/" ? "" : pathname}${path}`;
    return await sendRaw(origin, { method, target: Buffer.from(target).toString("latin1"), lines, body });
  };
  const ask = (id: unknown, path = "/invoke", door: DoorName = "streamingUrl") =>
    send(door, "POST", path, JSON.stringify({ prompt: "hi", session_id: id }));
  const stop = async (path: string, door: DoorName = "streamingUrl") => rawStatus(await send(door, "DELETE", path));
  const issue = async (door: LocalFrontDoor): Promise<string> => {
    const response = await door.invoke("streamingUrl", { prompt: "hi" });
    await response.text();
    return response.headers.get("x-session-id") ?? "";
  };

  before(async () => {
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
    });
    const args = ["--config-file", stackFile(STACK), "--agent", agent.url];
    const other = await LocalFrontDoor.start(args);
    const foreign = await issue(other);
    await other.stop();
    frontDoor = await LocalFrontDoor.start(args);
    const own = await issue(frontDoor);
    const victim = await issue(frontDoor);
    victims = runtimeSessions().at(-1) ?? "";
    known = { victim, own, foreign };
    forged = forgedIds(known);
  });
  beforeEach(() => {
    agent.received.length = 0;
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  it("opens nothing with a forged id, in at least 60 forms: each is refused or starts a session of its own", async () => {
    assert.ok(forged.size >= 60, String(forged.size));
    const seen = new Set([victims]);
    let opened = 0;
    for (const [title, id] of forged) {
      agent.received.length = 0;
      const answer = await ask(id);
      const status = rawStatus(answer);
      assert.ok(!answer.includes(JSON.stringify(id)), `${title} is answered as a session's id`);
      assert.ok(status === 200 || status === 400, `${title}: ${status}`);
      assert.equal(agent.received.length, status === 200 ? 1 : 0, title);
      for (const session of runtimeSessions()) {
        assert.ok(!seen.has(session), title);
        seen.add(session);
        opened++;
      }
    }
    console.log(`      ${forged.size} forged ids: ${opened} start a new session, ${forged.size - opened} are refused`);
  });

  it("stops nothing with a forged id, as it is or encoded in the path", async () => {
    for (const [title, id] of forged) {
      for (const spelled of [id, encodeURIComponent(id.replace(/\p{Cs}/gu, "\ufffd"))].filter(
        (each) => !/[\s\0]/.test(each),
      )) {
        const status = await stop(`/sessions/${spelled}`);
        assert.ok(status >= 400 && status < 500, `${title}: ${status}`);
      }
    }
  });

  it("reaches it by no detour of the path", async () => {
    const { victim } = known;
    const twice = encodeURIComponent(victim.replace("s", "%73"));
    for (const path of [
      `/sessions/${twice}`,
      `/sessions/${victim}/`,
      `/sessions//${victim}`,
      `/sessions/${victim};v=1`,
      `/sessions/${victim}%2F..`,
      `/sessions/${victim}%00`,
      `/sessions/${known.own}%2F..%2F${victim}`,
      `/agents/billing/sessions/${victim}`,
      `/agents/default/sessions/${victim}`,
      `/agents/__proto__/sessions/${victim}`,
      `/Sessions/${victim}`,
      `/health/../sessions/${victim}x`,
    ]) {
      const status = await stop(path);
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
    }
  });

  it("has another session with the id itself at another agent and at another door", async () => {
    await ask(known.victim, "/agents/billing/invoke");
    await ask(known.victim, "/invoke", "bufferedApi");
    const sessions = runtimeSessions();
    assert.equal(new Set([victims, ...sessions]).size, 3, sessions.join());
    assert.equal(await stop(`/sessions/${known.victim}`, "bufferedApi"), 200, "the key's own");
  });

  it("opens nothing at the edge with an id that a key's holder has chosen", async () => {
    const chosen = `session-${"c".repeat(54)}`;
    await ask(chosen, "/invoke", "bufferedApi");
    await ask(chosen);
    assert.equal(new Set(runtimeSessions()).size, 2);
    assert.equal(await stop(`/sessions/${chosen}`), 404);
  });

  it("gets no session from an id that is not a text", async () => {
    for (const id of [[known.victim], { id: known.victim }, 7, true, [[known.victim]]]) {
      assert.equal(rawStatus(await ask(id)), 400, JSON.stringify(id));
    }
    assert.deepEqual(agent.received, []);
  });

  it("gets none from headers, the query and a second field", async () => {
    const { origin, host } = new URL(frontDoor.door("streamingUrl").url);
    const body = `{"prompt":"hi","Session_Id":"${known.victim}","sessionId":"${known.victim}","runtimeSessionId":"${known.victim}"}`;
    await sendRaw(origin, {
      target: `/invoke?session_id=${known.victim}&X-Session-Id=${known.victim}`,
      lines: [
        `Host: ${host}`,
        `x-amz-content-sha256: ${createHash("sha256").update(body).digest("hex")}`,
        `X-Session-Id: ${known.victim}`,
        `X-Amzn-Bedrock-AgentCore-Runtime-Session-Id: ${victims}`,
        `Cookie: session_id=${known.victim}`,
        "Content-Type: application/json",
        `Content-Length: ${Buffer.byteLength(body)}`,
      ],
      body,
    });
    assert.equal(agent.received.length, 1);
    assert.notEqual(runtimeSessions()[0], victims);
  });

  it("leaves the victim's session as it was", async () => {
    await ask(known.victim);
    assert.deepEqual(runtimeSessions(), [victims]);
    assert.equal(await stop(`/sessions/${known.victim}`), 200);
  });
});
