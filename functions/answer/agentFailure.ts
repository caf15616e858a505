import { eventsIn, type StreamedEvent } from "./eventStream";

/**
 * True when whole events hold an agent's own report of a failure: an event `error` (the TypeScript SDK), or an object with `error` and
 * `error_type` (the Python SDK). Takes time in proportion to the bytes.
 *
 * @param isStart whether the stream begins here, so that a byte order mark is not part of its first line
 */
export function reportsFailure(events: Uint8Array, isStart = true): boolean {
  // The common case is decided on bytes: no event of plain text holds the word.
  if (!Buffer.from(events.buffer, events.byteOffset, events.byteLength).includes("error")) return false;
  const text = new TextDecoder("utf-8", { ignoreBOM: !isStart }).decode(events);
  for (const event of eventsIn(text)) if (isFailure(event)) return true;
  return false;
}

function isFailure({ type, data }: StreamedEvent): boolean {
  if (type === "error") return true;
  if (data.length === 0) return false;
  const text = data.join("\n").trim();
  // What cannot be such an object is not parsed: an exception costs more than the search.
  if (!text.startsWith("{") || !text.endsWith("}") || !text.includes("error_type")) return false;
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === "object" &&
      value !== null &&
      "error_type" in value &&
      "error" in value &&
      typeof value.error === "string"
    );
  } catch {
    return false;
  }
}
