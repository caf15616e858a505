import assert from "node:assert/strict";
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTVerifyGetKey,
} from "jose";
import { authorizer } from "../../../functions/jwt/authorizer";
import { issuerKeys } from "../../../functions/jwt/keys";
import { readJwtSettings } from "../../../functions/jwt/settings";
import { captureLog } from "../../support/handlers/captureLog";

const ISSUER = "https://login.example.com/";
const SETTINGS = { issuer: ISSUER, audience: ["agent", "other"], scopes: ["ask", "admin"] };
const METHOD_ARN = "arn:aws:execute-api:us-east-1:123456789012:api123/live/POST/sessions/a/b";
const WHOLE_STAGE = "arn:aws:execute-api:us-east-1:123456789012:api123/live/*";
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (change: object = {}): Record<string, unknown> => ({
  iss: ISSUER,
  aud: "agent",
  sub: "ann",
  scope: "openid ask",
  exp: now() + 300,
  ...change,
});

describe("the JWT authorizer", () => {
  const pairs = new Map<string, { privateKey: CryptoKey; publicKey: CryptoKey }>();
  let jwks: { keys: JWK[] };
  let keys: JWTVerifyGetKey;
  const log = captureLog();
  before(async () => {
    for (const alg of ["RS256", "PS384", "ES256", "ES512", "EdDSA"]) pairs.set(alg, await generateKeyPair(alg));
    jwks = {
      keys: await Promise.all(
        [...pairs].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
      ),
    };
    keys = createLocalJWKSet(jwks);
  });
  beforeEach(log.start);
  afterEach(log.stop);

  /** @param change claims that override those of a valid token; a function is called when the test runs */
  const sign = async (change: object | (() => object) = {}, alg = "RS256", header: object = {}): Promise<string> => {
    const pair = pairs.get(alg);
    assert.ok(pair);
    return await new SignJWT(claims(typeof change === "function" ? (change as () => object)() : change))
      .setProtectedHeader({ alg, kid: alg, ...header })
      .sign(pair.privateKey);
  };
  const ask = async (authorizationToken: string, settings: typeof SETTINGS = SETTINGS) =>
    await authorizer(settings, keys)({ authorizationToken, methodArn: METHOD_ARN });
  /** Only this exact message gives a 401. */
  const assertUnauthorized = async (header: string, reason: RegExp): Promise<void> => {
    await assert.rejects(ask(header), { message: "Unauthorized" });
    assert.equal(log.lines.length, 1);
    const line = JSON.parse(log.lines[0] ?? "") as Record<string, unknown>;
    assert.equal(line["result"], "unauthorized");
    assert.match(String(line["reason"]), reason);
  };

  for (const alg of ["RS256", "PS384", "ES256", "ES512", "EdDSA"]) {
    it(`lets an ${alg} token into every route of the stage`, async () => {
      assert.deepEqual(await ask(`Bearer ${await sign({}, alg)}`), {
        principalId: "ann",
        policyDocument: {
          Version: "2012-10-17",
          Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: WHOLE_STAGE }],
        },
        context: { sub: "ann", iss: ISSUER, scope: "openid ask" },
      });
    });
  }

  for (const [title, change] of Object.entries<object | (() => object)>({
    "one of several audiences": { aud: ["else", "other"] },
    "a client for an audience (Cognito)": { aud: undefined, client_id: "agent", token_use: "access" },
    "another of the scopes": { scope: "admin" },
    "scopes in a list": { scope: ["x", "ask"] },
    "scopes in scp": { scope: undefined, scp: "ask" },
    "scopes in a list in scp": { scope: undefined, scp: ["ask"] },
    "clocks that are 20 s apart": () => ({ exp: now() - 10, nbf: now() + 20 }),
    "a Keycloak access token": { typ: "Bearer", azp: "app" },
  })) {
    it(`takes ${title}`, async () => {
      const { policyDocument } = await ask(`Bearer ${await sign(change)}`);
      assert.equal((policyDocument.Statement[0] as { Effect: string }).Effect, "Allow");
    });
  }

  it("takes the header in lower case, and a token's own type", async () => {
    await ask(`bearer  ${await sign({}, "RS256", { typ: "at+jwt" })}`);
  });

  for (const [title, change] of Object.entries<object>({
    "no scope": { scope: undefined },
    "another scope": { scope: "asks ask2" },
    "a scope that is no text": { scope: { ask: true } },
    "a number among its scopes": { scope: undefined, scp: [1] },
  })) {
    it(`denies the whole stage to ${title}`, async () => {
      const { policyDocument, context } = await ask(`Bearer ${await sign(change)}`);
      assert.deepEqual(policyDocument.Statement, [
        { Action: "execute-api:Invoke", Effect: "Deny", Resource: WHOLE_STAGE },
      ]);
      for (const value of Object.values(context ?? {})) assert.equal(typeof value, "string");
    });
  }

  it("asks for no scope where none is set", async () => {
    const { policyDocument } = await ask(`Bearer ${await sign({ scope: undefined })}`, { ...SETTINGS, scopes: [] });
    assert.equal((policyDocument.Statement[0] as { Effect: string }).Effect, "Allow");
  });

  for (const [title, change, reason] of [
    ["an expired token", () => ({ exp: now() - 31 }), /^ERR_JWT_EXPIRED$/],
    ["a token without an end", { exp: undefined }, /^ERR_JWT_CLAIM/],
    ["an end that is a text", { exp: "tomorrow" }, /^ERR_JWT_/],
    ["a token of the future", () => ({ nbf: now() + 60 }), /^ERR_JWT_CLAIM/],
    ["another issuer", { iss: "https://login.example.com" }, /^ERR_JWT_CLAIM/],
    ["no issuer", { iss: undefined }, /^ERR_JWT_CLAIM/],
    ["another audience", { aud: "agents" }, /^audience$/],
    ["no audience", { aud: undefined }, /^audience$/],
    ["an empty audience beside a client", { aud: [], client_id: "agent" }, /^audience$/],
    ["a client that is no text", { aud: undefined, client_id: { agent: true } }, /^audience$/],
    ["another audience beside a client", { aud: "else", client_id: "agent" }, /^audience$/],
    ["no subject", { sub: undefined }, /^subject$/],
    ["an empty subject", { sub: "" }, /^subject$/],
    ["an id token of Cognito", { token_use: "id" }, /^id_token$/],
    ["an id token of Keycloak", { typ: "ID" }, /^id_token$/],
    ["an id token by at_hash", { at_hash: "x" }, /^id_token$/],
    ["an id token by c_hash", { c_hash: "x" }, /^id_token$/],
  ] as [string, object | (() => object), RegExp][]) {
    it(`answers "Unauthorized" to ${title}`, async () => {
      await assertUnauthorized(`Bearer ${await sign(change)}`, reason);
    });
  }

  for (const header of [
    "",
    "Bearer",
    "Bearer ",
    "Basic a.b.c",
    "a.b.c",
    "Bearer a.b",
    "Bearer a.b.c.d.e",
    "Bearer a.b.",
    "Bearer a.b.c\nx: y",
  ]) {
    it(`answers "Unauthorized" to ${JSON.stringify(header)}`, async () => {
      await assertUnauthorized(header, /^syntax$/);
    });
  }

  it('answers "Unauthorized" to a header that is none', async () => {
    await assertUnauthorized(undefined as never, /^syntax$/);
  });

  describe("against forgeries", () => {
    it("refuses alg none, with and without a signature", async () => {
      const none = new UnsecuredJWT(claims()).encode();
      await assertUnauthorized(`Bearer ${none}`, /^syntax$/);
      log.start();
      await assertUnauthorized(`Bearer ${none}c2ln`, /^ERR_JOSE_ALG_NOT_ALLOWED$/);
    });

    for (const alg of ["HS256", "HS384", "HS512"]) {
      it(`refuses ${alg} with the public key as its secret`, async () => {
        const { publicKey } = pairs.get("RS256") ?? assert.fail();
        for (const secret of [await exportSPKI(publicKey), JSON.stringify(await exportJWK(publicKey))]) {
          const token = await new SignJWT(claims())
            .setProtectedHeader({ alg, kid: "RS256" })
            .sign(new TextEncoder().encode(secret));
          log.start();
          await assertUnauthorized(`Bearer ${token}`, /^ERR_JOSE_ALG_NOT_ALLOWED$/);
        }
      });
    }

    it("refuses another key's signature, an unknown key, no key's name among several, and a key of another kind", async () => {
      const other = await generateKeyPair("RS256");
      for (const [kid, alg, reason] of [
        ["RS256", "RS256", /SIGNATURE/],
        ["nobody", "RS256", /NO_MATCHING_KEY/],
        [undefined, "RS256", /MULTIPLE_MATCHING_KEYS/],
        ["ES256", "RS256", /NO_MATCHING_KEY/],
      ] as const) {
        const header = { alg, ...(kid !== undefined && { kid }) };
        log.start();
        await assertUnauthorized(
          `Bearer ${await new SignJWT(claims()).setProtectedHeader(header).sign(other.privateKey)}`,
          reason,
        );
      }
    });

    it("refuses a key that the token brings along, and one that it points to", async () => {
      const { privateKey, publicKey } = await generateKeyPair("RS256");
      const jwk = await exportJWK(publicKey);
      for (const header of [{ jwk }, { jku: "https://evil.example/jwks" }, { kid: "../../RS256" }]) {
        const token = await new SignJWT(claims()).setProtectedHeader({ alg: "RS256", ...header }).sign(privateKey);
        log.start();
        await assertUnauthorized(`Bearer ${token}`, /MATCHING_KEY/);
      }
    });

    it("refuses claims and headers that are changed under their signature", async () => {
      const [header = "", payload = "", signature = ""] = (await sign()).split(".");
      const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
      for (const parts of [
        [header, encode(claims({ sub: "admin" })), signature],
        [encode({ alg: "PS384", kid: "RS256" }), payload, signature],
        [encode({ alg: "RS256", kid: "RS256", crit: ["x"], x: 1 }), payload, signature],
        [header, payload, `${signature.slice(0, -4)}AAAA`],
        [header, Buffer.from("no json").toString("base64url"), signature],
      ]) {
        log.start();
        await assertUnauthorized(`Bearer ${parts.join(".")}`, /^ERR_/);
      }
    });
  });

  it("logs what was decided, and nothing of the token", async () => {
    await ask(`Bearer ${await sign({ sub: "ann-secret" })}`);
    await ask(`Bearer ${await sign({ scope: "x" })}`);
    assert.deepEqual(
      log.lines.map((line) => JSON.parse(line) as object),
      [
        { level: "INFO", message: "authorize", result: "allow" },
        { level: "INFO", message: "authorize", result: "deny", reason: "scope" },
      ],
    );
  });

  describe("the issuer's keys", () => {
    const KEYS_URL = "https://keys.example.com/jwks";
    const DISCOVERY = "https://login.example.com/.well-known/openid-configuration";
    const { fetch } = globalThis;
    const { now } = Date;
    let asked: string[] = [];
    let answers: Record<string, () => Response | Promise<Response>> = {};
    beforeEach(() => {
      asked = [];
      answers = {
        [DISCOVERY]: () => Response.json({ issuer: ISSUER, jwks_uri: KEYS_URL }),
        [KEYS_URL]: () => Response.json(jwks),
      };
      globalThis.fetch = (input) => {
        const url = new URL(input).href;
        asked.push(url);
        const answer = answers[url];
        return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError("fetch failed"));
      };
    });
    afterEach(() => {
      globalThis.fetch = fetch;
      Date.now = now;
    });

    const fresh = (settings: object = {}) => {
      const handler = authorizer({ ...SETTINGS, ...settings }, issuerKeys({ ...SETTINGS, ...settings }));
      return async (token: string) => await handler({ authorizationToken: `Bearer ${token}`, methodArn: METHOD_ARN });
    };

    it("are found by discovery, once", async () => {
      const handler = fresh();
      for (const alg of ["RS256", "ES256"]) assert.equal((await handler(await sign({}, alg))).principalId, "ann");
      assert.deepEqual(asked, [DISCOVERY, KEYS_URL]);
    });

    it("are where jwksUri says", async () => {
      await fresh({ jwksUri: KEYS_URL })(await sign());
      assert.deepEqual(asked, [KEYS_URL]);
    });

    it("are not asked for by a token whose algorithm is out of the question", async () => {
      await assert.rejects(fresh()(`${new UnsecuredJWT(claims()).encode()}c2ln`), { message: "Unauthorized" });
      assert.deepEqual(asked, []);
    });

    it("are not fetched again and again for strangers", async () => {
      const handler = fresh();
      for (const kid of ["a", "b", "c"]) {
        await assert.rejects(handler(await sign({}, "RS256", { kid })), { message: "Unauthorized" });
      }
      assert.deepEqual(asked, [DISCOVERY, KEYS_URL]);
    });

    for (const [title, change] of Object.entries<typeof answers>({
      "no issuer": { [DISCOVERY]: () => Promise.reject(new TypeError("fetch failed")) },
      "an issuer that fails": { [DISCOVERY]: () => new Response("", { status: 503 }) },
      "a discovery document that is no JSON": { [DISCOVERY]: () => new Response("<html>") },
      "another issuer's document": {
        [DISCOVERY]: () => Response.json({ issuer: "https://evil.example/", jwks_uri: KEYS_URL }),
      },
      "keys over http": {
        [DISCOVERY]: () => Response.json({ issuer: ISSUER, jwks_uri: "http://keys.example.com/jwks" }),
      },
      "a document without keys": { [DISCOVERY]: () => Response.json({ issuer: ISSUER }) },
      "no keys": { [KEYS_URL]: () => Promise.reject(new TypeError("fetch failed")) },
      "keys that fail": { [KEYS_URL]: () => new Response("", { status: 500 }) },
      "keys that have moved": { [KEYS_URL]: () => Response.redirect("https://evil.example/jwks", 302) },
      "keys that are no JSON": { [KEYS_URL]: () => new Response("<html>") },
      "keys of another shape": { [KEYS_URL]: () => Response.json({ keys: "none" }) },
    })) {
      it(`cannot be had from ${title}: that is an error, and never lets anybody in`, async () => {
        Object.assign(answers, change);
        const handler = fresh();
        const token = await sign();
        await assert.rejects(handler(token), { message: "The issuer's keys cannot be had." });
        const line = JSON.parse(log.lines[0] ?? "") as object;
        assert.deepEqual(line, { level: "ERROR", message: "authorize", result: "error", reason: "keys" });
        assert.ok(!log.lines.join("").includes(token.slice(0, 20)));
        // Ten seconds later, a token causes a new fetch.
        Date.now = () => now() + 10_000;
        Object.assign(answers, {
          [DISCOVERY]: () => Response.json({ issuer: ISSUER, jwks_uri: KEYS_URL }),
          [KEYS_URL]: () => Response.json(jwks),
        });
        assert.equal((await handler(token)).principalId, "ann");
      });
    }
  });
});

describe("the settings of the JWT authorizer", () => {
  const sound = { issuer: ISSUER, audience: ["agent"], scopes: [] };
  it("are read", () => {
    const JWT_SETTINGS = JSON.stringify({ ...sound, jwksUri: "https://keys.example" });
    assert.deepEqual(readJwtSettings({ JWT_SETTINGS }), { ...sound, jwksUri: "https://keys.example" });
  });

  for (const JWT_SETTINGS of [
    undefined,
    "",
    "null",
    "[]",
    "{",
    ...[
      { issuer: "http://a.example" },
      { audience: [] },
      { audience: "agent" },
      { scopes: undefined },
      { jwksUri: "x" },
    ].map((change) => JSON.stringify({ ...sound, ...change })),
  ]) {
    it(`end the function at its start: ${String(JWT_SETTINGS)}`, () => {
      assert.throws(() => readJwtSettings({ JWT_SETTINGS }), /JWT_SETTINGS is missing or malformed/);
    });
  }
});
