import assert from "node:assert/strict";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTVerifyGetKey } from "jose";
import type { JwtSettings } from "../../../contract/runtime/jwt";
import { authorizer } from "../../../functions/jwt/authorizer";
import { captureLog } from "../../support/handlers/captureLog";
import { PROVIDERS } from "./providers";

const METHOD_ARN = "arn:aws:execute-api:us-east-1:123456789012:api123/live/POST/invoke";
const SETTINGS: JwtSettings = { issuer: "https://login.example.com/", audience: ["agent"], scopes: [] };
const WITH_ID: JwtSettings = { ...SETTINGS, tokens: ["access", "id"] };
const SCOPED: JwtSettings = { ...SETTINGS, scopes: ["ask"] };
const now = (): number => Math.floor(Date.now() / 1000);

type Parts = Readonly<Record<string, unknown>>;

describe("the kinds of tokens", () => {
  const log = captureLog();
  let privateKey: CryptoKey;
  let keys: JWTVerifyGetKey;
  before(async () => {
    const pair = await generateKeyPair("ES256");
    privateKey = pair.privateKey;
    keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: "k", alg: "ES256" }] });
  });
  beforeEach(log.start);
  afterEach(log.stop);

  /** The authorizer's decision about a token: `refuse` is a 401, `deny` a 403. */
  const judge = async (
    settings: JwtSettings,
    claims: Parts,
    header: Parts = {},
    scheme = "Bearer",
  ): Promise<string> => {
    const all = { iss: settings.issuer, sub: "ann", iat: now(), exp: now() + 300, ...claims };
    const token = await new SignJWT(all).setProtectedHeader({ alg: "ES256", kid: "k", ...header }).sign(privateKey);
    return await judgeText(settings, `${scheme} ${token}`);
  };
  const judgeText = async (settings: JwtSettings, authorizationToken: string): Promise<string> => {
    try {
      const { policyDocument } = await authorizer(settings, keys)({ authorizationToken, methodArn: METHOD_ARN });
      return (policyDocument.Statement[0] as { Effect: string }).Effect.toLowerCase();
    } catch (error) {
      assert.equal((error as Error).message, "Unauthorized");
      return "refuse";
    }
  };
  /** A token whose parts are written by hand, for JSON that has no value in JavaScript. */
  const written = async (payload: string, header = '{"alg":"ES256","kid":"k"}'): Promise<string> => {
    const text = [header, payload].map((part) => Buffer.from(part).toString("base64url")).join(".");
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(algorithm, privateKey, Buffer.from(text));
    return `Bearer ${text}.${Buffer.from(signature).toString("base64url")}`;
  };

  for (const [name, { settings, header, claims, tokens }] of Object.entries(PROVIDERS)) {
    for (const [title, token] of Object.entries(tokens)) {
      it(`${name}: ${token.result}, ${title}`, async () => {
        const found = await judge(settings, { ...claims, ...token.claims }, { ...header, ...token.header });
        assert.equal(found, token.result);
      });
    }
  }

  it("are at least forty, of nine providers", () => {
    const all = Object.values(PROVIDERS).flatMap(({ tokens }) => Object.values(tokens));
    assert.ok(all.length >= 40, String(all.length));
    assert.equal(Object.keys(PROVIDERS).length, 9);
  });

  for (const typ of ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "application/JWT"]) {
    it(`takes the type ${typ} of a header`, async () => {
      assert.equal(await judge(SETTINGS, { aud: "agent" }, { typ }), "allow");
    });
  }

  for (const typ of [
    ...["logout+jwt", "secevent+jwt", "dpop+jwt", "application/logout+jwt", "Refresh", "Logout", "ID", "JWE", "JOSE"],
    ...["oauth-authz-req+jwt", "token-introspection+jwt", "kb+jwt", "dc+sd-jwt", "client-authentication+jwt", ""],
    ...[null, 7, ["JWT"], { typ: "JWT" }, "at+jwt ", "application/application/at+jwt", "x/at+jwt"],
  ]) {
    it(`refuses the type ${JSON.stringify(typ)} of a header`, async () => {
      assert.equal(await judge(WITH_ID, { aud: "agent" }, { typ }), "refuse");
    });
  }

  for (const [title, claims] of Object.entries<Parts>({
    "a refresh token by token_use": { token_use: "refresh" },
    "a refresh token by token_type": { token_type: "refresh" },
    "a kind that is no text": { typ: 1 },
    "a kind that is null": { token_use: null },
    "a kind in another case": { typ: "LOGOUT" },
    "an event that is null": { events: null },
    "a key that is null": { cnf: null },
    "a certificate": { cnf: { "x5t#S256": "t" } },
    "an access token that is also a refresh token": { token_use: "access", typ: "Refresh" },
  })) {
    it(`refuses ${title}, also if ID tokens open the door`, async () => {
      assert.equal(await judge(WITH_ID, { aud: "agent", ...claims }), "refuse");
    });
  }

  for (const claims of [
    { nonce: "n" },
    { at_hash: "h" },
    { c_hash: "h" },
    { s_hash: "h" },
    { token_use: "id" },
    { typ: "ID" },
    { typ: "id" },
    { token_type: "id_token" },
    { nonce: null },
  ]) {
    it(`takes ${JSON.stringify(claims)} as the mark of an ID token`, async () => {
      assert.equal(await judge(SETTINGS, { aud: "agent", ...claims }), "refuse");
      assert.equal(await judge(WITH_ID, { aud: "agent", ...claims }), "allow");
      assert.equal(await judge(WITH_ID, { aud: "other", ...claims }), "refuse");
    });
  }

  for (const scheme of ["Bearer", "bearer", "BEARER", "bEaReR"]) {
    it(`takes the scheme ${scheme}`, async () => {
      assert.equal(await judge(SETTINGS, { aud: "agent" }, {}, scheme), "allow");
    });
  }
  for (const scheme of ["DPoP", "Bearer\t", "Bearer: ", " Bearer", "Token", "Bearer Bearer"]) {
    it(`refuses the scheme ${JSON.stringify(scheme)}`, async () => {
      assert.equal(await judge(SETTINGS, { aud: "agent" }, {}, scheme), "refuse");
    });
  }

  for (const [claims, expected] of [
    [{ scope: "", scp: "ask" }, "allow"],
    [{ scope: "openid", scp: ["ask"] }, "allow"],
    [{ scope: ["ask"], scp: "" }, "allow"],
    [{ scope: "openid ask" }, "allow"],
    [{ scope: null, scp: ["ask"] }, "allow"],
    [{ scope: "", scp: "" }, "deny"],
    [{ scope: "as", scp: "k" }, "deny"],
    [{ roles: ["ask"] }, "deny"],
    [{ permissions: ["ask"] }, "deny"],
  ] as const) {
    it(`joins the scopes of ${JSON.stringify(claims)}: ${expected}`, async () => {
      assert.equal(await judge(SCOPED, { aud: "agent", ...claims }), expected);
    });
  }

  it("reads the claims of scopeClaims only, and none that an object has by itself", async () => {
    const settings = { ...SCOPED, scopeClaims: ["roles", "https://example.com/rights", "constructor"] };
    for (const claim of ["roles", "https://example.com/rights"]) {
      assert.equal(await judge(settings, { aud: "agent", [claim]: ["ask"] }), "allow");
    }
    assert.equal(await judge(settings, { aud: "agent", scope: "ask" }), "deny");
  });

  for (const times of [
    '"exp":1e999',
    '"exp":1e300',
    '"exp":4102444800000',
    '"exp":null',
    '"exp":"4102444800"',
    '"exp":[4102444800]',
    '"exp":-1',
    '"iat":1',
    '"exp":4102444800,"nbf":-1e999',
    '"exp":4102444800,"nbf":"0"',
    '"exp":4102444800,"nbf":null',
    '"exp":4102444800,"nbf":1e999',
    '"exp":4102444800,"nbf":{}',
    '"exp":4102444800,"iat":1e999',
    '"exp":4102444800,"iat":-1e999',
    '"exp":4102444800,"iat":"now"',
    '"exp":4102444800,"iat":null',
    '"exp":4102444800,"iat":true',
  ]) {
    it(`refuses the times ${times}`, async () => {
      const payload = `{"iss":"${SETTINGS.issuer}","aud":"agent","sub":"ann",${times}}`;
      assert.equal(await judgeText(SETTINGS, await written(payload)), "refuse");
    });
  }

  it("takes fractions of seconds, and a token without iat", async () => {
    const payload = `{"iss":"${SETTINGS.issuer}","aud":"agent","sub":"ann","exp":4102444800.5,"nbf":0.25}`;
    assert.equal(await judgeText(SETTINGS, await written(payload)), "allow");
  });

  for (const [title, payload, header] of [
    ["a nested JWT", '"eyJhbGciOiJub25lIn0.e30."', '{"alg":"ES256","kid":"k","cty":"JWT"}'],
    ["a list", "[]", undefined],
    ["null", "null", undefined],
    ["nothing", "", undefined],
    ["a payload that is not encoded", "{}", '{"alg":"ES256","kid":"k","b64":false,"crit":["b64"]}'],
    ["an unknown critical header", "{}", '{"alg":"ES256","kid":"k","crit":["exp"],"exp":1}'],
    ["an empty list of critical headers", "{}", '{"alg":"ES256","kid":"k","crit":[]}'],
    ["a key's id that is a number", "{}", '{"alg":"ES256","kid":7}'],
    ["a key's id that is null", "{}", '{"alg":"ES256","kid":null}'],
    ["a key's id that is a list", "{}", '{"alg":"ES256","kid":["k"]}'],
    ["a header that is a list", "{}", '["ES256"]'],
  ] as const) {
    it(`refuses ${title} with a valid signature`, async () => {
      const claims = `{"iss":"${SETTINGS.issuer}","aud":"agent","sub":"ann","exp":4102444800}`;
      const text = payload === "{}" ? claims : payload;
      assert.equal(await judgeText(SETTINGS, await written(text, header)), "refuse");
    });
  }

  it("refuses a subject of spaces, and white space and padding around a token", async () => {
    assert.equal(await judge(SETTINGS, { aud: "agent", sub: "  " }), "refuse");
    const good = await written(`{"iss":"${SETTINGS.issuer}","aud":"agent","sub":"ann","exp":4102444800}`);
    assert.equal(await judgeText(SETTINGS, good), "allow");
    for (const bad of [`${good} `, `${good}=`, `${good}\n`, good.replace(".", "=."), `${good},${good}`, ` ${good}`]) {
      assert.equal(await judgeText(SETTINGS, bad), "refuse", JSON.stringify(bad));
    }
  });
});
