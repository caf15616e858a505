import { on } from "node:events";
import type { Readable } from "node:stream";

/** The stream stops while more chunks than this wait. */
const WAITING = { highWaterMark: 8, lowWaterMark: 1 };

/**
 * The chunks as they arrive. The stream's own iterator joins the chunks that wait, which copies each byte, and the copies are memory to free.
 *
 * @throws the error of the stream, also if it broke before it was read
 */
export async function* chunks(body: unknown): AsyncGenerator<Uint8Array> {
  if (body === undefined) return;
  const stream = body as Readable;
  try {
    const options = { close: ["close", "end"], ...WAITING };
    if (!stream.destroyed) for await (const [chunk] of on(stream, "data", options)) yield chunk as Uint8Array;
    if (!stream.readableEnded) throw stream.errored ?? Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  } finally {
    // Ends the call if the rest of the answer is not needed.
    stream.destroy();
  }
}
