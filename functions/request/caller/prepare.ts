import type { ErrorCode } from "../../../contract/wire/errors";
import type { DoorRequest } from "../request";

/**
 * What an optional file of the archive finds out about a request at a public edge: its user, or the session ids that the door has issued. Empty if
 * the request needs neither. Only plain values: the file has its own copy of every class.
 *
 * @param remainingMs time that is left for the request, milliseconds
 */
export type Prepare = (
  request: DoorRequest,
  remainingMs: number,
) => Promise<Partial<DoorRequest> | { readonly code: ErrorCode; readonly reason: string }>;
