const [LF, CR] = [0x0a, 0x0d];

/** The fields that are read. The `s` flag lets the dot match U+2028 and others, which do not end a line in an event stream. */
const FIELD = /^(event|data)(?:: ?(.*))?$/s;

/** An event of a stream, with its data by line. */
export interface StreamedEvent {
  /** Empty for the standard's default type, `message`. */
  readonly type: string;
  readonly data: readonly string[];
  /** Index of its first character. */
  readonly start: number;
}

/**
 * The events of a complete text, in time proportional to its length. The last event does not need an end. An event without data is
 * included, although the standard drops it.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function* eventsIn(text: string): Generator<StreamedEvent> {
  let type = "";
  let data: string[] = [];
  let start = 0;
  for (const { line, end } of lines(text)) {
    if (line === "") {
      yield { type, data, start };
      type = "";
      data = [];
      start = end;
      continue;
    }
    const [, field, value = ""] = FIELD.exec(line) ?? [];
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
  }
  yield { type, data, start };
}

/** The lines, each with the index after its end. Only CR, LF and CRLF end a line; U+2028, U+2029, U+0085, VT and FF do not. */
function* lines(text: string): Generator<{ line: string; end: number }> {
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== LF && code !== CR) continue;
    const line = text.slice(start, i);
    if (code === CR && text.charCodeAt(i + 1) === LF) i++;
    start = i + 1;
    yield { line, end: start };
  }
  yield { line: text.slice(start), end: text.length };
}
