import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { connectTo } from "../../../local/ask/connectTo";
import { curlLines } from "../../../local/cli/announce";
import { JSON_HEADERS } from "../../support/http/badInput";
import { ROOT, stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { arrivals } from "../../support/http/sse";

const ORIGIN = "https://app.example.com";
const EDGE = { doors: ["streamingUrl"], callers: [], edge: true };

interface ErrorReply {
  readonly error: { readonly code: string; readonly message: string; readonly request_id: string };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const BODY = JSON.stringify({ prompt: "hello" });

async function start(changes: Readonly<Record<string, unknown>>): Promise<LocalFrontDoor> {
  return await LocalFrontDoor.start(["--config-file", stackFile({ ...EDGE, ...changes })]);
}

function post(frontDoor: LocalFrontDoor, headers: Record<string, string>, body = BODY): Promise<Response> {
  const url = `${frontDoor.door("streamingUrl").url}/invoke`;
  return fetch(url, { method: "POST", headers: { ...JSON_HEADERS, ...headers }, body });
}

describe("streamingUrl behind its edge", () => {
  let frontDoor: LocalFrontDoor;
  before(async () => {
    frontDoor = await start({ corsOrigins: [ORIGIN] });
  });
  after(async () => {
    await frontDoor.stop();
  });

  it("is announced at the edge, which asks for no proof", () => {
    assert.deepEqual(frontDoor.door("streamingUrl").auth, { type: "EDGE" });
  });

  it("passes each event on before the agent has made the next", async () => {
    const events = await arrivals(await frontDoor.invoke("streamingUrl", { prompt: "count 6 every 400" }));
    assert.equal(events.length, 6);
    const made = events.map(({ data }) => (JSON.parse(data) as { at: number }).at);
    for (const [index, next] of made.slice(1).entries()) {
      assert.ok(
        (events[index]?.at ?? Infinity) < next,
        `event ${index + 1} arrived before event ${index + 2} was made`,
      );
    }
  });

  it("says how a browser shall treat its answers", async () => {
    const { headers } = await frontDoor.send("streamingUrl", "/health", { method: "GET" });
    assert.deepEqual(
      [
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "content-security-policy",
      ].map((name) => headers.get(name)),
      [
        "max-age=63072000; includeSubDomains",
        "nosniff",
        "DENY",
        "no-referrer",
        "default-src 'none'; frame-ancestors 'none'",
      ],
    );
  });

  for (const [title, headers] of Object.entries<Record<string, string>>({
    "no hash of its body": {},
    "another body's hash": { "x-amz-content-sha256": sha256("another") },
    "no hash, said to be so": { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    "a signature of its own instead": {
      authorization: "AWS4-HMAC-SHA256 Credential=x",
      "x-amz-date": "20300101T000000Z",
    },
  })) {
    it(`answers 403 to a request with ${title}, and does not call the function`, async () => {
      const before = await frontDoor.loggedRequests();
      const response = await post(frontDoor, headers);
      assert.equal(response.status, 403);
      assert.equal(response.headers.get("x-amzn-errortype"), "InvalidSignatureException");
      await response.text();
      assert.equal(await frontDoor.loggedRequests(), before);
    });
  }

  it("knows no caller: a session belongs to every client that has its id", async () => {
    const first = await frontDoor.invoke("streamingUrl", { prompt: "hi" }, { "user-agent": "one" });
    await first.text();
    const session_id = first.headers.get("x-session-id") ?? "";
    const second = await frontDoor.invoke("streamingUrl", { prompt: "hi", session_id }, { "user-agent": "two" });
    await second.text();
    assert.equal(second.headers.get("x-session-id"), session_id);
    await frontDoor.loggedRequests();
    const lines = (await frontDoor.requestLines()).filter((line) => line["session_hash"] !== undefined);
    const [last, before] = lines.reverse();
    assert.deepEqual([last?.["caller"], before?.["caller"]], ["none", "none"]);
    assert.equal(last?.["session_hash"], before?.["session_hash"]);
    const stopped = await frontDoor.send("streamingUrl", `/sessions/${session_id}`, { method: "DELETE" });
    assert.equal(stopped.status, 200);
  });

  it("answers a preflight", async () => {
    const response = await fetch(`${frontDoor.door("streamingUrl").url}/invoke`, {
      method: "OPTIONS",
      headers: {
        origin: ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-amz-content-sha256",
      },
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("access-control-allow-origin"), ORIGIN);
    assert.match(response.headers.get("access-control-allow-headers") ?? "", /X-Amz-Content-Sha256/);
  });

  it("refuses a body beyond the firewall's window in the contract's shape, readable by the page", async () => {
    const body = JSON.stringify({ prompt: "x".repeat(70_000) });
    const response = await post(frontDoor, { "x-amz-content-sha256": sha256(body) }, body);
    const { error } = (await response.json()) as ErrorReply;
    assert.deepEqual([response.status, error.code], [413, "BODY_TOO_LARGE"]);
    assert.equal(response.headers.get("access-control-allow-origin"), ORIGIN);
    assert.match(error.request_id, /x-amz-cf-id/);
    assert.ok(response.headers.get("x-amz-cf-id"));
  });

  it("leaves nobody else in through the Function URL itself", async () => {
    const line = frontDoor.log.find((each) => each.includes("[edge]")) ?? "";
    const direct = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? "";
    const before = await frontDoor.loggedRequests();
    const unsigned = await fetch(`${direct}/health`);
    const { hostname, host } = new URL(direct);
    const signer = new SignatureV4({
      service: "lambda",
      region: "us-east-1",
      credentials: frontDoor.announced.credentials,
      sha256: Sha256,
    });
    const request = { method: "GET", protocol: "http:", hostname, path: "/health", headers: { host } };
    const { headers } = await signer.sign(request);
    const signed = await fetch(`${direct}/health`, { headers });
    for (const response of [unsigned, signed]) {
      assert.deepEqual([response.status, response.headers.get("x-amzn-errortype")], [403, "AccessDeniedException"]);
      await response.text();
    }
    assert.equal(await frontDoor.loggedRequests(), before);
  });

  // What follows calls without the test's own client, which knows whose lines are still to come.
  it("answers the client and the printed curl line", async () => {
    const words = await connectTo(frontDoor.door("streamingUrl")).ask("count 3 every 1").text();
    assert.equal(words, "1 2 3 ");
    const [line = ""] = curlLines(frontDoor.announced);
    const { stdout } = await promisify(execFile)("sh", ["-c", line]);
    assert.match(stdout, /"text":"5 "/);
  });

  it("answers the snippet of docs/edge.md", async () => {
    const page = readFileSync(join(ROOT, "docs", "edge.md"), "utf8");
    const snippet = /```js\n([^]*?)```/.exec(page)?.[1] ?? "";
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own code is what is tested
    const run = new Function("edgeUrl", "show", `return (async () => {${snippet}})()`) as (
      url: string,
      show: (text: string) => void,
    ) => Promise<void>;
    let shown = "";
    await run(frontDoor.door("streamingUrl").url, (text) => (shown += text));
    assert.match(shown, /Hello/);
  });

  it("lets no browser's own Authorization through to the function", async () => {
    const response = await post(frontDoor, { "x-amz-content-sha256": sha256(BODY), authorization: "Bearer mine" });
    assert.equal(response.status, 200);
    await response.text();
  });
});

describe("an edge that hashes bodies", () => {
  let frontDoor: LocalFrontDoor;
  before(async () => {
    frontDoor = await start({ edgeSigner: true });
  });
  after(async () => {
    await frontDoor.stop();
  });

  for (const [title, headers] of Object.entries<Record<string, string>>({
    "no hash": {},
    "a wrong hash": { "x-amz-content-sha256": sha256("another") },
    "no hash, said to be so": { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
  })) {
    it(`serves a client that sends ${title}`, async () => {
      const response = await post(frontDoor, headers, JSON.stringify({ prompt: "Grüße, 世界" }));
      assert.equal(response.status, 200);
      assert.match(await response.text(), /Grüße, 世界/);
    });
  }

  it("streams as one that does not", async () => {
    const events = await arrivals(await post(frontDoor, {}, JSON.stringify({ prompt: "count 5 every 300" })));
    const [first, last] = [events[0], events[4]];
    assert.ok(first && last && first.at < (JSON.parse(last.data) as { at: number }).at);
  });

  it("serves requests without a body, also with a hash that is none of theirs", async () => {
    const { url } = frontDoor.door("streamingUrl");
    const health = await fetch(`${url}/health`, { headers: { "x-amz-content-sha256": sha256("another") } });
    assert.equal(health.status, 200);
    const stopped = await fetch(`${url}/sessions/${"s".repeat(40)}`, { method: "DELETE" });
    assert.equal(stopped.status, 404);
  });
});

describe("the firewall at the edge", () => {
  const withFrontDoor = async (changes: object, test: (frontDoor: LocalFrontDoor) => Promise<void>) => {
    const frontDoor = await start({ ...changes });
    try {
      await test(frontDoor);
    } finally {
      await frontDoor.stop();
    }
  };
  const health = (frontDoor: LocalFrontDoor) => fetch(`${frontDoor.door("streamingUrl").url}/health`);

  it("blocks the addresses of wafBlockIps", async () => {
    await withFrontDoor({ wafBlockIps: ["127.0.0.0/8", "::1/128"] }, async (frontDoor) => {
      const response = await health(frontDoor);
      const { error } = (await response.json()) as ErrorReply;
      assert.deepEqual([response.status, error.code], [403, "REQUEST_BLOCKED"]);
      assert.equal(response.headers.get("x-reference"), "blocked-addresses");
      assert.equal(await frontDoor.loggedRequests(), 0);
    });
  });

  it("blocks an address beyond its rate", async () => {
    await withFrontDoor({ rateLimitPerFiveMinutes: 10 }, async (frontDoor) => {
      for (let sent = 0; sent < 10; sent++) assert.equal((await health(frontDoor)).status, 200);
      const response = await health(frontDoor);
      const { error } = (await response.json()) as ErrorReply;
      assert.deepEqual([response.status, error.code], [429, "RATE_LIMITED"]);
      assert.equal(response.headers.get("retry-after"), "60");
      assert.equal(response.headers.get("x-reference"), "rate");
    });
  });
});
