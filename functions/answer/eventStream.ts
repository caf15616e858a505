const [LF, CR] = [0x0a, 0x0d];

/** The fields that are read. With the flag the dot matches what ends a line elsewhere. */
const FIELD = /^(event|data)(?:: ?(.*))?$/s;

/** An event as it stands in a stream; its data line by line. */
export interface StreamedEvent {
  /** Empty for the standard's `message`. */
  readonly type: string;
  readonly data: readonly string[];
}

/**
 * The events of a text that is all there, in time that is proportional to it. The last one need not be ended. One without data, which a parser
 * of the standard drops, comes as well. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function* eventsIn(text: string): Generator<StreamedEvent> {
  let type = "";
  let data: string[] = [];
  for (const line of lines(text)) {
    if (line === "") {
      yield { type, data };
      type = "";
      data = [];
      continue;
    }
    const [, field, value = ""] = FIELD.exec(line) ?? [];
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
  }
  yield { type, data };
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
