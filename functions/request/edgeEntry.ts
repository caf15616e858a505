import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../contract/wire/errors";
import type { DoorRequest } from "./request";

/** A request that is refused before the door decides. `reason` is for the log, and contains nothing that the client sent. */
export class EntryRefused extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
  ) {
    super();
  }
}

/**
 * Adds to a request what needs I/O.
 *
 * @throws EntryRefused if the request must not be served
 */
export type SignIn = (request: DoorRequest, remainingMs: number) => Promise<DoorRequest>;

/** Creates the preparation of requests, or undefined at a door that has none: one without a public edge. */
export async function signInOf({ publicEdge, userTokens }: DoorPolicy): Promise<SignIn | undefined> {
  if (!publicEdge) return undefined;
  const { prepare } = await (userTokens ? import("./userTokens.mjs") : import("./edgeIds.mjs"));
  const ask = prepare(process.env);
  return async (request, remainingMs) => {
    const found = await ask(request, remainingMs);
    if ("code" in found) throw new EntryRefused(found.code, found.reason);
    return { ...request, ...found };
  };
}
