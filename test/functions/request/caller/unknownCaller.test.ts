import assert from "node:assert/strict";
import { bufferedHandler } from "../../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings, type Call } from "../../../support/handlers/handlers";
import { withSessionKey } from "../../../support/handlers/sessionKey";
import { withDataPlane } from "../../../support/handlers/withDataPlane";

const POOL_USER = "arn:aws:sts::123456789012:assumed-role/app-users/CognitoIdentityCredentials";
const NOBODY = { userArn: null, apiKeyId: null, cognitoIdentityId: null };

const rest = (call: Call, requestContext: object): object => ({ ...EVENTS["REST event 1.0"](call), requestContext });
const url = (call: Call, authorizer: unknown): object => {
  const event = EVENTS["Function URL event 2.0"](call);
  return { ...event, requestContext: { ...event.requestContext, authorizer } };
};

/** Events of a request that name no caller. */
const EVENTS_WITHOUT_CALLER: Readonly<Record<string, (call: Call) => object>> = {
  "REST, nothing at all": (call) => rest(call, { identity: {} }),
  "REST, neither ARN nor key": (call) => rest(call, { identity: NOBODY }),
  "REST, an empty ARN": (call) => rest(call, { identity: { ...NOBODY, userArn: "" } }),
  "REST, an empty key": (call) => rest(call, { identity: { ...NOBODY, apiKeyId: "" } }),
  "REST, a key's value without its id": (call) => rest(call, { identity: { ...NOBODY, apiKey: "secret" } }),
  "REST, a user of an identity pool": (call) => rest(call, { identity: { ...NOBODY, userArn: POOL_USER } }),
  "REST, a user of an identity pool with a key": (call) =>
    rest(call, { identity: { ...NOBODY, userArn: POOL_USER, apiKeyId: "website" } }),
  ...Object.fromEntries(
    [
      {},
      null,
      "a",
      7,
      ...["", " ", 7, true, {}, [], null].map((principalId) => ({ principalId })),
      { claims: {} },
      { claims: { iss: "https://pool" } },
      { claims: { sub: "" } },
      { claims: { sub: 7 } },
      { principalId: "", sub: "", iss: "https://pool" },
    ].map((authorizer) => [
      `REST, the authorizer's ${JSON.stringify(authorizer)}`,
      (call: Call) => rest(call, { identity: NOBODY, authorizer }),
    ]),
  ),
  ...Object.fromEntries(
    [
      {},
      ...["", " ", 7, null, {}, ["arn:aws:iam::1:user/u"]].map((userArn) => ({ userArn })),
      { userArn: null, accountId: "123456789012", accessKey: "AKIA" },
      { userArn: POOL_USER, cognitoIdentity: null },
      { userArn: POOL_USER, cognitoIdentity: { identityId: "" } },
    ].map((iam) => [`Function URL, ${JSON.stringify(iam)}`, (call: Call) => url(call, { iam })]),
  ),
};

const REQUESTS: Readonly<Record<string, Call>> = {
  invoke: { headers: { "Content-Type": "application/json" }, body: '{"prompt":"hi"}' },
  "invoke of a named agent": { path: "/agents/billing/invoke", body: '{"prompt":"hi"}' },
  "invoke with what is no body": { body: "{" },
  stop: { method: "DELETE", path: `/sessions/${"h".repeat(40)}` },
  "stop with what is no handle": { method: "DELETE", path: "/sessions/x" },
};

describe("a request of nobody", () => {
  const { plane, log } = withDataPlane();
  withSessionKey();
  beforeEach(() => {
    plane.streams("data: x\n\n");
  });

  const handlers = (policy = {}, publicEdge = false) => {
    const settings = handlerSettings(policy);
    const own = { ...settings, policy: { ...settings.policy, publicEdge } };
    const [streaming, buffered] = [streamingHandler(own), bufferedHandler(own)];
    return {
      streaming: async (event: object) => {
        const { prelude, body } = await callStreaming(streaming, event);
        return { status: prelude.statusCode, body };
      },
      buffered: async (event: object) => {
        const { statusCode, body } = await buffered(event, contextWith());
        return { status: statusCode, body };
      },
    };
  };
  const refused = ({ status, body }: { status: number | undefined; body: string }, title: string): void => {
    const { code } = (JSON.parse(body) as { error: { code: string } }).error;
    assert.deepEqual([status, code], [403, "CALLER_UNKNOWN"], title);
    assert.equal(log.lines.length, 1, title);
    const line = JSON.parse(log.lines[0] ?? "") as Record<string, unknown>;
    assert.deepEqual([line["caller"], line["code"], line["status"]], ["none", "CALLER_UNKNOWN", 403], title);
    log.lines.length = 0;
    assert.equal(plane.requests.length, 0, title);
  };

  for (const [title, event] of Object.entries(EVENTS_WITHOUT_CALLER)) {
    it(`is refused: ${title}`, async () => {
      for (const [name, handle] of Object.entries(handlers())) {
        for (const [what, call] of Object.entries(REQUESTS)) refused(await handle(event(call)), `${name}, ${what}`);
      }
    });
  }

  it("is refused also with a token for the runtime, which the door does not verify", async () => {
    const payload = Buffer.from('{"iss":"https://login.example","sub":"ann"}').toString("base64url");
    for (const [title, event] of Object.entries(EVENTS_WITHOUT_CALLER)) {
      for (const headers of [{ "X-Auth-Token": `e30.${payload}.c2ln` }, { Authorization: `Bearer e30.${payload}.x` }]) {
        for (const handle of Object.values(handlers({ runtimeAuth: "oauth" }))) {
          refused(await handle(event({ headers, body: '{"prompt":"hi"}' })), title);
        }
      }
    }
  });

  it("is told whether the function is well, and what does not exist", async () => {
    for (const event of Object.values(EVENTS_WITHOUT_CALLER)) {
      for (const handle of Object.values(handlers())) {
        assert.equal((await handle(event({ method: "GET", path: "/health" }))).status, 200);
        assert.equal((await handle(event({ path: "/x" }))).status, 404);
        assert.equal((await handle(event({ method: "PUT" }))).status, 405);
      }
    }
    assert.equal(plane.requests.length, 0);
  });

  it("is served behind a public edge, whatever its Function URL says of IAM", async () => {
    for (const [title, event] of Object.entries(EVENTS_WITHOUT_CALLER)) {
      if (!title.startsWith("Function URL")) continue;
      for (const handle of Object.values(handlers({}, true))) {
        assert.equal((await handle(event({ body: '{"prompt":"hi"}' }))).status, 200, title);
      }
    }
    assert.ok(log.lines.every((line) => line.includes('"caller":"none"')));
  });

  it("is refused behind a public edge if it comes as an event of a REST API, where the edge is not", async () => {
    for (const [title, event] of Object.entries(EVENTS_WITHOUT_CALLER)) {
      if (!title.startsWith("REST")) continue;
      for (const handle of Object.values(handlers({}, true)))
        refused(await handle(event(REQUESTS["invoke"] ?? {})), title);
    }
  });
});
