import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { relayAsEvent } from "../../../functions/answer/relayWhole";
import { Sink } from "../../../functions/answer/sink";
import { speechOf } from "../../../functions/answer/speech";
import type { Run } from "../../../functions/handler/run";
import { restEvent, withDoors, type Collected } from "../../support/handlers/withDoors";
import { cut, parsed } from "../../support/http/sse";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]);
const ASCII = Buffer.from("only ASCII");

/** Answers that are texts, and the text. */
const TEXTS: readonly [type: string, bytes: Buffer, text: string][] = [
  ["text/plain", Buffer.from("grüß 😀"), "grüß 😀"],
  ["text/plain; charset=iso-8859-1", Buffer.from([0x67, 0x72, 0xfc, 0xdf]), "grüß"],
  ['TEXT/PLAIN; a=b; Charset="ISO-8859-1"', Buffer.from([0x67, 0x72, 0xfc, 0xdf]), "grüß"],
  ["text/plain; charset=shift_jis", Buffer.from([0x93, 0xfa, 0x96, 0x7b]), "日本"],
  ["text/plain; charset=utf-16le", Buffer.from("grüß", "utf16le"), "grüß"],
  ["text/html;charset=utf-8", Buffer.from("\ufeffhi"), "hi"],
  ["application/xml", Buffer.from("<a/>"), "<a/>"],
  ["image/svg+xml", Buffer.from("<svg/>"), "<svg/>"],
  ["application/x-of-your-own", ASCII, "only ASCII"],
];

/** Answers that are bytes. */
const BYTES: readonly [type: string, bytes: Buffer][] = [
  ["image/png", PNG],
  ["image/png", ASCII],
  ["audio/mpeg", Buffer.from([0xff, 0xfb])],
  ["application/pdf", Buffer.from("%PDF-1.7")],
  ["application/octet-stream", ASCII],
  ["application/octet-stream", Buffer.alloc(0)],
  ["text/plain", Buffer.from([0xff, 0xfe, 0xfd])],
  ["text/plain; charset=utf-8", Buffer.from("grü", "latin1")],
  ["text/plain; charset=of-your-own", ASCII],
  ["application/x-of-your-own", PNG],
  ["application/json", PNG],
];

/** Bodies of event streams, and the collected answer. */
const STREAMS: readonly [body: string, text: string][] = [
  ["Hello", "Hello"],
  ["Hello\nworld\n\nagain\n", "Hello\nworld\n\nagain\n"],
  ["Note: hello", "Note: hello"],
  ["data is what it says", "data is what it says"],
  ['{"answer":1}', '{"answer":1}'],
  [": a comment\n\nHello", ": a comment\n\nHello"],
  [": a comment\u2028hello\n\n", ""],
  ["event: x\nid: 1\nretry: 5\n\n", ""],
  ["\ufeffdata: Hello\n\n", "Hello"],
  ["data: Hello", "Hello"],
  ["Hello\n\ndata: world\n\n", "world"],
];

describe("the bytes of an answer", () => {
  const { plane, streamed, collected } = withDoors();

  /** The collected answer of door 1, which that of a streaming door equals. */
  async function answerOf(type: string, bytes: Buffer): Promise<Partial<Collected>> {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": type });
      response.end(bytes);
    };
    const [first, second] = (await collected()).map(({ body }) => JSON.parse(body) as Collected);
    assert.deepEqual({ ...second, session_id: "" }, { ...first, session_id: "" });
    const { prelude } = await streamed(restEvent());
    assert.equal(prelude.headers?.["Content-Type"], type);
    return first ?? {};
  }

  for (const [type, bytes, text] of TEXTS) {
    it(`${type}: ${bytes.toString("hex")} is collected as a text`, async () => {
      const { response, content_type, encoding } = await answerOf(type, bytes);
      assert.deepEqual([response, content_type, encoding], [text, type, undefined]);
    });
  }

  for (const [type, bytes] of BYTES) {
    it(`${type}: ${bytes.toString("hex")} is collected as base64`, async () => {
      const { response, content_type, encoding } = await answerOf(type, bytes);
      assert.deepEqual([response, content_type, encoding], [bytes.toString("base64"), type, "base64"]);
    });
  }

  for (const [body, text] of STREAMS) {
    it(`an event stream of ${JSON.stringify(body)} is collected as ${JSON.stringify(text)}`, async () => {
      const { response, content_type } = await answerOf("text/event-stream", Buffer.from(body));
      assert.deepEqual([response, content_type], [text, "text/event-stream"]);
    });
  }

  /** What a client receives of an answer that comes after the event stream was announced, in pieces of one byte. */
  async function late(contentType: string, bytes: Buffer) {
    const sent: Buffer[] = [];
    const client = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        sent.push(chunk);
        done();
      },
    });
    const run = { requestId: "r", deadline: new AbortController().signal } as Run;
    const sink = new Sink(client, run.deadline);
    async function* body() {
      for (const byte of cut(
        bytes,
        Array.from(bytes, (_, at) => at),
      ))
        yield await Promise.resolve(byte);
    }
    const { code } = await relayAsEvent(
      { contentType, body: body() },
      sink,
      run,
      await speechOf({ dialect: undefined }),
    );
    await sink.end();
    return { code, events: parsed(Buffer.concat(sent)).map(({ event, data }) => ({ event, data })) };
  }

  for (const [type, bytes, text] of TEXTS) {
    it(`${type}: ${bytes.toString("hex")} is one event if it comes late`, async () => {
      const { code, events } = await late(type, bytes);
      assert.deepEqual([code, events.map(({ data }) => data)], [undefined, [text]]);
    });
  }

  for (const [type, bytes] of BYTES) {
    it(`${type}: ${bytes.toString("hex")} is an error if it comes late`, async () => {
      const { code, events } = await late(type, bytes);
      assert.equal(code, "ANSWER_NOT_TEXT");
      const { event, data } = events.at(-1) ?? {};
      assert.equal(event, "error");
      assert.match(data ?? "", /"code":"ANSWER_NOT_TEXT".*"request_id":"r"/);
    });
  }
});
