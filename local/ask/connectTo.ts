import { apiKey } from "../../client/apiKey";
import { bearer } from "../../client/bearer";
import { bodyHash } from "../../client/bodyHash";
import { connect, type FrontDoor, type Signer } from "../../client/index";
import { sigv4, type SigV4Options } from "../../client/sigv4";
import type { Door } from "../../contract/wire/doors";
import { TOKEN_HEADER } from "../../contract/wire/headers";

export interface Caller {
  /** For a door with `AWS_IAM`. */
  readonly credentials?: SigV4Options["credentials"] | undefined;
  /** Bearer token. It replaces the token of a door with `BEARER`. A stack with `runtimeAuth: oauth` requires it. */
  readonly token?: string | undefined;
}

/** Connects to a door as `npm start` announces it. */
export function connectTo(door: Door, caller: Caller = {}): FrontDoor {
  const { url, textPath } = door;
  return connect({ url, auth: signersOf(door, caller), ...(textPath !== undefined && { textPath }) });
}

function signersOf({ auth, apiKey: key }: Door, { credentials, token }: Caller): Signer[] {
  const signers: Signer[] = key ? [apiKey(key.value)] : [];
  // `Authorization` is taken only if the door itself reads a token.
  const aside = token === undefined ? [] : [bearer(token, { header: TOKEN_HEADER })];
  switch (auth.type) {
    case "BEARER": {
      const { header, value } = auth;
      const own = { sign: () => ({ [header.toLowerCase()]: token === undefined ? value : `Bearer ${token}` }) };
      return [...signers, own];
    }
    case "API_KEY":
      return [...signers, apiKey(auth.value), ...aside];
    case "EDGE": {
      const own =
        auth.token !== undefined && token === undefined ? [bearer(auth.token, { header: TOKEN_HEADER })] : aside;
      return [...signers, ...own, bodyHash()];
    }
    case "AWS_IAM": {
      const { service, region } = auth;
      return [...signers, ...aside, sigv4({ service, region, ...(credentials && { credentials }) })];
    }
  }
}
