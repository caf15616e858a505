import { createParser } from "eventsource-parser";

/** An event of an SSE answer, with its time of arrival. */
export interface Arrival {
  readonly event: string | undefined;
  readonly data: string;
  readonly at: number;
}

/** Reads an event stream to its end, noting when each event arrived; calls `onArrival` after each. */
export async function arrivals(response: Response, onArrival: () => void = () => undefined): Promise<Arrival[]> {
  const found: Arrival[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      found.push({ event, data, at: Date.now() });
      onArrival();
    },
  });
  if (!response.body) return found;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
  return found;
}

/**
 * The events that a standard parser reads from these bytes.
 *
 * @param isAll true if no bytes follow, so that a CR at the end ends a line; otherwise the parser waits for the next byte
 */
export function parsed(
  bytes: Uint8Array,
  isAll = true,
): { id: string | undefined; event: string | undefined; data: string }[] {
  const events: ReturnType<typeof parsed> = [];
  const parser = createParser({ onEvent: ({ id, event, data }) => events.push({ id, event, data }) });
  // Decoded in one piece: the decoder removes a byte order mark.
  parser.feed(new TextDecoder().decode(bytes) + (isAll ? ":" : ""));
  return events;
}

/**
 * The events that Python's httpx-sse reads, and openai's client, which has the same decoder. After an `id:`, a blank line is also an event.
 * https://github.com/florimondmanca/httpx-sse/blob/master/src/httpx_sse/_decoders.py
 */
export function parsedInPython(bytes: Uint8Array): { event: string; data: string; id: string; retry: number | null }[] {
  const events: ReturnType<typeof parsedInPython> = [];
  let [event, data, id, retry]: [string, string[], string, number | null] = ["", [], "", null];
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  for (const line of lines.slice(0, -1)) {
    if (line === "") {
      if (event === "" && data.length === 0 && id === "" && retry === null) continue;
      events.push({ event, data: data.join("\n"), id, retry });
      [event, data, retry] = ["", [], null];
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
  return events;
}

/** Event streams in correct and in faulty form, with every kind of line end. */
export const STREAM_FORMS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["plain", "data: a\n\ndata: b\n\n"],
    ["ids and retry", "data: a\n\nid: 7\ndata: b\n\nretry: 9\n\n: c\n\ndata: d\n\n"],
    ["comments and blank lines", "\n\n: hi\n\n:\ndata: a\n\n\n\n:\n\ndata: b\n\n"],
    ["fields of several lines", "event: x\ndata: a\ndata: é\ndata\n\ndata: 😀\n\n"],
    ["a byte order mark", "\ufeffdata: a\n\ndata: \ufeffb\n\n"],
    ["a mark and a comment", "\ufeff: c\n\ndata: a\n\n"],
    ["no blank line at the end", "data: a\n\ndata: b\n"],
    ["no line end at the end", "data: a\n\nid: 1\ndata: b"],
    ["id lines that are none", "data: id: 1\n\nidx: 1\ndata: a\n\nid\ndata: b\n\nretr: 1\n\n"],
  ].flatMap(([title = "", text = ""]) => [
    [`${title}, LF`, text],
    [`${title}, CRLF`, text.replaceAll("\n", "\r\n")],
    [`${title}, CR`, text.replaceAll("\n", "\r")],
    [`${title}, LF then CRLF`, text.replaceAll("\n\n", "\n\r\n")],
    [`${title}, CR then CRLF`, text.replaceAll("\n\n", "\r\r\n")],
    [`${title}, CRLF then CR`, text.replaceAll("\n\n", "\r\n\r")],
  ]),
);

/** Cuts bytes at these places, each modulo their length. */
export function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
}
