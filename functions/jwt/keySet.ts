import { createPublicKey, type JsonWebKey } from "node:crypto";
import type { JSONWebKeySet } from "jose";
import { discoveryUrl } from "../../contract/runtime/jwt";

/**
 * Timeout of one request to the issuer, milliseconds. Fetching keys needs up to two requests, which must end within the function's timeout.
 */
const FETCH_TIMEOUT_MS = 3_000;

/** Largest answer of an issuer, bytes. Entra's key set, the largest in use, has about 20 KB. */
const MAX_ANSWER_BYTES = 262_144;

/** Shortest RSA key, bits. The library throws at shorter ones. https://www.rfc-editor.org/rfc/rfc7518#section-3.3 */
const RSA_BITS = 2048;

type Key = JSONWebKeySet["keys"][number];

/**
 * `jwks_uri` of the issuer's discovery document. The document must name the same issuer.
 *
 * @param last the previous value, used if the document is unavailable
 */
export async function discover(issuer: string, last: string | undefined): Promise<string> {
  try {
    const { issuer: own, jwks_uri: uri } = await fetchObject(discoveryUrl(issuer));
    if (own !== issuer) throw new Error("The discovery document is another issuer's.");
    if (typeof uri !== "string" || new URL(uri).protocol !== "https:") {
      throw new Error("The discovery document names no https `jwks_uri`.");
    }
    return uri;
  } catch (error) {
    if (last === undefined) throw error;
    return last;
  }
}

/**
 * The keys of a set that can verify a signature. Others are ignored (https://www.rfc-editor.org/rfc/rfc7517#section-5).
 *
 * @param refused ids of keys that are left out, together with the same keys under other ids
 * @throws Error if there is no such key: the set is then not usable
 */
export async function fetchKeys(uri: string, refused: readonly string[]): Promise<JSONWebKeySet> {
  const { keys } = await fetchObject(uri);
  const usable = Array.isArray(keys) ? keys.filter(isPublicKey) : [];
  if (usable.length === 0) throw new Error("The issuer's key set has no key that verifies signatures.");
  const leaked = new Set(usable.filter(({ kid }) => kid !== undefined && refused.includes(kid)).map(material));
  const kept = usable.filter((key) => !leaked.has(material(key)));
  // A key that stands twice under one id is one key. The library would refuse its tokens as ambiguous.
  return { keys: [...new Map(kept.map((key) => [JSON.stringify([key.kid, key.alg, material(key)]), key])).values()] };
}

/** The key itself, without its id and purpose. */
function material({ kty, crv, n, e, x, y }: Key): string {
  return JSON.stringify([kty, crv, n, e, x, y]);
}

function isPublicKey(key: unknown): key is Key {
  const { use = "sig", d, kid } = (key ?? {}) as { use?: unknown; d?: unknown; kid?: unknown };
  if (use !== "sig" || d !== undefined || (kid !== undefined && typeof kid !== "string")) return false;
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey({
      key: key as JsonWebKey,
      format: "jwk",
    });
    return type !== "rsa" || (details?.modulusLength ?? 0) >= RSA_BITS;
  } catch {
    return false;
  }
}

/** @throws Error for any answer but 200 with a JSON object. The type of the content is not read: some issuers serve files. */
async function fetchObject(url: string): Promise<Record<string, unknown>> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const headers = { Accept: "application/json, application/jwk-set+json" };
  const response = await fetch(url, { redirect: "error", signal, headers });
  if (response.status !== 200) throw new Error(`The issuer's status is ${response.status}.`);
  const value: unknown = JSON.parse(await boundedText(response));
  if (typeof value !== "object" || value === null) throw new Error("The issuer's answer is not an object.");
  return value as Record<string, unknown>;
}

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new Error(`The issuer's answer is larger than ${MAX_ANSWER_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
