import { createParser } from "eventsource-parser";
import { DialectReader } from "../../../contract/wire/dialects/reader";
import type { Said } from "../../../contract/wire/dialects/said";
import { errorBody, ERRORS, type ErrorBody, type ErrorCode } from "../../../contract/wire/errors";
import { parseInvokeRequest } from "../../../contract/wire/request";
import { encodeEvent, eventData } from "../../../contract/wire/sse";

/** What a client reads of an event stream. */
export interface Read {
  readonly events: readonly { readonly type: string; readonly data: string }[];
  readonly said: readonly Said[];
  readonly dialect: string | undefined;
  readonly usage: unknown;
}

/** Bytes as a page receives them, in pieces of `size` bytes that cut characters and line ends. */
async function* pieces(base64: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

/** Reads an event stream with the parser and the dialects of the clients. */
export async function read(base64: string, size: number): Promise<Read> {
  const events: { type: string; data: string }[] = [];
  const parser = createParser({
    onEvent: ({ event = "", data }) => {
      events.push({ type: event, data });
    },
  });
  const decoder = new TextDecoder();
  for await (const piece of pieces(base64, size)) parser.feed(decoder.decode(piece, { stream: true }));
  const reader = new DialectReader();
  const said = events.flatMap((event) => reader.read(event));
  return { events, said, dialect: reader.dialect, usage: reader.usage };
}

/** Reads a request's body. The result is JSON, which has no undefined. */
export function request(base64: string): unknown {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return JSON.parse(JSON.stringify(parseInvokeRequest(bytes)));
}

/** A text as the data of one event. */
export async function event(base64: string, size: number): Promise<string> {
  let event = "";
  for await (const text of eventData(pieces(base64, size))) event += text;
  return event;
}

/** Every error of the catalogue, as a reply and as an event. */
export function errors(): readonly { readonly body: ErrorBody; readonly event: string }[] {
  return Object.keys(ERRORS).map((code) => {
    const body = errorBody({ code: code as ErrorCode, detail: "Détail." }, "request-1");
    return { body, event: encodeEvent("error", body) };
  });
}
