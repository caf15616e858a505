const [LF, CR] = [0x0a, 0x0d];

/** The fields that are looked into. With the flag the dot matches what ends a line elsewhere. */
const FIELD = /^(event|data)(?:: ?(.*))?$/s;

/**
 * True when whole events hold an agent's own report of a failure: an event `error` (the TypeScript SDK), or an object with `error` and
 * `error_type` (the Python SDK). Takes time in proportion to the bytes.
 *
 * @param isStart whether the stream begins here, so that a byte order mark is no part of its first line
 */
export function reportsFailure(events: Uint8Array, isStart = true): boolean {
  // The common case is decided on bytes: no event of plain text holds the word.
  if (!Buffer.from(events.buffer, events.byteOffset, events.byteLength).includes("error")) return false;
  const text = new TextDecoder("utf-8", { ignoreBOM: !isStart }).decode(events);
  let type = "";
  let data: string[] = [];
  for (const line of lines(text)) {
    if (line === "") {
      if (isFailure(type, data)) return true;
      type = "";
      data = [];
      continue;
    }
    const [, field, value = ""] = FIELD.exec(line) ?? [];
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
  }
  // The last event of a stream need not be ended.
  return isFailure(type, data);
}

/** Only CR, LF and CRLF end a line: no U+2028, U+2029, U+0085, VT or FF. */
function* lines(text: string): Generator<string> {
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== LF && code !== CR) continue;
    yield text.slice(start, i);
    if (code === CR && text.charCodeAt(i + 1) === LF) i++;
    start = i + 1;
  }
  yield text.slice(start);
}

function isFailure(type: string, data: readonly string[]): boolean {
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
