import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { TYPES } from "../../../local/program/graph";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { runStack } from "../../support/stacks";

const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";
const EDGE = { doors: ["streamingUrl"], callers: [], edge: true };

/** Ids that were never issued, made from one that was and one of another stack. */
function wrongIds(issued: string, foreign: string): readonly string[] {
  const last = issued.length - 1;
  const swap = (at: number) => issued.slice(0, at) + (issued[at] === "A" ? "B" : "A") + issued.slice(at + 1);
  return [
    foreign,
    ...[0, 8, 9, 20, 29, 30, 31, 40, 50, 60, last].map(swap),
    ...[1, 2, 10, 20, 29].map((cut) => issued.slice(0, -cut)),
    issued.slice(1),
    ...["A", "=", "_", "-", issued].map((more) => (issued + more).slice(0, 100).replaceAll("=", "_")),
    `A${issued}`,
    issued.toUpperCase(),
    issued.toLowerCase(),
    issued.slice(0, 30) + foreign.slice(30),
    foreign.slice(0, 30) + issued.slice(30),
    `session-${randomUUID()}`,
    `session-${randomBytes(40).toString("base64url")}`,
    `shared-${"x".repeat(40)}`,
    "a".repeat(33),
    "-".repeat(100),
    `session-${"A".repeat(54)}`,
  ].filter((id) => id !== issued);
}

describe("session ids at an anonymous edge", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  let foreign: string;
  const open = async (door: LocalFrontDoor, session_id?: string): Promise<string> => {
    const response = await door.invoke("streamingUrl", { prompt: "hi", ...(session_id && { session_id }) });
    await response.text();
    assert.equal(response.status, 200);
    return response.headers.get("x-session-id") ?? "";
  };
  const stop = (id: string) => frontDoor.send("streamingUrl", `/sessions/${id}`, { method: "DELETE" });
  const runtimeSession = () => String(agent.received.at(-1)?.headers[SESSION_HEADER]);

  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end(`data: ${prompt}\n\n`);
    });
    const args = ["--config-file", stackFile(EDGE), "--agent", agent.url];
    const other = await LocalFrontDoor.start(args);
    foreign = await open(other);
    await other.stop();
    frontDoor = await LocalFrontDoor.start(args);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  it("continue a conversation and stop it, if the door has issued them", async () => {
    const id = await open(frontDoor);
    const session = runtimeSession();
    assert.match(id, /^session-[\w-]{54}$/);
    assert.equal(await open(frontDoor, id), id);
    assert.equal(runtimeSession(), session);
    assert.equal((await stop(id)).status, 200);
  });

  it("open nothing and stop nothing if they are forged or foreign: each starts a session with a new id", async () => {
    const issued = await open(frontDoor);
    const seen = new Set([issued]);
    const sessions = new Set([runtimeSession()]);
    const wrong = wrongIds(issued, foreign);
    assert.ok(wrong.length >= 30, String(wrong.length));
    for (const id of wrong) {
      const fresh = await open(frontDoor, id);
      assert.ok(!wrong.includes(fresh) && !seen.has(fresh), id);
      seen.add(fresh);
      assert.ok(!sessions.has(runtimeSession()), id);
      sessions.add(runtimeSession());
      const response = await stop(id);
      const { error } = (await response.json()) as { error: { code: string } };
      assert.deepEqual([response.status, error.code], [404, "SESSION_NOT_FOUND"], id);
    }
    assert.equal((await stop(issued)).status, 200, "the session is still there");
  });

  it("need one call of KMS for each execution environment", async () => {
    await open(frontDoor);
    const sandboxes = (await frontDoor.sandboxes()).length;
    const calls = frontDoor.log.filter((line) => line.includes("[kms] GenerateMac"));
    assert.ok(calls.length >= 1 && calls.length <= sandboxes, `${calls.length} calls, ${sandboxes} sandboxes`);
    assert.ok(!frontDoor.log.some((line) => line.includes("[kms] refused")));
  });

  it("come from a key that is in no environment and no state: only its ARN is", async () => {
    const graph = await runStack("public-edge", false);
    const [key] = graph.all(TYPES.kmsKey);
    assert.ok(key);
    const { variables } = graph.all(TYPES.function)[0]?.inputs["environment"] as { variables: Record<string, string> };
    assert.equal(variables["SESSION_KMS_KEY_ARN"], key.outputs["arn"]);
    // 32 bytes in base64 or hexadecimal.
    const material = /(?<![\w+/-])(?:[\w+/-]{43}=?|[0-9a-f]{64})(?![\w+/=-])/;
    assert.doesNotMatch(JSON.stringify([variables, key.inputs, key.outputs]), material);
    for (const line of frontDoor.log.filter((each) => each.includes("[kms]"))) assert.doesNotMatch(line, material);
  });
});
