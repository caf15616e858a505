import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { eventData, HEARTBEAT } from "../../../contract/wire/sse";
import { DialectReader } from "../../../contract/wire/dialects/reader";
import { StreamReport } from "../../../functions/answer/streamReport";
import { EventBoundary } from "../../../functions/answer/boundary/eventBoundary";

/** Event streams in correct and in faulty form. */
const STREAMS: Readonly<Record<string, string>> = {
  "the TypeScript SDK's": 'event: message\ndata: {"text":"häh? 😀"}\n\nevent: error\ndata: {"error":"boom"}\n\n',
  "the Python SDK's": 'data: "eins"\n\ndata: {"a": "zwei"}\n\ndata: {"error": "x", "error_type": "ValueError"}\n\n',
  CRLF: "id: 1\r\nevent: x\r\ndata: a\r\ndata: b\r\n\r\n: comment\r\n\r\ndata: c\r\n\r\n",
  "CR alone": "data: a\r\rdata: b\rdata: c\r\r",
  "mixed line ends": "data: a\n\r\ndata: b\r\n\ndata: c\n\n",
  "comments and retry": ": hello\n\nretry: 1000\n\n:\n\ndata: x\n\n",
  "no blank line at the end": "data: a\n\ndata: b\n",
  "no line end at the end": "data: a\n\ndata: b",
  "blank lines at the start": "\n\n\r\n\r\rdata: a\n\n\n\ndata: b\n\n",
  "a byte order mark": "\ufeffdata: a\n\ndata: \ufeffb\n\n",
  "fields without a colon and without a space": "data\n\ndata:x\n\nevent\ndata: y\n\nunknown: z\ndata: u\n\n",
  "U+2028, NUL and control characters": "data: a\u2028b\u2029c\u0085d\u0000e\u000bf\n\n",
  "characters of one to four bytes": "data: aé€😀\n\ndata: 👩‍👩‍👧‍👦\n\n",
  "no event at all": ": only a comment\n\n",
  "": "",
};

interface Parsed {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

function parsed(bytes: Buffer): Parsed[] {
  const events: Parsed[] = [];
  const parser = createParser({ onEvent: ({ id, event, data }) => events.push({ id, event, data }) });
  parser.feed(new TextDecoder().decode(bytes));
  return events;
}

function reportsFailure(bytes: Buffer): boolean {
  const report = new StreamReport(new DialectReader());
  report.push(bytes, false);
  return report.hasFailed;
}

function through(chunks: readonly Buffer[]): { out: Buffer[]; boundary: EventBoundary } {
  const boundary = new EventBoundary();
  const out = chunks.flatMap((chunk) => boundary.push(chunk).map((ready) => Buffer.from(ready)));
  return { out: [...out, Buffer.from(boundary.rest())], boundary };
}

describe("SSE framing", () => {
  for (const [title, text] of Object.entries(STREAMS)) {
    it(`keeps ${title || "an empty stream"} whole at every cut, and every pair of cuts`, () => {
      const bytes = Buffer.from(text);
      const whole = parsed(bytes);
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          const { out } = through([bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]);
          assert.ok(Buffer.concat(out).equals(bytes), `cut at ${first} and ${second}`);
        }
        // At any moment, the bytes that were sent parse to a prefix of the whole: never to half an event or half a character.
        const { out } = through([bytes.subarray(0, first), bytes.subarray(first)]);
        for (let pieces = 1; pieces < out.length; pieces++) {
          const sofar = parsed(Buffer.concat(out.slice(0, pieces)));
          assert.deepEqual(sofar, whole.slice(0, sofar.length));
        }
      }
    });
  }

  it("counts events, not comments", () => {
    const { boundary } = through([Buffer.from(": c\n\ndata: a\n\ndata: b\r\n\r\n\n\ndata: c")]);
    assert.equal(boundary.events, 2);
  });

  it("holds a giant event back only so far, and says that it is open", () => {
    const boundary = new EventBoundary();
    const piece = Buffer.alloc(300_000, "x");
    const push = (bytes: Buffer) => Buffer.concat(boundary.push(bytes)).byteLength;
    let out = push(Buffer.from("data: "));
    for (let i = 0; i < 10; i++) out += push(piece);
    assert.ok(boundary.isOpen);
    assert.ok(out >= 3_000_000 - 1_300_000);
    out += push(Buffer.from("\n\n"));
    assert.ok(!boundary.isOpen);
    assert.equal(out, 6 + 3_000_000 + 2);
  });

