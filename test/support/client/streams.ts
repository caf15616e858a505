/** An event as it should be read. */
interface Expected {
  readonly type?: string;
  readonly data: string;
  readonly id?: string;
}

/**
 * Streams and their events, by the rules of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation, of the kinds
 * that https://github.com/web-platform-tests/wpt/tree/master/eventsource has.
 */
export const STREAMS: Readonly<Record<string, readonly [stream: string, events: readonly Expected[]]>> = {
  "one event": ["data: a\n\n", [{ data: "a" }]],
  "LF, CRLF and CR": [
    "data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n",
    ["a", "b", "c", "d"].map((data) => ({ data })),
  ],
  "mixed line ends in one event": ["data:a\r\ndata:b\rdata:c\n\n", [{ data: "a\nb\nc" }]],
  "a byte order mark": ["\uFEFFdata: a\n\n", [{ data: "a" }]],
  "a second byte order mark": ["\uFEFF\uFEFFdata: a\n\ndata: b\n\n", [{ data: "b" }]],
  "a byte order mark later": ["data: a\n\n\uFEFFdata: b\n\ndata: c\n\n", [{ data: "a" }, { data: "c" }]],
  comments: [": one\n:\n\ndata: a\n: two\ndata: b\n\n", [{ data: "a\nb" }]],
  "no space, one, two": ["data:a\ndata: b\ndata:  c\n\n", [{ data: "a\nb\n c" }]],
  "a tab is no space": ["data:\ta\n\n", [{ data: "\ta" }]],
  "a colon in the data": ["data: a: b\n\n", [{ data: "a: b" }]],
  "an empty data line": [
    "data:\n\ndata\n\ndata\ndata\n\ndata: x\n\n",
    [{ data: "" }, { data: "" }, { data: "\n" }, { data: "x" }],
  ],
  "an event without data": ["event: x\n\ndata: a\n\n", [{ data: "a" }]],
  "names of events": [
    "event: x\ndata: a\n\ndata: b\n\nevent: y\nevent: z\ndata: c\n\n",
    [{ type: "x", data: "a" }, { data: "b" }, { type: "z", data: "c" }],
  ],
  "an id": ["id: 1\ndata: a\n\n", [{ data: "a", id: "1" }]],
  "unknown fields": ["Data: a\n data: b\ndata : c\nfoo: d\ndata: e\n\n", [{ data: "e" }]],
  retry: ["retry: 1000\nretry: 1x\ndata: a\n\n", [{ data: "a" }]],
  "characters of two, three and four bytes": [
    "data: ä€😀\n\nevent: é\ndata: ü\n\n",
    [{ data: "ä€😀" }, { type: "é", data: "ü" }],
  ],
  "line separators that are none": ["data: a\u2028b\u0085c\n\n", [{ data: "a\u2028b\u0085c" }]],
  "a null character": ["data: \u0000a\n\n", [{ data: "\u0000a" }]],
};
