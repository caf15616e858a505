import { createPublicKey, type JsonWebKey } from "node:crypto";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { discoveryUrl, type JwtSettings } from "../../contract/runtime/jwt";

/**
 * Timeout of one request to the issuer, milliseconds. Fetching keys needs up to two requests, which must end within the function's timeout.
 */
const FETCH_TIMEOUT_MS = 3_000;

/**
 * Age at which the keys are fetched again, milliseconds. A key that the issuer has withdrawn is not accepted after that, as long as the
 * issuer answers.
 */
const REFRESH_AFTER_MS = 600_000;

/**
 * How long the keys are used if the issuer does not answer, milliseconds. Longer than an outage, but a stolen key that was withdrawn still
 * expires.
 */
const LONGEST_USE_MS = 24 * 3_600_000;

/** Pause after a successful fetch, milliseconds: tokens with unknown keys must not cause a call of the issuer each. */
const PAUSE_MS = 30_000;

/** Pause after a failed fetch, milliseconds. */
const RETRY_PAUSE_MS = 10_000;

/** Keys, and when they were fetched. */
interface Fetched {
  readonly uri: string;
  readonly keys: JWTVerifyGetKey;
  readonly at: number;
}

/** An attempt that failed. */
interface Failed {
  readonly cause: unknown;
  readonly at: number;
}

/**
 * The issuer's keys. They are fetched when the first token needs one, and again when they are old or a token has an unknown key. If that
 * fails, the known keys remain valid and only tokens with an unknown key are refused. Concurrent requests share one fetch.
 *
 * @throws Error if no keys are known or they are too old; the library's error for a token with an unknown key
 */
export function issuerKeys({ issuer, jwksUri }: JwtSettings): JWTVerifyGetKey {
  let known: Fetched | undefined;
  let failed: Failed | undefined;
  let pending: Promise<void> | undefined;

  const attempt = async (): Promise<void> => {
    try {
      const uri = jwksUri ?? (await discover(issuer, known?.uri));
      const keys = createLocalJWKSet(await fetchKeys(uri));
      known = { uri, keys, at: Date.now() };
      failed = undefined;
    } catch (cause) {
      failed = { cause, at: Date.now() };
    }
  };
  /** Fetches the keys if they are older than `olderThanMs`, unless the last fetch has just failed. */
  const renew = async (olderThanMs: number): Promise<void> => {
    if (known && isWithin(known.at, olderThanMs)) return;
    if (!pending && failed && isWithin(failed.at, RETRY_PAUSE_MS)) return;
    pending ??= attempt().finally(() => (pending = undefined));
    await pending;
  };
  const find: JWTVerifyGetKey = async (header, token) => {
    if (known && isWithin(known.at, LONGEST_USE_MS)) return await known.keys(header, token);
    throw new Error("No key of the issuer is known.", { cause: failed?.cause });
  };

  return async (header, token) => {
    await renew(REFRESH_AFTER_MS);
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renew(PAUSE_MS);
      return await find(header, token);
    }
  };
}

function isWithin(since: number, ms: number): boolean {
  return Date.now() - since < ms;
}

/**
 * `jwks_uri` of the issuer's discovery document. The document must name the same issuer.
 *
 * @param last the previous value, used if the document is unavailable
 */
async function discover(issuer: string, last: string | undefined): Promise<string> {
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
 * @throws Error if there is no such key: the set is then not usable
 */
async function fetchKeys(uri: string): Promise<JSONWebKeySet> {
  const { keys } = await fetchObject(uri);
  const usable = Array.isArray(keys) ? keys.filter(isPublicKey) : [];
  if (usable.length === 0) throw new Error("The issuer's key set has no key that verifies signatures.");
  return { keys: usable };
}

function isPublicKey(key: unknown): key is JSONWebKeySet["keys"][number] {
  const { use = "sig", d } = (key ?? {}) as { use?: unknown; d?: unknown };
  if (use !== "sig" || d !== undefined) return false;
  try {
    createPublicKey({ key: key as JsonWebKey, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

async function fetchObject(url: string): Promise<Record<string, unknown>> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const headers = { Accept: "application/json, application/jwk-set+json" };
  const response = await fetch(url, { redirect: "error", signal, headers });
  if (response.status !== 200) throw new Error(`The issuer's status is ${response.status}.`);
  const value: unknown = await response.json();
  if (typeof value !== "object" || value === null) throw new Error("The issuer's answer is not an object.");
  return value as Record<string, unknown>;
}
