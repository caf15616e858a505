import { eventsIn, type StreamedEvent } from "./eventStream";

/**
 * True if an event is the agent's own report of a failure: an event `error` (TypeScript SDK), or an object with `error` and `error_type`
 * (Python SDK). The time is proportional to the number of bytes.
 *
 * @param events whole events
 * @param isStart true if the stream begins with these bytes: a byte order mark is then not part of the first line
 */
export function reportsFailure(events: Uint8Array, isStart = true): boolean {
  // Fast path: most events do not contain the word.
  if (!Buffer.from(events.buffer, events.byteOffset, events.byteLength).includes("error")) return false;
  const text = new TextDecoder("utf-8", { ignoreBOM: !isStart }).decode(events);
  for (const event of eventsIn(text)) if (isFailure(event)) return true;
  return false;
}

function isFailure({ type, data }: StreamedEvent): boolean {
  if (type === "error") return true;
  if (data.length === 0) return false;
  const text = data.join("\n").trim();
  // Parse only candidates: an exception of JSON.parse costs more than this search.
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
