import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Credentials, DoorName } from "../../../contract/wire/doors";
import { Tokens } from "../../support/http/tokens";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const CALLER = "x-amzn-bedrock-agentcore-runtime-custom-caller";
const USER_ID = "x-amzn-bedrock-agentcore-runtime-user-id";
const JWT = { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] };
const ROLE = "arn:aws:iam::123456789012:role/agent-client";
const TASK = "arn:aws:sts::123456789012:assumed-role/agent-client/0a1b2c3d";
const OWNER = "arn:aws:sts::123456789012:assumed-role/agent-client";
const ASKED = { callerHeader: { name: "Caller" }, runtimeUserId: true };
const EVIL = "mallory";

/** What a client tries with each request, in header and body. */
const FORGED = {
  [CALLER]: EVIL,
  [CALLER.replaceAll("-", "_")]: EVIL,
  [USER_ID]: EVIL,
  caller: EVIL,
  baggage: "session.id=mallory",
};

describe("the verified caller, at the agent", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor | undefined;
  before(async () => {
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
    });
  });
  afterEach(async () => {
    await frontDoor?.stop();
  });
  after(async () => {
    await agent.stop();
  });

  const start = async (config: Readonly<Record<string, unknown>>): Promise<LocalFrontDoor> =>
    (frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(config), "--agent", agent.url]));

  /** Caller header and user id of the request that reaches the agent. */
  const seen = async (
    door: DoorName,
    by: { readonly credentials?: Credentials; readonly headers?: Record<string, string> } = {},
  ): Promise<readonly unknown[]> => {
    agent.received.length = 0;
    const body = JSON.stringify({ prompt: "hello", session_id: `s-${"x".repeat(40)}`, caller: EVIL });
    const headers = { "content-type": "application/json", ...FORGED, ...by.headers };
    const response = await (frontDoor as LocalFrontDoor).send(door, "/invoke", { ...by, body, headers });
    assert.equal(response.status, 200, await response.text());
    const [request] = agent.received;
    assert.ok(request && !JSON.stringify(request.headers).includes(EVIL), JSON.stringify(request?.headers));
    return [request.headers[CALLER], request.headers[USER_ID]];
  };

  it("is the IAM owner at every door, through a locked runtime", async () => {
    const doors = ["bufferedApi", "streamingUrl", "streamingApi"] as const;
    const started = await start({ ...ASKED, doors: [...doors], apiAuth: "iam", callers: [ROLE], lockRuntime: true });
    for (const door of doors)
      assert.deepEqual(await seen(door, { credentials: started.addCaller(TASK) }), [OWNER, OWNER], door);
  });

  it("is the token's subject, at a REST door and at the public edge", async () => {
    const doors = ["streamingUrl", "streamingApi"] as const;
    const started = await start({
      ...ASKED,
      doors: [...doors],
      edge: true,
      callers: [],
      edgeAuth: "jwt",
      apiAuth: "jwt",
      jwt: JWT,
    });
    const token = await Tokens.of(started.announced).issued({ sub: "auth0|zoë" });
    const value = "auth0|zo%C3%AB";
    assert.deepEqual(await seen("streamingUrl", { headers: { "x-auth-token": token } }), [value, value]);
    assert.deepEqual(await seen("streamingApi", { headers: { authorization: `Bearer ${token}` } }), [value, value]);
  });

  it("is the id of an API key, and at an anonymous edge nothing", async () => {
    await start({ ...ASKED, doors: ["streamingUrl", "bufferedApi"], edge: true, callers: [], apiAuth: "apiKey" });
    const [key, userId] = await seen("bufferedApi");
    assert.match(String(key), /^\w+$/);
    assert.equal(userId, key);
    assert.deepEqual(await seen("streamingUrl"), [undefined, undefined]);
  });

  it("is a hash if the stack says so, the same at both doors and in the log, and no user id without its key", async () => {
    const started = await start({
      callerHeader: { name: "Caller", value: "hash" },
      doors: ["streamingUrl", "streamingApi"],
      apiAuth: "iam",
      callers: [ROLE],
    });
    const credentials = started.addCaller(TASK);
    const from = await (frontDoor as LocalFrontDoor).loggedRequests();
    const [hash, userId] = await seen("streamingUrl", { credentials });
    const sent = agent.received[0]?.headers ?? {};
    const line = (await started.requestLines(from + 1)).at(-1);
    assert.equal(line?.["caller_hash"], String(hash).slice(0, 16));
    assert.equal(sent["baggage"], `front_door.request_id=${String(line["request_id"])}`);
    const session = createHash("sha256").update(String(sent["x-amzn-bedrock-agentcore-runtime-session-id"]));
    assert.equal(line["runtime_session_hash"], session.digest("hex").slice(0, 16));
    assert.match(String(hash), /^[0-9a-f]{32}$/);
    assert.equal(userId, undefined);
    assert.deepEqual(await seen("streamingApi", { credentials }), [hash, undefined]);
  });
});
