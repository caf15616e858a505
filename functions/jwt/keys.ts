import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import type { JwtSettings } from "../../contract/runtime/jwt";
import { KeysUnavailable } from "./faults";
import { discover, fetchKeys } from "./keySet";

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
 * @throws KeysUnavailable if no keys are known or they are too old; the library's error for a token with an unknown key
 */
export function issuerKeys({ issuer, jwksUri, refusedKeys = [] }: JwtSettings): JWTVerifyGetKey {
  let known: Fetched | undefined;
  let failed: Failed | undefined;
  let pending: Promise<void> | undefined;

  const attempt = async (): Promise<void> => {
    try {
      const uri = jwksUri ?? (await discover(issuer, known?.uri));
      const keys = createLocalJWKSet(await fetchKeys(uri, refusedKeys));
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
    throw new KeysUnavailable(failed?.cause);
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