  for (const [text, fails] of [
    ["event: error\ndata: x\n\n", true],
    ["event:error\r\ndata: x\r\n\r\n", true],
    ["data: x\revent: error\r\r", true],
    ['data: {"error": "x", "error_type": "ValueError", "message": "y"}\n\n', true],
    ["event: errors\ndata: x\n\n", false],
    ["data: event: error\n\n", false],
    ['data: {"text":"event: error"}\n\n', false],
    ["data: the word error\n\n", false],
    ['data: {"error": "x"}\n\n', true],
    [": error\n\n", false],
    ['data: {"error_type":"E","error":"x"}\n\n', true],
    ['data: {\ndata:   "message": "y",\ndata:   "error_type": "E",\ndata:   "error": "x"\ndata: }\n\n', true],
    ['data:{"error":"a\u2028b","error_type":"E"}\n\n', true],
    ['data: {"error": "", "error_type": "ValueError"}\n\n', true],
    ['data: {"error": "x", "error_type": "E"}', true],
    ["\ufeffevent: error\ndata: x\n\n", true],
    ['\ufeffdata: {"error": "x", "error_type": "E"}\n\n', true],
    ["data: a\n\n\ufeffevent: error\ndata: x\n\n", false],
    ["event: error\nevent: x\ndata: a\n\n", false],
    ["event: error\n\n", true],
    ["event\ndata: error\n\n", false],
    ["event:  error\ndata: two spaces\n\n", false],
    ...["\u2028", "\u2029", "\u0085", "\v", "\f", "\0"].flatMap(
      (end) =>
        [
          [`data: hi${end}event: error\n\n`, false],
          [`data: hi${end}data: {"error": "x", "error_type": "E"}\n\n`, false],
          [`event: error${end}\ndata: x\n\n`, false],
        ] as const,
    ),
    ['data: "{\\"error\\": \\"x\\", \\"error_type\\": \\"E\\"}"\n\n', false],
    ['data: {"text": "{\\"error\\": \\"x\\", \\"error_type\\": \\"E\\"}"}\n\n', false],
    ['data: {"result": {"error": "x", "error_type": "E"}}\n\n', false],
    ['data: [{"error": "x", "error_type": "E"}]\n\n', false],
    ['data: an error looks so:\ndata: {"error": "x", "error_type": "E"}\n\n', false],
    ['data: {"error": null, "error_type": null}\n\n', false],
    ['data: {"error": "x", "error_type": "E"\n\n', false],
    ['id: {"error": "x", "error_type": "E"}\n\n', false],
  ] as const) {
    it(`${fails ? "takes" : "does not take"} ${JSON.stringify(text)} for the agent's own report of a failure`, () => {
      assert.equal(reportsFailure(Buffer.from(text)), fails);
    });
  }

  for (const [title, text] of [
    ["what looks like the beginning of a line", '\u2028data: {"error": "'],
    ["lines that begin like a failure", 'data: {"error": "x", "error_type\n'],
    ["events that begin like a failure", 'data: {"error": "x", "error_type\n\n'],
    ["brackets", '[{"error_type":'],
    ["line ends", "\r"],
  ] as const) {
    // Quadratic time would be hours here, and exceed the test's timeout.
    it(`searches 8 MB of ${title} in linear time`, () => {
      const prefix = title === "brackets" ? 'data: {"error": "x", "error_type": ' : "data: error";
      assert.ok(!reportsFailure(Buffer.from(prefix + text.repeat(8_000_000 / text.length))));
    });
  }

  for (const text of ["one line", "two\nlines", "cr\rlf\ncrlf\r\nend\r", "", "\n\n", "häh? 😀", "data: x\n\ndata: y"]) {
    it(`puts ${JSON.stringify(text)} into one event, however it is cut`, async () => {
      const bytes = Buffer.from(text);
      for (let at = 0; at <= bytes.length; at++) {
        let out = "";
        const chunks = Readable.from([bytes.subarray(0, at), bytes.subarray(at)]);
        for await (const piece of eventData(chunks)) out += piece;
        const [event, ...more] = parsed(Buffer.from(`${out}\n\n`));
        assert.equal(more.length, 0);
        assert.equal(event?.data, text.replace(/\r\n|\r/g, "\n"));
      }
    });
  }
});

describe("EventBoundary", () => {
  const eventText = fc
    .array(fc.string({ unit: fc.constantFrom("a", "é", "😀", " ", ":", "\r", "\n"), maxLength: 12 }), { maxLength: 6 })
    .map((lines) => lines.join(""));

  it("gives every byte back, in order, however the stream is cut", () => {
    fc.assert(
      fc.property(eventText, fc.array(fc.nat(8)), (text, cuts) => {
        const boundary = new EventBoundary();
        const out: Uint8Array[] = [];
        for (const chunk of cut(Buffer.from(text), cuts)) out.push(...boundary.push(chunk));
        assert.equal(Buffer.concat([...out, boundary.rest()]).toString(), text);
      }),
      { numRuns: 500 },
    );
  });

  it("lets a comment in after every piece without changing an event", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.array(fc.nat(6)),
        (texts, end, cuts) => {
          const stream = texts.map((text) => `data: ${JSON.stringify(text)}${end}${end}`).join("");
          const boundary = new EventBoundary();
          let out = "";
          for (const chunk of cut(Buffer.from(stream), cuts)) {
            // A CR may be half of a CRLF; a comment after it still begins on its own line.
            for (const ready of boundary.push(chunk))
              out += Buffer.from(ready).toString() + (out.endsWith("\r") ? "" : HEARTBEAT);
          }
          assert.deepEqual(
            parsed(Buffer.from(out)).map(({ data }) => data),
            texts.map((text) => JSON.stringify(text)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}
