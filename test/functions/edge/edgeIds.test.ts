import assert from "node:assert/strict";
import crypto, { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { edgeIds } from "../../../functions/edge/edgeIds";
import { issuedIds } from "../../../functions/edge/issuedIds";
import { kmsMac } from "../../../functions/edge/kmsMac";
import type { DoorRequest } from "../../../functions/request/request";

const ARN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const MAC = createHmac("sha256", "k").update("t").digest();
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

const request = (method: string, path: string, isPublic = true): DoorRequest => ({
  method,
  path,
  isPublic,
  header: () => undefined,
  body: Buffer.alloc(0),
  caller: undefined,
});
const INVOKE = request("POST", "/invoke");

describe("an issued session id", () => {
  const ids = issuedIds(MAC);

  it("opens its session, and is one that AgentCore and this contract accept", () => {
    for (let i = 0; i < 200; i++) {
      const id = ids.issue();
      assert.match(id, /^[A-Za-z0-9_-]{33,100}$/);
      assert.ok(ids.opens(id));
    }
  });

  it("opens nothing if any one character is another", () => {
    const id = ids.issue();
    for (let at = 0; at < id.length; at++)
      for (const other of ALPHABET)
        if (other !== id[at]) assert.ok(!ids.opens(id.slice(0, at) + other + id.slice(at + 1)), `${at} ${other}`);
  });

  it("opens nothing truncated, extended, in other case, or with another key", () => {
    const id = ids.issue();
    for (let cut = 1; cut <= id.length; cut++) assert.ok(!ids.opens(id.slice(0, -cut)) && !ids.opens(id.slice(cut)));
    for (const more of [...Array.from(ALPHABET), "=", "\n", " ", id])
      assert.ok(!ids.opens(id + more) && !ids.opens(more + id));
    assert.ok(!ids.opens(id.toUpperCase()) && !ids.opens(id.toLowerCase()));
    assert.ok(!issuedIds(randomBytes(32)).opens(id));
  });

  it("is compared in a time that tells nothing about the tag", () => {
    const { timingSafeEqual } = crypto;
    const compared: boolean[] = [];
    crypto.timingSafeEqual = (a, b) => {
      compared.push(timingSafeEqual(a, b));
      return compared.at(-1) === true;
    };
    try {
      const id = ids.issue();
      ids.opens(id);
      ids.opens(`${id.slice(0, 30)}${"A".repeat(32)}`);
      ids.opens(`${id.slice(0, -1)}${id.endsWith("A") ? "B" : "A"}`);
    } finally {
      crypto.timingSafeEqual = timingSafeEqual;
    }
    assert.deepEqual(compared, [true, false, false]);
  });

  it("cannot be made without the key", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^session-[A-Za-z0-9_-]{54}$/), fc.string(), (made, text) => {
        assert.ok(!ids.opens(made) && !ids.opens(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        assert.equal(ids.opens(issuedIds(key).issue()), Buffer.from(key).equals(MAC));
      }),
    );
  });
});

