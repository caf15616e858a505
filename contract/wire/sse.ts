/** A comment: parsers skip it, and it keeps the connection from idling. https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes */
export const HEARTBEAT = ": keepalive\n\n";

/** One event whose data is JSON, as the wire has it. JSON has no raw line break, so one `data:` line is enough. */
export function encodeEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Text of any kind as the data of one event, piece by piece; the event's end, a blank line, is left to the caller. */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  yield "data: ";
  let held = "";
  for await (const chunk of body) {
    const text = held + decoder.decode(chunk, { stream: true });
    // A CR at the end may be half of a CRLF.
    held = text.endsWith("\r") ? "\r" : "";
    yield inData(held === "" ? text : text.slice(0, -1));
  }
  yield inData(held + decoder.decode());
}

function inData(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\ndata: ");
}

const TEXT_FIELDS = ["text", "delta", "content", "data"] as const;

/**
 * The text that a reader wants from the data of one event. Agents frame it in three ways: a plain line
 * (the TypeScript SDK), a JSON string (the Python SDK), or an object with the text in `text`, `delta`, `content` or `data`.
 * Any other JSON comes back as a line of its own.
 */
export function textOf(data: string): string {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return data;
  }
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return data;
  for (const field of TEXT_FIELDS) {
    const text = (value as Record<string, unknown>)[field];
    if (typeof text === "string") return text;
  }
  return `${data}\n`;
}
