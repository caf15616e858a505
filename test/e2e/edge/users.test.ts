import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connectTo } from "../../../local/ask/connectTo";
import { readAnswer, type Answer } from "../../support/http/answer";
import { JSON_HEADERS } from "../../support/http/badInput";
import { arrivals } from "../../support/http/sse";
import { Tokens } from "../../support/http/tokens";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { stackFile } from "../../support/local/frontDoor";

const ORIGIN = "https://app.example.com";
const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";
const session_id = `page_${"a".repeat(40)}`;
const BODY = JSON.stringify({ prompt: "hello", session_id });
const past = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

type Make = (tokens: Tokens) => Promise<string> | string | undefined;

/** What a client sends in `X-Auth-Token`, and the status. */
const WRONG: readonly (readonly [title: string, token: Make, status: 401 | 403])[] = [
  ["no token", () => undefined, 401],
  ["an empty token", () => "", 401],
  ["garbage", () => "garbage", 401],
  ["three parts that are no JSON", () => "a.b.c", 401],
  ["another scheme", async (tokens) => `Basic ${await tokens.issued({})}`, 401],
  ["two tokens", async (tokens) => `${await tokens.issued({})}, a.b.c`, 401],
  ["an expired token", (tokens) => tokens.issued({ exp: past(60) }), 401],
  ["a token without an end", (tokens) => tokens.issued({ exp: null }), 401],
  ["another issuer", (tokens) => tokens.issued({ iss: "https://evil.example" }), 401],
  ["another key", (tokens) => tokens.otherKey(), 401],
  ["an unknown key", (tokens) => tokens.unknownKey(), 401],
  ["changed claims", (tokens) => tokens.changed({ sub: "admin" }), 401],
  ["alg none", (tokens) => tokens.unsignedButLong(), 401],
  ["HS256 with the public key", (tokens) => tokens.publicKeyAsSecret(), 401],
  ["an ID token", (tokens) => tokens.issued({ nonce: "n" }), 401],
  ["a refresh token", (tokens) => tokens.issued({ typ: "Refresh" }), 401],
  ["a logout token", (tokens) => tokens.issued({ events: {} }), 401],
  ["a token bound to a key", (tokens) => tokens.issued({ cnf: { jkt: "t" } }), 401],
  ["another audience", (tokens) => tokens.issued({ aud: "https://other" }), 401],
  ["no subject", (tokens) => tokens.issued({ sub: null }), 401],
  ["no scope", (tokens) => tokens.issued({ scope: null }), 403],
];

