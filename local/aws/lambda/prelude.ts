import { PRELUDE_DELIMITER_BYTES, PRELUDE_WINDOW_BYTES } from "../../../contract/aws/limits";

/** Status and headers that a streaming function sends before its payload. */
export interface Prelude {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
}

/** The content type that announces a prelude. */
export const INTEGRATION_RESPONSE = "application/vnd.awslambda.http-integration-response";

const DELIMITER = Buffer.alloc(PRELUDE_DELIMITER_BYTES);

/**
 * Splits a streamed answer into its metadata and its payload.
 *
 * @returns the prelude and the first bytes of the payload, or undefined if the bytes so far contain no delimiter
 * @throws Error if the delimiter is not within the first 16 KB or the metadata is not JSON: API Gateway answers 500 to both
 */
export function splitPrelude(bytes: Buffer): { prelude: Prelude; payload: Buffer } | undefined {
  const end = bytes.indexOf(DELIMITER);
  if (end < 0 && bytes.byteLength < PRELUDE_WINDOW_BYTES) return undefined;
  if (end < 0 || end + PRELUDE_DELIMITER_BYTES > PRELUDE_WINDOW_BYTES) {
    throw new Error("The streamed answer has no prelude within its first 16 KB.");
  }
  return {
    prelude: JSON.parse(bytes.subarray(0, end).toString()) as Prelude,
    payload: bytes.subarray(end + PRELUDE_DELIMITER_BYTES),
  };
}
