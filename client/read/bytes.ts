import { orAborted } from "../abort";
import { FrontDoorError } from "../errors/error";
import { ownError } from "../errors/own";

/** The bytes of an answer. They are cancelled if the reader stops early. */
export async function* bytesOf(
  response: Response,
  signal: AbortSignal,
  requestId: string | undefined,
): AsyncGenerator<Uint8Array> {
  // Not `for await`: not every browser's streams are iterable.
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await orAborted(signal, reader.read());
      if (done) return;
      yield value;
    }
  } catch (cause) {
    if (signal.aborted) throw ownError("ABORTED", { cause: signal.reason, requestId });
    throw cause instanceof FrontDoorError ? cause : ownError("ANSWER_CUT", { cause, requestId });
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** A text in pieces. A character can be split between two of them. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, charset = "utf-8"): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** The charset of a content type, if the platform knows it. */
export function charsetOf(contentType: string): string {
  const [, charset = "utf-8"] = /;\s*charset="?([\w:.-]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return "utf-8";
  }
}