describe("a public edge at which users sign in", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  let tokens: Tokens;
  before(async () => {
    agent = await OwnAgent.start((_, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
    });
    frontDoor = await LocalFrontDoor.start(["--stack", "public-edge-users", "--agent", agent.url]);
    tokens = Tokens.of(frontDoor.announced);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  /** A page's request as a browser sends it; nothing but the token says who calls. */
  const send = async (token: string | undefined, path = "/invoke", method = "POST"): Promise<Response> => {
    const hash = createHash("sha256").update(BODY).digest("hex");
    return await fetch(`${frontDoor.door("streamingUrl").url}${path}`, {
      method,
      headers: {
        origin: ORIGIN,
        ...(method === "POST" && { ...JSON_HEADERS, "x-amz-content-sha256": hash }),
        ...(token !== undefined && { "x-auth-token": token }),
      },
      ...(method === "POST" && { body: BODY }),
    });
  };
  const answer = async (...parameters: Parameters<typeof send>): Promise<Answer> =>
    await readAnswer(await send(...parameters));

  it("streams to a signed-in user's page, with the scheme and without it", async () => {
    const token = await tokens.issued({ sub: "ann" });
    for (const value of [token, `Bearer ${token}`, `BEARER ${token}`]) {
      const response = await send(value);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("access-control-allow-origin"), ORIGIN);
      assert.match(response.headers.get("cache-control") ?? "", /no-store/);
      assert.deepEqual(
        (await arrivals(response)).map(({ data }) => data),
        ["hello"],
      );
    }
  });

  for (const [title, make, status] of WRONG) {
    it(`answers ${String(status)} to ${title}, and the agent is not called`, async () => {
      const reached = agent.received.length;
      const response = await send(await make(tokens));
      assert.equal(response.headers.get("www-authenticate"), status === 401 ? "Bearer" : null);
      const { error } = await readAnswer(response);
      assert.deepEqual([response.status, error?.code], [status, status === 401 ? "UNAUTHORIZED" : "ACCESS_DENIED"]);
      assert.equal(agent.received.length, reached);
    });
  }

  it("asks for a token on every route but /health", async () => {
    for (const [method, path, status] of [
      ["DELETE", `/sessions/${session_id}`, 401],
      ["GET", "/", 401],
      ["GET", "/invoke", 401],
      ["POST", "/agents/other/invoke", 401],
      ["POST", "/health/", 401],
      ["GET", "/health", 200],
    ] as const) {
      const response = await send(undefined, path, method);
      assert.equal(response.status, status, `${method} ${path}`);
      await response.text();
    }
  });

  it("keeps users apart, and a user's sessions together over several tokens", async () => {
    const ids: unknown[] = [];
    for (const sub of ["ann", "bob", "ann"]) {
      assert.equal((await answer(await tokens.issued({ sub, jti: String(ids.length) }))).text, "hello");
      ids.push(agent.received.at(-1)?.headers[SESSION_HEADER]);
    }
    assert.notEqual(ids[0], ids[1]);
    assert.equal(ids[0], ids[2]);
  });

  it("names the kind of its callers in the log, and the fault of a token", async () => {
    const headers = { "x-auth-token": await tokens.issued({ aud: "other" }) };
    for (const own of [{}, headers]) {
      await (await frontDoor.invoke("streamingUrl", { prompt: "hello" }, own)).text();
      await frontDoor.loggedRequests();
    }
    const lines = (await frontDoor.requestLines()).map(({ caller, code, reason }) => [caller, code, reason].join(" "));
    assert.ok(lines.some((line) => line.startsWith("jwt ")));
    assert.ok(lines.includes("none UNAUTHORIZED audience"), lines.join("\n"));
  });

  it("stops a user's own session only", async () => {
    const [ann, bob] = [await tokens.issued({ sub: "ann" }), await tokens.issued({ sub: "bob-2" })];
    await answer(ann);
    assert.equal((await answer(bob, `/sessions/${session_id}`, "DELETE")).status, 404);
    assert.equal((await answer(ann, `/sessions/${session_id}`, "DELETE")).status, 200);
  });

  it("lets a page send the token across origins", async () => {
    const response = await fetch(`${frontDoor.door("streamingUrl").url}/invoke`, {
      method: "OPTIONS",
      headers: {
        origin: ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-amz-content-sha256,x-auth-token",
      },
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get("access-control-allow-headers") ?? "", /X-Auth-Token/);
  });

  it("answers the client library with the announced token, and with another", async () => {
    for (const token of [undefined, await tokens.issued({ sub: "ann" })]) {
      assert.equal(await connectTo(frontDoor.door("streamingUrl"), { token }).ask("hello").text(), "hello");
    }
  });

  it("never logs a token", () => {
    assert.deepEqual(
      frontDoor.log.filter((line) => line.includes("eyJ") && !line.includes("curl ")),
      [],
    );
  });
});

describe("a public edge with the stack's own user pool", () => {
  for (const [title, changes] of Object.entries<object>({
    alone: { doors: ["streamingUrl"] },
    "beside a REST door with the same pool": { doors: ["streamingUrl", "streamingApi"], apiAuth: "cognito" },
  })) {
    it(`takes its access tokens at every door, and nothing else: ${title}`, async () => {
      const config = { edge: true, callers: [], edgeAuth: "cognito", ...changes };
      const frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(config)]);
      try {
        const tokens = Tokens.of(frontDoor.announced);
        for (const { name } of frontDoor.announced.doors) {
          assert.ok((await connectTo(frontDoor.door(name)).ask("hello").text()).length > 0);
          const token = await tokens.issued({ token_use: "id" });
          await assert.rejects(connectTo(frontDoor.door(name), { token }).ask("hello").text(), {
            code: "UNAUTHORIZED",
          });
        }
      } finally {
        await frontDoor.stop();
      }
    });
  }
});

describe("a public edge with tokens that the runtime verifies as well", () => {
  it("hands the same token on", async () => {
    const jwt = { issuer: "https://login.example.com/", audience: ["agent"] };
    const config = { doors: ["streamingUrl"], edge: true, callers: [], edgeAuth: "jwt", jwt, runtimeAuth: "oauth" };
    const frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(config)]);
    try {
      const door = frontDoor.door("streamingUrl");
      assert.ok((await connectTo(door).ask("hello").text()).length > 0);
      await assert.rejects(connectTo(door, { token: "a.b.c" }).ask("hello").text(), { code: "UNAUTHORIZED" });
    } finally {
      await frontDoor.stop();
    }
  });
});
