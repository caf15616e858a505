import assert from "node:assert/strict";
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import { authorizer } from "../../../functions/jwt/authorizer";
import { issuerKeys } from "../../../functions/jwt/keys";
import { captureLog } from "../../support/handlers/captureLog";

const ISSUER = "https://login.example.com/";
const DISCOVERY = "https://login.example.com/.well-known/openid-configuration";
const KEYS = "https://login.example.com/keys";
const MOVED = "https://keys.example.com/new";
const SETTINGS = { issuer: ISSUER, audience: ["agent"], scopes: [] };
const METHOD_ARN = "arn:aws:execute-api:us-east-1:123456789012:api123/live/POST/invoke";
const MINUTE = 60;
const HOUR = 3_600;

type Answer = () => Response | Promise<Response>;
type Issuer = Readonly<Record<string, Answer>>;
/** Name of the signing key, which is `kid` in the header; `none` leaves it out. */
type Token = "a" | "b" | "unknown" | "none" | "forged" | "weak" | "copy";

/** One step: seconds from the start, the issuer's state, the token, the expected status, and the expected requests to the issuer. */
type Step = readonly [at: number, issuer: string, token: Token, status: 200 | 401 | 500, asked: string];

const D = "discovery";
const BOTH = "discovery keys";

/** What happens at an issuer, and the expected result for the tokens. */
const SCRIPTS: Readonly<Record<string, readonly Step[]>> = {
  "an issuer that is up is asked once in ten minutes": [
    [0, "up", "a", 200, BOTH],
    [1, "up", "a", 200, ""],
    [9 * MINUTE, "up", "a", 200, ""],
    [10 * MINUTE, "up", "a", 200, BOTH],
    [11 * MINUTE, "up", "a", 200, ""],
  ],
  "an unknown key while the issuer is down is refused alone": [
    [0, "up", "a", 200, BOTH],
    [MINUTE, "down", "unknown", 401, BOTH],
    [MINUTE, "down", "a", 200, ""],
    [MINUTE + 1, "down", "unknown", 401, ""],
    [MINUTE + 1, "down", "a", 200, ""],
    [MINUTE + 11, "down", "unknown", 401, BOTH],
    [MINUTE + 11, "down", "a", 200, ""],
  ],
  "known keys outlive their age while the issuer is down": [
    [0, "up", "a", 200, BOTH],
    [10 * MINUTE, "down", "a", 200, BOTH],
    [10 * MINUTE + 9, "down", "a", 200, ""],
    [10 * MINUTE + 10, "down", "a", 200, BOTH],
    [10 * MINUTE + 11, "down", "forged", 401, ""],
    [5 * HOUR, "down", "a", 200, BOTH],
    [5 * HOUR + 20, "up", "a", 200, BOTH],
    [5 * HOUR + 21, "up", "a", 200, ""],
  ],
  "known keys do not outlive a day": [
    [0, "up", "a", 200, BOTH],
    [24 * HOUR - 1, "down", "a", 200, BOTH],
    [24 * HOUR, "down", "a", 500, ""],
    [24 * HOUR + 9, "down", "a", 500, BOTH],
    [24 * HOUR + 30, "up", "a", 200, BOTH],
  ],
  "a cold start with the issuer down asks once in ten seconds": [
    [0, "down", "a", 500, D],
    [0, "down", "a", 500, ""],
    [9, "down", "unknown", 500, ""],
    [10, "down", "a", 500, D],
    [20, "up", "a", 200, BOTH],
  ],
  "a cold start with the issuer slow asks once in ten seconds": [
    [0, "slow", "a", 500, D],
    [1, "slow", "a", 500, ""],
    [10, "keys slow", "a", 500, BOTH],
    [20, "up", "a", 200, BOTH],
  ],
  "a slow issuer takes no key away": [
    [0, "up", "a", 200, BOTH],
    [10 * MINUTE, "slow", "a", 200, BOTH],
    [10 * MINUTE + 1, "slow", "unknown", 401, ""],
    [10 * MINUTE + 10, "keys slow", "a", 200, BOTH],
  ],
  "a new key is found": [
    [0, "up", "a", 200, BOTH],
    [MINUTE, "rotated", "b", 200, BOTH],
    [MINUTE, "rotated", "a", 200, ""],
    [MINUTE, "rotated", "unknown", 401, ""],
  ],
  "a new key is found after the issuer was down": [
    [0, "up", "a", 200, BOTH],
    [MINUTE, "down", "b", 401, BOTH],
    [MINUTE + 11, "rotated", "b", 200, BOTH],
    [MINUTE + 11, "rotated", "a", 200, ""],
  ],
  "a withdrawn key ends when the issuer says so": [
    [0, "rotated", "a", 200, BOTH],
    [10 * MINUTE, "withdrawn", "a", 401, BOTH],
    [10 * MINUTE, "withdrawn", "b", 200, ""],
    [10 * MINUTE, "down", "a", 401, ""],
    [11 * MINUTE, "down", "a", 401, BOTH],
    [11 * MINUTE, "down", "b", 200, ""],
  ],
  "strangers have the issuer asked once in thirty seconds": [
    [0, "up", "unknown", 401, BOTH],
    [1, "up", "unknown", 401, ""],
    [29, "up", "unknown", 401, ""],
    [30, "up", "unknown", 401, BOTH],
    [31, "up", "a", 200, ""],
  ],
  "keys that have moved are found again": [
    [0, "up", "a", 200, BOTH],
    [MINUTE, "moved", "b", 200, "discovery moved"],
    [MINUTE, "moved", "a", 200, ""],
    [11 * MINUTE, "moved", "a", 200, "discovery moved"],
  ],
  "keys are found if discovery alone is down": [
    [0, "up", "a", 200, BOTH],
    [MINUTE, "rotated without discovery", "b", 200, BOTH],
    [11 * MINUTE, "rotated without discovery", "a", 200, BOTH],
  ],
  "another issuer's document takes no key away": [
    [0, "up", "a", 200, BOTH],
    [10 * MINUTE, "another's", "a", 200, BOTH],
    [11 * MINUTE, "another's", "b", 401, BOTH],
  ],
  "a token without a key's name is judged by the only key, and takes none away": [
    [0, "up", "none", 200, BOTH],
    [MINUTE, "down", "none", 200, ""],
    [10 * MINUTE, "rotated", "none", 401, BOTH],
    [11 * MINUTE, "down", "none", 401, ""],
    [11 * MINUTE, "down", "a", 200, ""],
  ],
  "an issuer that flaps is asked once in ten seconds": [
    [0, "up", "a", 200, BOTH],
    [10 * MINUTE, "down", "a", 200, BOTH],
    [10 * MINUTE + 3, "up", "unknown", 401, ""],
    [10 * MINUTE + 6, "down", "a", 200, ""],
    [10 * MINUTE + 10, "down", "b", 401, BOTH],
    [10 * MINUTE + 15, "up", "a", 200, ""],
    [10 * MINUTE + 20, "rotated", "b", 200, BOTH],
    [10 * MINUTE + 25, "down", "unknown", 401, ""],
    [10 * MINUTE + 50, "down", "unknown", 401, BOTH],
    [10 * MINUTE + 55, "down", "b", 200, ""],
  ],
  "a key that is new while the issuer is down is found when it is up, and the old one stays until then": [
    [0, "up", "a", 200, BOTH],
    [11 * MINUTE, "down", "b", 401, BOTH],
    [11 * MINUTE, "down", "a", 200, ""],
    [11 * MINUTE + 10, "withdrawn", "b", 200, BOTH],
    [11 * MINUTE + 10, "withdrawn", "a", 401, ""],
  ],
  "one key that stands twice is one key": [
    [0, "twice", "a", 200, BOTH],
    [1, "twice", "forged", 401, ""],
    [1, "twice", "none", 200, ""],
  ],
  "two keys with one id verify nothing, and nobody has the issuer asked more often": [
    [0, "same id", "a", 401, BOTH],
    [1, "same id", "a", 401, ""],
    [1, "same id", "b", 401, ""],
    [30, "same id", "b", 401, BOTH],
    [10 * MINUTE + 31, "up", "a", 200, BOTH],
  ],
  "a key of another algorithm verifies nothing": [
    [0, "another algorithm", "a", 401, BOTH],
    [1, "another algorithm", "a", 401, ""],
    [30, "up", "a", 200, BOTH],
  ],
  "keys that come as another type of content are keys": [
    [0, "served as a file", "a", 200, BOTH],
    [1, "served as a file", "forged", 401, ""],
  ],
  "a weak key is no key, and its tokens are refused": [
    [0, "weak", "a", 200, BOTH],
    [1, "weak", "weak", 401, ""],
    [31, "weak", "weak", 401, BOTH],
  ],
  "what is wrong with one key does not touch the others": [
    [0, "up", "a", 200, BOTH],
    [10 * MINUTE, "one broken", "a", 200, BOTH],
    [10 * MINUTE, "one broken", "b", 401, ""],
  ],
  ...Object.fromEntries(
    [
      "status 500",
      "status 204",
      "redirect",
      "huge",
      "endless",
      "html",
      "null",
      "no object",
      "empty",
      "no keys",
      "wrong keys",
      "secret keys",
    ].map((bad) => [
      `keys that are no answer (${bad}) take none away, and let nobody in`,
      [
        [0, bad, "a", 500, BOTH],
        [1, bad, "a", 500, ""],
        [10, "up", "a", 200, BOTH],
        [11 * MINUTE, bad, "a", 200, BOTH],
        [11 * MINUTE + 1, bad, "unknown", 401, ""],
        [12 * MINUTE, bad, "unknown", 401, BOTH],
        [12 * MINUTE, bad, "a", 200, ""],
        [13 * MINUTE, "up", "a", 200, BOTH],
      ] satisfies Step[],
    ]),
  ),
};

