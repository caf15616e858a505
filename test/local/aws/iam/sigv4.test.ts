import assert from "node:assert/strict";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { verify, type SignedRequest } from "../../../../local/aws/iam/sigv4";

const SCOPE = { service: "lambda", region: "us-east-1" };
const CREDENTIALS = { accessKeyId: "AKID", secretAccessKey: "secret" };
const NOW = Date.parse("2026-11-24T10:00:00Z");
const lookup = (id: string) =>
  id === CREDENTIALS.accessKeyId
    ? { secretAccessKey: CREDENTIALS.secretAccessKey, arn: "arn:aws:iam::1:user/u" }
    : undefined;

interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Signs with the SDK's own signer, as the reference. */
async function sign(
  { method, path, query, headers, body }: Unsigned,
  credentials = CREDENTIALS,
  scope = SCOPE,
): Promise<SignedRequest> {
  const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256 });
  const request = { method, protocol: "https:", hostname: "h", path, query, headers: { host: "h", ...headers }, body };
  const signed = await signer.sign(request, { signingDate: new Date(NOW) });
  const search = Object.entries(query)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
  return { method, url: search === "" ? path : `${path}?${search}`, headers: signed.headers, body: Buffer.from(body) };
}

const PLAIN: Unsigned = {
  method: "POST",
  path: "/invoke",
  query: {},
  headers: { "content-type": "application/json" },
  body: '{"prompt":"hi"}',
};

describe("SigV4 verification", () => {
  it("takes what the SDK signs, whatever the request", async () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from("aZ09-._~ !*'()é/&=+%")),
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "DELETE"),
        fc.array(word, { maxLength: 3 }),
        fc.dictionary(
          word.filter((key) => key !== "__proto__"),
          word,
          { maxKeys: 4 },
        ),
        fc.string({ maxLength: 50 }),
        async (method, segments, query, body) => {
          const path = `/${segments.map(encodeURIComponent).join("/")}`;
          const verdict = verify(await sign({ ...PLAIN, method, path, query, body }), SCOPE, lookup, NOW);
          assert.equal(verdict.ok, true, JSON.stringify(verdict));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("takes a presigned URL for as long as it says", async () => {
    const signer = new SignatureV4({ ...SCOPE, credentials: CREDENTIALS, sha256: Sha256 });
    const request = {
      method: "GET",
      protocol: "https:",
      hostname: "h",
      path: "/health",
      query: {},
      headers: { host: "h" },
    };
    const { query } = await signer.presign(request, {
      signingDate: new Date(NOW),
      expiresIn: 60,
      unhoistableHeaders: new Set(),
    });
    const search = Object.entries(query ?? {})
      .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
      .join("&");
    const presigned = { method: "GET", url: `/health?${search}`, headers: { host: "h" }, body: Buffer.alloc(0) };
    const at = (now: number) => verify(presigned, SCOPE, lookup, now);
    assert.equal(at(NOW + 59_000).ok, true, JSON.stringify(at(NOW + 59_000)));
    assert.equal(at(NOW + 61_000).ok, false);
  });

  for (const [title, change, reason] of [
    ["no signature", (r) => ({ ...r, headers: { host: "h" } }), "missing"],
    ["another body", (r) => ({ ...r, body: Buffer.from('{"prompt":"ho"}') }), "mismatch"],
    [
      "another body with its own hash",
      (r) => ({
        ...r,
        body: Buffer.from("x"),
        headers: {
          ...r.headers,
          "x-amz-content-sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        },
      }),
      "mismatch",
    ],
    ["another path", (r) => ({ ...r, url: "/health" }), "mismatch"],
    ["another method", (r) => ({ ...r, method: "PUT" }), "mismatch"],
    ["a query added", (r) => ({ ...r, url: "/invoke?a=1" }), "mismatch"],
    ["a signed header changed", (r) => ({ ...r, headers: { ...r.headers, host: "evil" } }), "mismatch"],
    [
      "a malformed header",
      (r) => ({ ...r, headers: { ...r.headers, authorization: "AWS4-HMAC-SHA256 x" } }),
      "incomplete",
    ],
    ["a bearer token", (r) => ({ ...r, headers: { ...r.headers, authorization: "Bearer x" } }), "incomplete"],
    ["no date", (r) => ({ ...r, headers: { ...r.headers, "x-amz-date": undefined } }), "incomplete"],
    [
      "a session token that the key does not have",
      (r) => ({ ...r, headers: { ...r.headers, "x-amz-security-token": "t" } }),
      "unknown-key",
    ],
  ] as [string, (request: SignedRequest) => SignedRequest, string][]) {
    it(`refuses ${title}`, async () => {
      const verdict = verify(change(await sign(PLAIN)), SCOPE, lookup, NOW);
      assert.equal(verdict.ok ? "ok" : verdict.reason, reason);
    });
  }

  it("refuses every change of one character of the signature", async () => {
    const request = await sign(PLAIN);
    const header = String(request.headers.authorization);
    for (let index = header.length - 64; index < header.length; index++) {
      const authorization = header.slice(0, index) + (header[index] === "0" ? "1" : "0") + header.slice(index + 1);
      assert.equal(
        verify({ ...request, headers: { ...request.headers, authorization } }, SCOPE, lookup, NOW).ok,
        false,
      );
    }
  });

  it("refuses another secret, key, service, region and time", async () => {
    const refused = async (request: Promise<SignedRequest>, now = NOW) => {
      const verdict = verify(await request, SCOPE, lookup, now);
      return verdict.ok ? "ok" : verdict.reason;
    };
    assert.equal(await refused(sign(PLAIN, { ...CREDENTIALS, secretAccessKey: "other" })), "mismatch");
    assert.equal(await refused(sign(PLAIN, { ...CREDENTIALS, accessKeyId: "OTHER" })), "unknown-key");
    assert.equal(await refused(sign(PLAIN, CREDENTIALS, { ...SCOPE, service: "execute-api" })), "scope");
    assert.equal(await refused(sign(PLAIN, CREDENTIALS, { ...SCOPE, region: "eu-west-1" })), "scope");
    assert.equal(await refused(sign(PLAIN), NOW + 301_000), "expired");
    assert.equal(await refused(sign(PLAIN), NOW - 301_000), "expired");
  });
});
