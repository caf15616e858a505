import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { createParser } from "eventsource-parser";
import type { Credentials, Door } from "../contract/wire/doors";
import { BODY_HASH_HEADER } from "../contract/aws/cloudfront";
import {
  EVENT_STREAM,
  JSON_TYPE,
  mediaType,
  REQUEST_ID_HEADER,
  SESSION_HEADER,
  TOKEN_HEADER,
} from "../contract/wire/headers";
import { DialectReader, parsed } from "../contract/wire/dialects/reader";
import { isFields } from "../contract/wire/dialects/said";
import { failure, FrontDoorError, refusal } from "./errors";

export { FrontDoorError } from "./errors";

export interface Question {
  readonly prompt: string;
  /** Handle of an earlier answer. */
  readonly sessionId?: string | undefined;
  /** Bearer token. It replaces the token of a door with `BEARER`. A stack with `runtimeAuth: oauth` requires it. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether `text` is everything that the door sends, as it comes, and not only the agent's text. */
  readonly raw?: boolean;
}

/** An answer that is being received. */
export interface AnswerStream {
  /** Send it with the next question to keep the conversation. */
  readonly sessionId: string | undefined;
  /** The agent's text, piece by piece, without SSE framing. */
  readonly text: AsyncIterable<string>;
}

/**
 * Sends a question through a door of any kind.
 *
 * @param credentials for a door with `AWS_IAM`
 * @throws FrontDoorError for an error status; the text's iterator throws one for an error within the answer
 */
export async function ask(door: Door, question: Question, credentials?: Credentials): Promise<AnswerStream> {
  const url = new URL(`${door.url}/invoke`);
  const body = JSON.stringify({ prompt: question.prompt, session_id: question.sessionId });
  const headers = {
    "content-type": JSON_TYPE,
    accept: EVENT_STREAM,
    host: url.host,
    ...(question.token !== undefined && tokenHeader(door, question.token)),
  };
  const response = await fetch(url, {
    method: "POST",
    headers: await authenticate(door, url, headers, body, credentials),
    body,
    ...(question.signal && { signal: question.signal }),
  });
  const requestId = response.headers.get(REQUEST_ID_HEADER) ?? undefined;
  if (!response.ok) throw refusal(response.status, await response.text(), requestId);
  const { raw = false } = question;
  const { body: stream } = response;
  const type = mediaType(response.headers.get("content-type") ?? undefined);
  const sessionId = response.headers.get(SESSION_HEADER) ?? undefined;
  if (!stream) return { sessionId, text: toText("") };
  const text =
    type === EVENT_STREAM
      ? events(stream, { requestId, raw, textPath: door.textPath })
      : whole(stream, { requestId, raw, isJson: type === JSON_TYPE });
  return { sessionId, text: brokenOff(text, requestId) };
}

/** The header for the token: `Authorization` is taken only if the door itself reads a token. */
function tokenHeader({ auth }: Door, token: string): Record<string, string> {
  return auth.type === "BEARER" ? { [auth.header]: `Bearer ${token}` } : { [TOKEN_HEADER.toLowerCase()]: token };
}

async function authenticate(
  { auth, apiKey }: Door,
  url: URL,
  common: Record<string, string>,
  body: string,
  credentials: Credentials | undefined,
): Promise<Record<string, string>> {
  const headers = { ...common, ...(apiKey && { [apiKey.header]: apiKey.value }) };
  // The edge signs every request, but does not hash the body: the client sends the hash.
  if (auth.type === "EDGE") {
    const token = auth.token !== undefined && { [TOKEN_HEADER.toLowerCase()]: auth.token };
    return { ...token, ...headers, [BODY_HASH_HEADER]: await sha256(body) };
  }
  if (auth.type !== "AWS_IAM") return { [auth.header]: auth.value, ...headers };
  if (!credentials) {
    throw new FrontDoorError(
      "This door wants a signature. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      undefined,
    );
  }
  const signer = new SignatureV4({ service: auth.service, region: auth.region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers,
    body,
  });
  return signed.headers;
}

/** SHA-256 in hex, with an API that browsers also have. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}

/** A stream that breaks off without an error of the door, for example because a proxy has a time limit. */
async function* brokenOff(text: AsyncIterable<string>, requestId: string | undefined): AsyncGenerator<string> {
  try {
    yield* text;
  } catch (cause) {
    if (cause instanceof FrontDoorError) throw cause;
    const message = "The answer broke off. Send the request again; if it fails again, report the request id.";
    throw Object.assign(new FrontDoorError(message, undefined, undefined, requestId), { cause });
  }
}

interface Reading {
  readonly requestId: string | undefined;
  readonly raw: boolean;
  readonly textPath: string | undefined;
}

async function* events(
  stream: ReadableStream<Uint8Array>,
  { requestId, raw, textPath }: Reading,
): AsyncGenerator<string> {
  const ready: { type: string; data: string }[] = [];
  const parser = createParser({
    onEvent: ({ event = "", data }) => {
      ready.push({ type: event, data });
    },
  });
  let reader: DialectReader | undefined;
  /** The events until the first text. If there is none, they are the answer. */
  let unread: string[] | undefined = [];
  let failed: FrontDoorError | undefined;
  // One decoder for the whole stream: a character can be split between chunks.
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    parser.feed(chunk);
    if (raw) yield chunk;
    for (const event of ready.splice(0)) {
      // A door that sends only text sends strings.
      const isNamed = textPath !== undefined && typeof parsed(event.data) !== "string";
      reader ??= new DialectReader(isNamed ? `text:${textPath}` : undefined);
      for (const said of reader.read(event)) {
        if (said.kind === "failure") {
          failed ??= failure(event.data, requestId);
          if (!raw) throw failed;
        }
        if (said.kind !== "text" || raw) continue;
        unread = undefined;
        yield said.text;
      }
      if (event.data !== "[DONE]") unread?.push(event.data);
    }
  }
  if (failed) throw failed;
  if (unread && !raw) yield unread.join("\n");
}

/** The `response` of a collected answer; any other body unchanged. */
async function* whole(
  stream: ReadableStream<Uint8Array>,
  { requestId, raw, isJson }: Omit<Reading, "textPath"> & { readonly isJson: boolean },
): AsyncGenerator<string> {
  let body = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    if (isJson) body += chunk;
    if (raw || !isJson) yield chunk;
  }
  if (!isJson) return;
  const value = JSON.parse(body) as unknown;
  const isCollected = isFields(value) && "response" in value;
  if (!isCollected && new DialectReader().isFailure(body)) throw failure(body, requestId);
  if (raw) return;
  const response = isCollected ? value["response"] : value;
  yield typeof response === "string" ? response : JSON.stringify(response);
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as a streamed answer
async function* toText(text: string): AsyncGenerator<string> {
  yield text;
}
