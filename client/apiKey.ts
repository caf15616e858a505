import type { Signer } from "./signer";

export type { Signer } from "./signer";

/** The key of a REST door, in `x-api-key`. A key is not a secret on a web page: everybody who opens the page can read it. */
export function apiKey(key: string): Signer {
  return { sign: () => ({ "x-api-key": key }) };
}
