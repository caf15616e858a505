import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { LAMBDA_STREAM } from "../../../contract/aws/limits";
import type { Outcome } from "./runtimeApi";
import { INTEGRATION_RESPONSE, splitPrelude, type Prelude } from "./prelude";

type Stream = Extract<Outcome, { kind: "stream" }>;

/** The function did not use the streaming protocol. Nothing was sent yet. */
export class MalformedAnswer extends Error {}

/** The limits of a stream, and the clock that paces it. */
export interface StreamLimits {
  readonly bytes: number;
  readonly fullSpeedBytes: number;
  readonly bytesPerSecond: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const AWS_LIMITS: StreamLimits = { ...LAMBDA_STREAM, now: () => performance.now(), sleep };

/** Differences between the services in front of a streaming function. */
export interface StreamService {
  /** API Gateway refuses an answer without a prelude; a Function URL passes it on unchanged. */
  readonly requirePrelude: boolean;
  /** New name of a response header. */
  readonly rename?: (name: string) => string;
  /** @default those of Lambda */
  readonly limits?: StreamLimits;
}

/**
 * Streams an answer to the client, at Lambda's speed and up to its size. If the client leaves, the function continues and its bytes are dropped: Lambda does not tell the
 * function.
 *
 * @returns the number of payload bytes
 * @throws MalformedAnswer before the first byte
 */
export async function respondWithStream(
  { contentType, body, error }: Stream,
  response: ServerResponse,
  { requirePrelude, rename = (name) => name, limits = AWS_LIMITS }: StreamService,
): Promise<number> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let sent = 0;
  const wait = pace(limits);
  const send = async (bytes: Buffer): Promise<void> => {
    const fits = bytes.subarray(0, limits.bytes - sent);
    sent += fits.byteLength;
    if (bytes.byteLength === 0 || response.destroyed) return;
    await wait(sent);
    if (!response.write(fits)) await drained(response, body);
    // Lambda cuts the answer, and the function continues.
    if (fits.byteLength < bytes.byteLength) response.destroy();
  };
  if (contentType !== INTEGRATION_RESPONSE) {
    if (requirePrelude) {
      body.resume();
      throw new MalformedAnswer("The streaming function sent no prelude.");
    }
    open(response, { headers: { "Content-Type": contentType } }, rename);
    head = undefined;
  }
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (head === undefined) {
        await send(chunk);
        continue;
      }
      head = Buffer.concat([head, chunk]);
      const parts = split(head);
      if (!parts) continue;
      head = undefined;
      open(response, parts.prelude, rename);
      await send(parts.payload);
    }
  } catch (cause) {
    if (cause instanceof MalformedAnswer) {
      body.resume();
      throw cause;
    }
    // The sandbox ended before the answer was complete.
    if (head !== undefined) throw new MalformedAnswer("The function died before its first byte.", { cause });
    response.destroy();
    return sent;
  }
  if (head !== undefined) throw new MalformedAnswer("The streaming function ended without a prelude.");
  // After an error the answer is truncated: the status was already sent.
  if (error()) response.destroy();
  else response.end();
  return sent;
}

/** @returns what waits before the byte of this number may be sent */
function pace({ fullSpeedBytes, bytesPerSecond, now, sleep }: StreamLimits): (bytes: number) => Promise<void> {
  let slowSince: number | undefined;
  return async (bytes) => {
    if (bytes <= fullSpeedBytes) return;
    slowSince ??= now();
    const left = slowSince + ((bytes - fullSpeedBytes) / bytesPerSecond) * 1000 - now();
    if (left > 0) await sleep(left);
  };
}

/** Waits until the client has read more, the client has left, or the source has ended. */
export async function drained(response: ServerResponse, body: Readable): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  const events = [
    once(response, "drain", { signal }),
    once(response, "close", { signal }),
    once(body, "close", { signal }),
  ];
  for (const event of events) event.catch(() => undefined);
  await Promise.race(events);
  done.abort();
}

function split(head: Buffer): ReturnType<typeof splitPrelude> {
  try {
    return splitPrelude(head);
  } catch (cause) {
    throw new MalformedAnswer(cause instanceof Error ? cause.message : "The prelude is malformed.", { cause });
  }
}

function open(
  response: ServerResponse,
  { statusCode = 200, headers = {}, multiValueHeaders = {}, cookies = [] }: Prelude,
  rename: (name: string) => string,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(rename(name), value);
  for (const [name, values] of Object.entries(multiValueHeaders)) response.setHeader(name, [...values]);
  if (cookies.length > 0) response.setHeader("Set-Cookie", [...cookies]);
  response.writeHead(statusCode);
  response.flushHeaders();
}
