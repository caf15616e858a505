import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connectTo } from "../../../local/ask/connectTo";
import type { DoorName } from "../../../contract/wire/doors";
import { readAnswer, type Answer } from "../../support/http/answer";
import { JSON_HEADERS } from "../../support/http/badInput";
import { curlLines } from "../../../local/cli/announce";
import { ROOT, stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";
import { arrivals } from "../../support/http/sse";
import { Tokens } from "../../support/http/tokens";

const run = promisify(execFile);
const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";
const session_id = `auth_${"a".repeat(40)}`;
const past = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

interface Wrong {
  readonly token: (tokens: Tokens) => Promise<string>;
  readonly status: 401 | 403;
}

/** Tokens that open nothing, at any authorizer. */
const WRONG: Readonly<Record<string, Wrong>> = {
  garbage: { token: () => Promise.resolve("garbage"), status: 401 },
  "three parts that are no JSON": { token: () => Promise.resolve("a.b.c"), status: 401 },
  "an expired token": { token: (tokens) => tokens.issued({ exp: past(60) }), status: 401 },
  "a token without an end": { token: (tokens) => tokens.issued({ exp: null }), status: 401 },
  "a token of the future": { token: (tokens) => tokens.issued({ nbf: past(-600) }), status: 401 },
  "another issuer's token": { token: (tokens) => tokens.issued({ iss: "https://evil.example.com" }), status: 401 },
  "the issuer without its slash": {
    token: (tokens) => tokens.issued({ iss: "https://login.example.com//" }),
    status: 401,
  },
  "another key's signature": { token: (tokens) => tokens.otherKey(), status: 401 },
  "an unknown key's signature": { token: (tokens) => tokens.unknownKey(), status: 401 },
  "changed claims": { token: (tokens) => tokens.changed({ sub: "admin" }), status: 401 },
  "alg none": { token: (tokens) => tokens.unsigned(), status: 401 },
  "alg none with a signature": { token: (tokens) => tokens.unsignedButLong(), status: 401 },
  "HS256 with the public key as its secret": { token: (tokens) => tokens.publicKeyAsSecret(), status: 401 },
  "an id token": { token: (tokens) => tokens.issued({ token_use: "id" }), status: 401 },
};

const JWT_WRONG: Readonly<Record<string, Wrong>> = {
  "another audience": { token: (tokens) => tokens.issued({ aud: "https://other.example.com" }), status: 401 },
  "no audience": { token: (tokens) => tokens.issued({ aud: null }), status: 401 },
  "no subject": { token: (tokens) => tokens.issued({ sub: null }), status: 401 },
  "an id token by its hashes": { token: (tokens) => tokens.issued({ at_hash: "x" }), status: 401 },
};

const SCOPES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no scope": { scope: null },
  "another scope": { scope: "openid profile agent.invoke.more" },
};

interface Stack {
  readonly stack: string;
  readonly doors: readonly DoorName[];
  readonly header: string;
  readonly wrong: Readonly<Record<string, Wrong>>;
}

const missingScope = (status: 401 | 403): Record<string, Wrong> =>
  Object.fromEntries(
    Object.entries(SCOPES).map(([title, claims]) => [title, { token: (tokens) => tokens.issued(claims), status }]),
  );

const STACKS: readonly Stack[] = [
  {
    stack: "cognito",
    doors: ["bufferedApi", "streamingApi"],
    header: "authorization",
    wrong: { ...WRONG, ...missingScope(401) },
  },
  {
    stack: "jwt",
    doors: ["bufferedApi", "streamingApi"],
    header: "authorization",
    wrong: { ...WRONG, ...JWT_WRONG, ...missingScope(403) },
  },
  { stack: "jwt-with-key", doors: ["streamingApi"], header: "authorization", wrong: { ...WRONG, ...JWT_WRONG } },
];