describe("the key of the session ids", () => {
  const { fetch } = globalThis;
  const env = { ...process.env };
  let sent: { url: string; body: string; init: RequestInit }[];
  beforeEach(() => {
    sent = [];
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIDTEST", AWS_SECRET_ACCESS_KEY: "secret" });
  });
  afterEach(() => {
    globalThis.fetch = fetch;
    process.env = { ...env };
  });
  type Answer = (signal: AbortSignal) => Response | Promise<Response>;
  const script = (...answers: readonly Answer[]): void => {
    globalThis.fetch = (url, init = {}) => {
      assert.ok(typeof url === "string" && typeof init.body === "string");
      sent.push({ url, body: init.body, init });
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      assert.ok(answer && init.signal);
      return Promise.resolve(answer(init.signal));
    };
  };
  const up: Answer = () => Response.json({ KeyId: ARN, Mac: MAC.toString("base64"), MacAlgorithm: "HMAC_SHA_256" });
  const hangs: Answer = (signal) =>
    new Promise((_, reject) => {
      const abort = () => {
        reject(new Error("aborted"));
      };
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort);
    });
  const prepare = () => edgeIds({ SESSION_KMS_KEY_ARN: ARN });

  it("comes from one signed GenerateMac, however many requests there are", async () => {
    script(up);
    const ask = prepare();
    const found = await Promise.all([1, 2, 3].map(() => ask(INVOKE, 9000)));
    found.push(await ask(request("DELETE", "/sessions/x"), 9000), await ask(request("POST", "/agents/a/invoke"), 9000));
    assert.equal(sent.length, 1);
    const [{ url, body, init } = { url: "", body: "", init: {} }] = sent;
    assert.equal(url, "https://kms.eu-west-1.amazonaws.com/");
    assert.match(new Headers(init.headers).get("authorization") ?? "", /^AWS4-HMAC-SHA256 .*eu-west-1\/kms\/aws4_/);
    assert.deepEqual(Object.keys(JSON.parse(body) as object), ["KeyId", "MacAlgorithm", "Message"]);
    const [first] = found;
    assert.ok(first && "ids" in first && first.ids);
    for (const each of found) assert.ok("ids" in each && each.ids.opens(first.ids.issue()));
    assert.ok(first.ids.opens(issuedIds(MAC).issue()), "every execution environment has the same key");
  });

  it("is not asked for by a request that needs no session", async () => {
    script(up);
    const ask = prepare();
    for (const [method, path, isPublic] of [
      ["GET", "/health", true],
      ["GET", "/invoke", true],
      ["POST", "/other", true],
      ["POST", "/sessions/x", true],
      ["POST", "/invoke", false],
    ] as const)
      assert.deepEqual(await ask(request(method, path, isPublic), 9000), {});
    assert.equal(sent.length, 0);
  });

  const OUTAGES: Readonly<Record<string, readonly [Answer, string]>> = {
    "is down": [() => Promise.reject(new Error("ECONNREFUSED")), "kms: no connection"],
    "refuses the role": [() => new Response('{"__type":"AccessDeniedException"}', { status: 400 }), "kms: status 400"],
    throttles: [() => new Response("{}", { status: 429 }), "kms: status 429"],
    fails: [() => new Response("", { status: 500 }), "kms: status 500"],
    "sends no JSON": [() => new Response("<html>"), "kms: no MAC in the answer"],
    "sends null": [() => Response.json(null), "kms: no MAC in the answer"],
    "sends no MAC": [() => Response.json({}), "kms: no MAC in the answer"],
    "sends an empty MAC": [() => Response.json({ Mac: "" }), "kms: no MAC in the answer"],
    "sends a short MAC": [() => Response.json({ Mac: "AAAA" }), "kms: no MAC in the answer"],
  };
  for (const [title, [answer, reason]] of Object.entries(OUTAGES)) {
    it(`opens no session while KMS ${title}, and asks again at the next request`, async () => {
      script(answer, answer, up);
      const ask = prepare();
      const refusal = { code: "SESSIONS_UNAVAILABLE", reason };
      assert.deepEqual(await Promise.all([ask(INVOKE, 9000), ask(INVOKE, 9000)]), [refusal, refusal]);
      assert.equal(sent.length, 1, "requests that wait share a call");
      assert.deepEqual(await ask(INVOKE, 9000), refusal);
      assert.ok("ids" in (await ask(INVOKE, 9000)));
      assert.ok("ids" in (await ask(INVOKE, 9000)));
      assert.equal(sent.length, 3);
    });
  }

  it("waits for a silent KMS no longer than the request has time", async () => {
    script(hangs, hangs, up);
    const ask = prepare();
    for (const left of [0, -5])
      assert.deepEqual(await ask(INVOKE, left), { code: "SESSIONS_UNAVAILABLE", reason: "kms: timeout" });
    assert.ok("ids" in (await ask(INVOKE, 9000)));
    assert.equal(sent.length, 3);
  });

  it("is missing at init, not at the first request", () => {
    for (const arn of ["", "alias/x", ARN.replace("kms", "iam"), `${ARN} `, ARN.replace("key/", "alias/")])
      assert.throws(() => kmsMac(arn), /missing or malformed/);
  });
});
