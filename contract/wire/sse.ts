/** An SSE comment. Parsers ignore it, and it prevents an idle timeout of the connection. https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes */
export const HEARTBEAT = ": keepalive\n\n";

/**
 * Encodes one event whose data is JSON. JSON has no raw line break, so one `data:` line is enough.
 *
 * @param event its name; empty for the standard's default
 */
export function encodeEvent(event: string, data: unknown): string {
  return `${event && `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Encodes a text as the data of one event, chunk by chunk. The caller must send the blank line that ends the event. */
export async function* eventData(body: AsyncIterable<Uint8Array>, decoder = new TextDecoder()): AsyncGenerator<string> {
  yield "data: ";
  let held = "";
  for await (const chunk of body) {
    const text = held + decoder.decode(chunk, { stream: true });
    // A CR at the end of a chunk can be the first half of a CRLF.
    held = text.endsWith("\r") ? "\r" : "";
    yield inData(held === "" ? text : text.slice(0, -1));
  }
  yield inData(held + decoder.decode());
}

function inData(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\ndata: ");
}
