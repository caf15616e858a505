import type { DoorPolicy } from "../../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../../contract/wire/errors";
import type { DoorRequest } from "../request";

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
 * Adds to a request at a public edge what needs I/O: its user, or the session ids that the door has issued.
 *
 * @throws EntryRefused if the request must not be served
 */
export type EdgeEntry = (request: DoorRequest, remainingMs: number) => Promise<DoorRequest>;

/** Undefined at a door without a public edge. */
export async function edgeEntryOf({ publicEdge, userTokens }: DoorPolicy): Promise<EdgeEntry | undefined> {
  if (!publicEdge) return undefined;
  const { prepare } = await (userTokens ? import("./userTokens.mjs") : import("./edgeIds.mjs"));
  const ask = prepare(process.env);
  return async (request, remainingMs) => {
    const found = await ask(request, remainingMs);
    if ("code" in found) throw new EntryRefused(found.code, found.reason);
    return { ...request, ...found };
  };
}