/** The library does not sign with a weak key. */
function byHand(header: object, claims: object, key: KeyObject): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${createSign("sha256").update(text).sign(key, "base64url")}`;
}

describe("an issuer's keys over time", () => {
  const { fetch } = globalThis;
  const { now } = Date;
  // Tokens expire by the real clock.
  const START = now();
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const log = captureLog();
  const pairs = new Map<string, CryptoKey>();
  let weakKey: KeyObject;
  let issuers: Readonly<Record<string, Issuer>>;
  let clock = 0;
  let issuer: Issuer;
  let asked: string[];
  let patience: number[];

  before(async () => {
    const jwks: JWK[] = [];
    for (const kid of ["a", "b", "forged"]) {
      const { privateKey, publicKey } = await generateKeyPair("ES256");
      pairs.set(kid, privateKey);
      if (kid !== "forged") jwks.push({ ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" });
    }
    const [a = {}, b = {}] = jwks;
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const weak = { ...rsa.publicKey.export({ format: "jwk" }), kid: "weak" };
    weakKey = rsa.privateKey;
    const fill = (controller: ReadableStreamDefaultController): void => {
      controller.enqueue(Buffer.alloc(16_384, " "));
    };
    const discovery =
      (uri: string, own = ISSUER) =>
      () =>
        Response.json({ issuer: own, jwks_uri: uri });
    const keys =
      (...set: unknown[]) =>
      () =>
        Response.json({ keys: set });
    const down = () => Promise.reject(new TypeError("fetch failed"));
    const slow = () => Promise.reject(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    const found = { [DISCOVERY]: discovery(KEYS) };
    issuers = {
      up: { ...found, [KEYS]: keys(a) },
      down: { [DISCOVERY]: down, [KEYS]: down },
      slow: { [DISCOVERY]: slow, [KEYS]: slow },
      "keys slow": { ...found, [KEYS]: slow },
      rotated: { ...found, [KEYS]: keys(a, b) },
      withdrawn: { ...found, [KEYS]: keys(b) },
      moved: { [DISCOVERY]: discovery(MOVED), [KEYS]: () => new Response("", { status: 404 }), [MOVED]: keys(a, b) },
      "rotated without discovery": { [DISCOVERY]: down, [KEYS]: keys(a, b) },
      "another's": { [DISCOVERY]: discovery(MOVED, "https://evil.example/"), [KEYS]: keys(a), [MOVED]: keys(b) },
      "one broken": { ...found, [KEYS]: keys({ ...b, x: "AA" }, null, "text", { kty: "XX" }, a) },
      twice: { ...found, [KEYS]: keys(a, a) },
      "same id": { ...found, [KEYS]: keys(a, { ...b, kid: "a" }) },
      "another algorithm": { ...found, [KEYS]: keys({ ...a, alg: "ES384" }) },
      "served as a file": {
        ...found,
        [KEYS]: () =>
          new Response(JSON.stringify({ keys: [a] }), { headers: { "Content-Type": "application/octet-stream" } }),
      },
      "under another id": { ...found, [KEYS]: keys(a, { ...a, kid: "copy" }, b) },
      weak: { ...found, [KEYS]: keys(a, weak) },
      redirect: { ...found, [KEYS]: () => Promise.reject(new TypeError("unexpected redirect")) },
      huge: { ...found, [KEYS]: () => Response.json({ keys: [a], padding: "x".repeat(300_000) }) },
      endless: { ...found, [KEYS]: () => new Response(new ReadableStream({ pull: fill })) },
      "status 500": { ...found, [KEYS]: () => Response.json({ keys: [a, b] }, { status: 500 }) },
      "status 204": { ...found, [KEYS]: () => new Response(null, { status: 204 }) },
      html: { ...found, [KEYS]: () => new Response("<html>down for maintenance</html>") },
      null: { ...found, [KEYS]: () => Response.json(null) },
      "no object": { ...found, [KEYS]: () => Response.json([a]) },
      empty: { ...found, [KEYS]: () => Response.json({}) },
      "no keys": { ...found, [KEYS]: keys() },
      "wrong keys": { ...found, [KEYS]: keys({}, { ...a, x: "" }, { ...a, use: "enc" }, { kty: "EC", kid: "a" }) },
      "secret keys": { ...found, [KEYS]: keys({ kty: "oct", kid: "a", k: "c2VjcmV0" }) },
    };
  });
  beforeEach(() => {
    clock = START;
    asked = [];
    patience = [];
    Date.now = () => clock;
    AbortSignal.timeout = (ms) => {
      patience.push(ms);
      return new AbortController().signal;
    };
    globalThis.fetch = async (input, init) => {
      const url = new URL(input).href;
      asked.push(url);
      assert.ok(init?.signal && init.redirect !== undefined && init.redirect !== "follow");
      const answer = issuer[url];
      assert.ok(answer, url);
      return await answer();
    };
    log.start();
  });
  afterEach(() => {
    log.stop();
    globalThis.fetch = fetch;
    Date.now = now;
    AbortSignal.timeout = timeout;
  });

  const fresh = (settings = SETTINGS) => {
    const handler = authorizer(settings, issuerKeys(settings));
    return async (token: Token): Promise<200 | 401 | 500> => {
      const signer = pairs.get(token === "b" || token === "forged" ? token : "a");
      assert.ok(signer);
      const kid = token === "forged" ? "a" : token;
      const claims = { iss: ISSUER, aud: "agent", sub: "ann", exp: Math.floor(clock / 1000) + 48 * HOUR };
      const header = { alg: "ES256", ...(kid !== "none" && { kid }) };
      const jwt =
        token === "weak"
          ? byHand({ ...header, alg: "RS256" }, claims, weakKey)
          : await new SignJWT(claims).setProtectedHeader(header).sign(signer);
      try {
        await handler({ authorizationToken: `Bearer ${jwt}`, methodArn: METHOD_ARN });
        return 200;
      } catch (error) {
        // API Gateway answers 401 only to exactly this message.
        return error instanceof Error && error.message === "Unauthorized" ? 401 : 500;
      }
    };
  };
  const NAMES: Readonly<Record<string, string>> = { [DISCOVERY]: "discovery", [KEYS]: "keys", [MOVED]: "moved" };

  for (const [title, steps] of Object.entries(SCRIPTS)) {
    it(title, async () => {
      const ask = fresh();
      const start = clock;
      for (const [at, state, token, status, expected] of steps) {
        clock = start + at * 1000;
        issuer = issuers[state] ?? assert.fail(state);
        asked.length = 0;
        const where = `at ${String(at)} s, ${state}, ${token}`;
        assert.equal(await ask(token), status, where);
        assert.equal(asked.map((url) => NAMES[url]).join(" "), expected, where);
      }
      assert.ok(patience.every((ms) => ms === 3_000));
    });
  }

  it("jwksUri of the settings is asked alone, and outlives an outage as well", async () => {
    const ask = fresh({ ...SETTINGS, jwksUri: KEYS } as typeof SETTINGS);
    const outcomes: unknown[] = [];
    for (const [seconds, state, token] of [
      [0, "up", "a"],
      [MINUTE, "down", "b"],
      [MINUTE, "down", "a"],
      [11 * MINUTE, "down", "a"],
      [12 * MINUTE, "rotated", "b"],
    ] as const) {
      clock = START + seconds * 1000;
      issuer = issuers[state] ?? assert.fail();
      outcomes.push(await ask(token));
    }
    assert.deepEqual(outcomes, [200, 401, 200, 200, 200]);
    assert.deepEqual(asked, [KEYS, KEYS, KEYS, KEYS]);
  });

  it("a thousand unknown keys have the issuer asked twice in a minute, and good tokens are judged meanwhile", async () => {
    const ask = fresh();
    issuer = issuers["up"] ?? assert.fail();
    assert.equal(await ask("a"), 200);
    for (let each = 0; each < 1000; each++) {
      clock = START + each * 60;
      assert.equal(await ask("unknown"), 401);
    }
    assert.equal(await ask("a"), 200);
    assert.deepEqual(asked, [DISCOVERY, KEYS, DISCOVERY, KEYS]);
  });

  it("a key of refusedKeys verifies nothing from the first request on, under no id, and the others stay", async () => {
    for (const state of ["rotated", "under another id"]) {
      const ask = fresh({ ...SETTINGS, refusedKeys: ["a"] } as typeof SETTINGS);
      issuer = issuers[state] ?? assert.fail();
      assert.deepEqual(await Promise.all((["a", "none", "b", "copy"] as const).map(ask)), [401, 401, 200, 401], state);
    }
    // The only key is refused: that is no outage.
    const ask = fresh({ ...SETTINGS, refusedKeys: ["a"] } as typeof SETTINGS);
    issuer = issuers["up"] ?? assert.fail();
    asked.length = 0;
    assert.deepEqual([await ask("a"), await ask("none")], [401, 401]);
    assert.deepEqual(asked, [DISCOVERY, KEYS]);
  });

  it("requests at once share one attempt, at a cold start, for a new key and when it fails", async () => {
    const ask = fresh();
    for (const [minutes, state, tokens, expected] of [
      [0, "up", ["a", "a", "none", "unknown", "a"], [200, 200, 200, 401, 200]],
      [1, "rotated", ["a", "b", "unknown", "b"], [200, 200, 401, 200]],
      [20, "down", ["a", "unknown", "b", "a"], [200, 401, 200, 200]],
    ] as const) {
      clock = START + minutes * MINUTE * 1000;
      issuer = issuers[state] ?? assert.fail();
      asked.length = 0;
      assert.deepEqual(await Promise.all(tokens.map(ask)), expected, state);
      assert.deepEqual(asked, [DISCOVERY, KEYS], state);
    }
  });

  it("good tokens do not wait for the attempt that an unknown key has begun", async () => {
    const ask = fresh();
    issuer = issuers["up"] ?? assert.fail();
    assert.equal(await ask("a"), 200);
    clock += MINUTE * 1000;
    let answer: (response: Response) => void = () => assert.fail();
    issuer = {
      [DISCOVERY]: () => new Promise<Response>((resolve) => (answer = resolve)),
      [KEYS]: () => new Response(""),
    };
    const stranger = ask("unknown");
    assert.equal(await ask("a"), 200);
    while (asked.length < 3) await new Promise(setImmediate);
    answer(new Response("", { status: 503 }));
    assert.equal(await stranger, 401);
  });

  it("an outage is logged as the keys' fault only if nothing else is known", async () => {
    const ask = fresh();
    issuer = issuers["down"] ?? assert.fail();
    await ask("a");
    clock += MINUTE * 1000;
    issuer = issuers["up"] ?? assert.fail();
    await ask("a");
    clock += HOUR * 1000;
    issuer = issuers["down"] ?? assert.fail();
    await ask("unknown");
    await ask("a");
    assert.deepEqual(
      log.lines.map((line) => (JSON.parse(line) as { result: string }).result),
      ["error", "allow", "unauthorized", "allow"],
    );
  });
});
