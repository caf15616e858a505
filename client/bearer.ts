import { ownError } from "./errors/own";
import type { Signer, TokenSource } from "./signer";

export type { Signer, TokenSource } from "./signer";

export interface BearerOptions {
  /**
   * `X-Auth-Token` at the edge, and at doors where a signature uses `Authorization`.
   * @default Authorization
   */
  readonly header?: "Authorization" | "X-Auth-Token";
}

/** A token is replaced this long before it expires, seconds: a request takes time, and clocks differ. */
const EARLY_SECONDS = 30;

/**
 * A bearer token, for doors with `apiAuth` cognito, jwt or custom, for the edge with `edgeAuth: jwt`, and for `runtimeAuth: oauth`.
 *
 * @param token the token, or a function that fetches one; its token is kept until it expires or a door refuses it
 */
export function bearer(token: string | TokenSource, { header = "Authorization" }: BearerOptions = {}): Signer {
  const prefix = header === "Authorization" ? "Bearer " : "";
  /** One call at a time, whose token all requests share. */
  let current: Promise<string> | undefined;
  let expires = Infinity;

  const fetchToken = async (source: TokenSource): Promise<string> => {
    let value: unknown;
    try {
      value = await source();
    } catch (cause) {
      throw ownError("TOKEN_UNAVAILABLE", { cause });
    }
    if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw ownError("TOKEN_UNAVAILABLE");
    expires = expiryOf(value);
    return value;
  };
  const get = (): Promise<string> => {
    if (typeof token === "string") return Promise.resolve(token);
    if (Date.now() / 1000 > expires - EARLY_SECONDS) current = undefined;
    current ??= fetchToken(token).catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  };
  return {
    sign: async () => ({ [header.toLowerCase()]: `${prefix}${await get()}` }),
    ...(typeof token === "function" && {
      renew: async () => {
        const refused = await current;
        current = undefined;
        return (await get()) !== refused;
      },
    }),
  };
}

/** `exp` of a JSON web token, seconds; Infinity for any other token. The door verifies it: here it only saves a request. */
function expiryOf(token: string): number {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === "number" ? exp : Infinity;
  } catch {
    return Infinity;
  }
}
