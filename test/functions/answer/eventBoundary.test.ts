import assert from "node:assert/strict";
import fc from "fast-check";
import { HEARTBEAT } from "../../../contract/wire/sse";
import { EventBoundary } from "../../../functions/answer/boundary/eventBoundary";
import { eventsIn } from "../../../functions/answer/eventStream";
import { cut, parsed, parsedInPython, STREAM_FORMS } from "../../support/http/sse";
import { commented } from "./commented";

function assertUnharmed(bytes: Buffer, places: readonly number[]): void {
  const where = `${JSON.stringify(bytes.toString())} cut at ${places.join(", ")}`;
  const chunks = cut(bytes, places);
  for (const comment of [HEARTBEAT, undefined]) {
    const { all, agent, boundary } = commented(chunks, comment);
    const rest = boundary.rest();
    assert.ok(Buffer.concat([...agent, rest]).equals(bytes), where);
    const whole = Buffer.concat([...all, rest]);
    assert.deepEqual(parsed(whole), parsed(bytes), where);
    if (comment === undefined) assert.deepEqual(parsedInPython(whole), parsedInPython(bytes), where);
  }
}

/** The agent ends after `length` bytes: complete events were sent, and the door's error is an event of its own. */
function assertBreaksClean(bytes: Buffer, places: readonly number[], length: number): void {
  const broken = bytes.subarray(0, length);
  const { all, boundary } = commented(cut(broken, places));
  const out = Buffer.concat([...all, boundary.whole() ?? Buffer.alloc(0), Buffer.from("event: error\ndata: x\n\n")]);
  const where = `${JSON.stringify(broken.toString())} cut at ${places.join(", ")}`;
  assert.deepEqual(parsed(out), [...parsed(broken), { id: undefined, event: "error", data: "x" }], where);
}

/** Built line by line, so that each line can end differently. */
const line = fc.oneof(
  fc.constantFrom(
    "",
    "",
    "",
    "data: x",
    "data",
    ": c",
    ":",
    "id: 1",
    "id:",
    "id",
    "retry: 5",
    "event: y",
    "\u2028id: 2",
    "i",
    "ret",
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => text.replace(/[\r\n]/g, "")),
);
const lineEnd = fc.constantFrom("\n", "\r", "\r\n");
const stream = fc
  .tuple(
    fc.constantFrom("", "", "\ufeff"),
    fc.oneof(
      fc.array(fc.tuple(line, lineEnd), { maxLength: 20 }),
      fc
        .tuple(fc.array(line, { maxLength: 20 }), lineEnd)
        .map(([lines, end]) => lines.map((text) => [text, end] as const)),
    ),
    fc.constantFrom("", "data: rest", "\r"),
  )
  .map(([mark, lines, rest]) => Buffer.from(mark + lines.flat().join("") + rest));
const places = fc.array(fc.nat(400), { maxLength: 12 });

describe("the boundary of events", () => {
  for (const [title, text] of Object.entries(STREAM_FORMS)) {
    const bytes = Buffer.from(text);

    it(`${title}: whole at every pair of cuts, with a comment behind every piece`, () => {
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) assertUnharmed(bytes, [first, second]);
      }
      assertUnharmed(bytes, [...bytes.keys()]);
    });

    it(`${title}: whole when the agent breaks off at any byte`, () => {
      for (let length = 0; length <= bytes.length; length++) {
        for (let first = 0; first <= length; first++) assertBreaksClean(bytes, [first], length);
        assertBreaksClean(bytes, [...bytes.keys()], length);
      }
    });

    it(`${title}: each event goes out at once, unless its last CR may be half of a CRLF`, () => {
      const bareOnly = !text.includes("\n") && !/(^|\r)(id|retry):/.test(text);
      for (let length = 1; length <= bytes.length; length++) {
        const read = bytes.subarray(0, length);
        const sent = parsed(Buffer.concat(commented(cut(read, [...read.keys()])).agent));
        assert.deepEqual(sent, parsed(read).slice(0, sent.length));
        assert.ok(sent.length >= parsed(read, bareOnly).length, JSON.stringify(read.toString()));
      }
    });
  }

  it("any stream, cut anywhere, with a comment behind every piece", () => {
    fc.assert(fc.property(stream, places, assertUnharmed), { numRuns: 5_000 });
  });

  it("any stream is read as a parser of the standard reads it", () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const ended = Buffer.concat([bytes, Buffer.from("\n\n")]);
        const events = [...eventsIn(new TextDecoder().decode(bytes))].filter(({ data }) => data.length > 0);
        assert.deepEqual(
          events.map(({ type, data }) => [type, data.join("\n")]),
          parsed(ended).map(({ event = "", data }) => [event, data]),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it("any stream that breaks off anywhere", () => {
    fc.assert(
      fc.property(stream, places, fc.nat(400), (bytes, at, length) => {
        assertBreaksClean(bytes, at, length % (bytes.length + 1));
      }),
      { numRuns: 5_000 },
    );
  });

  for (const end of ["\n", "\r\n", "\r"]) {
    it(`an event too large to hold, with ${JSON.stringify(end)}: nothing is put in before its end`, () => {
      const giant = Buffer.from(`data: ${"x".repeat(1_200_000)}${end}data: y${end}${end}data: z${end}${end}`);
      for (const size of [65_536, 999_999, 1_048_577, giant.length - 1]) {
        assertUnharmed(
          giant,
          Array.from({ length: Math.ceil(giant.length / size) }, (_, i) => i * size),
        );
      }
    });
  }

  it("copies only the event that began in an earlier chunk", () => {
    const boundary = new EventBoundary();
    assert.deepEqual(boundary.push(Buffer.from("data: a")), []);
    const chunk = Buffer.from("b\n\ndata: c\n\ndata: d\n\ndata: e");
    const [joined, rest, ...more] = boundary.push(chunk);
    assert.equal(Buffer.from(joined ?? []).toString(), "data: ab\n\n");
    assert.equal(Buffer.from(rest ?? []).toString(), "data: c\n\ndata: d\n\n");
    assert.equal(rest?.buffer, chunk.buffer);
    assert.equal(rest.byteOffset, chunk.byteOffset + 3);
    assert.deepEqual(more, []);
  });

  it("takes the short comment only once an id or a retry has gone out", () => {
    const boundary = new EventBoundary();
    const after = (text: string) => {
      boundary.push(Buffer.from(text));
      return boundary.heartbeat;
    };
    assert.equal(after("data: id: 1\n\n:id: 1\n\n"), HEARTBEAT);
    assert.equal(after("i"), HEARTBEAT);
    assert.equal(after("d: 1\ndata: x\n"), HEARTBEAT);
    assert.equal(after("\n"), ": keepalive\n");
    assert.equal(after("data: x\n\n"), ": keepalive\n");
  });
});