for (const { stack, doors, header, wrong } of STACKS) {
  describe(`the stack ${stack}, in real processes`, () => {
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;
    let tokens: Tokens;
    before(async () => {
      agent = await OwnAgent.start((_, response) => {
        response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: hello\n\n");
      });
      frontDoor = await LocalFrontDoor.start(["--stack", stack, "--agent", agent.url]);
      tokens = Tokens.of(frontDoor.announced);
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
    });

    const send = async (door: DoorName, headers: Record<string, string>): Promise<Answer> =>
      await readAnswer(await frontDoor.invoke(door, { prompt: "hello", session_id }, headers));

    /** Asserts a refusal of API Gateway, in the contract's shape, that never reached the agent. */
    const assertRefused = ({ status, error }: Answer, expected: number, code: string, reached: number): void => {
      assert.deepEqual([status, error?.code], [expected, code]);
      assert.match(error?.message ?? "", /bearer token in `Authorization`/);
      assert.match(error?.request_id ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(agent.received.length, reached, "the agent is not reached");
    };

    for (const door of doors) {
      it(`${door} opens to the announced token`, async () => {
        assert.equal(frontDoor.door(door).auth.type, "BEARER");
        const response = await frontDoor.invoke(door, { prompt: "hello" });
        assert.equal(response.status, 200);
        if (door === "streamingApi") {
          assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
          assert.deepEqual(
            (await arrivals(response)).map(({ data }) => data),
            ["hello"],
          );
        } else assert.equal((await readAnswer(response)).text, "hello");
      });

      for (const [title, { token, status }] of Object.entries(wrong)) {
        it(`${door} answers ${status} to ${title}`, async () => {
          const reached = agent.received.length;
          const answer = await send(door, { [header]: `Bearer ${await token(tokens)}` });
          assertRefused(answer, status, status === 401 ? "UNAUTHORIZED" : "ACCESS_DENIED", reached);
        });
      }

      it(`${door} answers 401 to no token, on every route`, async () => {
        const reached = agent.received.length;
        for (const [method, path] of [
          ["POST", "/invoke"],
          ["GET", "/health"],
          ["DELETE", `/sessions/${session_id}`],
          ["GET", "/"],
        ]) {
          const response = await fetch(`${frontDoor.door(door).url}${path ?? ""}`, {
            method: method ?? "",
            headers: { ...JSON_HEADERS, ...keyOf(frontDoor, door) },
            ...(method === "POST" && { body: '{"prompt":"hello"}' }),
          });
          assertRefused(await readAnswer(response), 401, "UNAUTHORIZED", reached);
        }
      });

      it(`${door} keeps the sessions of an issuer's users apart`, async () => {
        const ids: unknown[] = [];
        for (const sub of ["ann", "bob", "ann"]) {
          const token = await tokens.issued({ sub, jti: String(ids.length) });
          assert.equal((await send(door, { [header]: `Bearer ${token}` })).text, "hello");
          ids.push(agent.received.at(-1)?.headers[SESSION_HEADER]);
        }
        assert.notEqual(ids[0], ids[1]);
        assert.equal(ids[0], ids[2]);
      });

      it(`${door} takes another token from the client library`, async () => {
        const before = agent.received.length;
        const token = await tokens.issued({ sub: "ann" });
        const words = await connectTo(frontDoor.door(door), { token }).ask("hello").text();
        assert.deepEqual([words, agent.received.length], ["hello", before + 1]);
      });
    }

    it("knows the caller by the token", async () => {
      for (const door of doors) assert.equal((await send(door, {})).text, "hello");
      await frontDoor.loggedRequests();
      const lines = await frontDoor.requestLines(1);
      assert.deepEqual([...new Set(lines.map(({ caller }) => caller))], ["jwt"]);
    });

    it("names the issuer that it stands in for, and never logs a token", () => {
      assert.ok(frontDoor.log.some((line) => /the issuer https:\/\/.*: a local one .* stands in for it/.test(line)));
      const withToken = frontDoor.log.filter((line) => line.includes("eyJ") && !line.includes("curl "));
      assert.deepEqual(withToken, []);
    });

    it("prints lines that work as they are, and asks with FRONT_DOOR_TOKEN at a deployed door", async () => {
      const lines = curlLines(frontDoor.announced);
      assert.equal(lines.length, doors.length);
      const hasCurl = await run("curl", ["--version"]).catch(() => undefined);
      for (const line of lines) if (hasCurl) assert.match((await run("sh", ["-c", line])).stdout, /hello/);
      const { url, name } = frontDoor.door("streamingApi");
      const key = keyOf(frontDoor, name)["x-api-key"];
      const { stdout } = await run(
        process.execPath,
        [
          ...["--import", "tsx", "local/ask/main.ts", name, "hello", "--url", url],
          ...(key === undefined ? [] : ["--api-key", key]),
        ],
        { cwd: ROOT, env: { PATH: process.env["PATH"], FRONT_DOOR_TOKEN: await tokens.issued({ sub: "ann" }) } },
      );
      assert.equal(stdout, "hello\n");
    });

    it("says how long tokens live, and how to get another caller's", () => {
      const text = frontDoor.log.join("\n");
      assert.match(text, /The bearer tokens live 12 hours/);
      assert.ok(text.includes(`curl -sS -d '{"sub": "ann"}' ${frontDoor.announced.tokens?.url ?? ""}`));
    });

    if (stack === "jwt-with-key") {
      for (const key of ["", "x".repeat(40)]) {
        it(`asks for a key beside the token: 403 to ${JSON.stringify(key)}`, async () => {
          const reached = agent.received.length;
          const answer = await send("streamingApi", { "x-api-key": key });
          assert.deepEqual([answer.status, answer.error?.code], [403, "INVALID_API_KEY"]);
          assert.equal(agent.received.length, reached);
        });
      }
    }
  });
}

function keyOf(frontDoor: LocalFrontDoor, door: DoorName): Record<string, string> {
  const { apiKey } = frontDoor.door(door);
  return apiKey ? { [apiKey.header]: apiKey.value } : {};
}

describe("the stack custom, in real processes", () => {
  let frontDoor: LocalFrontDoor;
  before(async () => {
    frontDoor = await LocalFrontDoor.start(["--stack", "custom"]);
  });
  after(async () => {
    await frontDoor.stop();
  });

  it("lets in whoever sends the identity header, and says loudly that nobody is asked", async () => {
    const { auth } = frontDoor.door("streamingApi");
    assert.deepEqual(auth, { type: "BEARER", header: "X-Partner-Token", value: "Bearer local" });
    const response = await frontDoor.invoke("streamingApi", { prompt: "count 2 every 1" });
    assert.deepEqual([response.status, (await arrivals(response)).length], [200, 2]);
    const [line] = await frontDoor.requestLines(1);
    assert.equal(line?.["caller"], "authorizer");
    assert.ok(
      frontDoor.log.some((text) =>
        /YOUR AUTHORIZER arn:aws:lambda:.*:my-authorizer:live IS NOT ASKED.*`X-Partner-Token`/.test(text),
      ),
    );
  });

  for (const headers of [{}, { "x-partner-token": "" }, { authorization: "Bearer local" }]) {
    it(`answers 401 to ${JSON.stringify(headers)}`, async () => {
      const url = `${frontDoor.door("streamingApi").url}/invoke`;
      const response = await fetch(url, {
        method: "POST",
        headers: { ...JSON_HEADERS, ...headers } as Record<string, string>,
        body: '{"prompt":"hi"}',
      });
      const { status, error } = await readAnswer(response);
      assert.deepEqual([status, error?.code], [401, "UNAUTHORIZED"]);
    });
  }
});

describe("a key beside a signature, in real processes", () => {
  it("is asked for, whichever of the stack's keys it is, and the principal stays the caller", async () => {
    const file = stackFile({ apiAuth: "iam", doors: ["streamingApi"], apiKeys: { one: {}, two: {} } });
    const frontDoor = await LocalFrontDoor.start(["--config-file", file]);
    try {
      const { auth, apiKey } = frontDoor.door("streamingApi");
      assert.deepEqual([auth.type, apiKey?.header], ["AWS_IAM", "x-api-key"]);
      const { credentials } = frontDoor.announced;
      assert.ok(await connectTo(frontDoor.door("streamingApi"), { credentials }).ask("hello").text());
      const [line] = await frontDoor.requestLines(1);
      assert.equal(line?.["caller"], "iam");
      const wrong = await readAnswer(
        await frontDoor.invoke("streamingApi", { prompt: "hello" }, { "x-api-key": "no" }),
      );
      assert.deepEqual([wrong.status, wrong.error?.code], [403, "INVALID_API_KEY"]);
      const { url } = frontDoor.door("streamingApi");
      const headers = { ...JSON_HEADERS, ...keyOf(frontDoor, "streamingApi") };
      const unsigned = await fetch(`${url}/invoke`, { method: "POST", headers, body: '{"prompt":"hello"}' });
      assert.equal((await readAnswer(unsigned)).error?.code, "MISSING_AUTHENTICATION_TOKEN");
    } finally {
      await frontDoor.stop();
    }
  });
});
