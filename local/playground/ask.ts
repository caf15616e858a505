import { createParser } from "eventsource-parser";
import type { FrontDoorError } from "../../client/errors/error";
import { refusal } from "../../client/errors/refusal";
import { SpokenReader } from "../../client/read/dialects";
import { failureOfWhole, isJson } from "../../client/read/whole";
import { isFields, parsed } from "../../contract/wire/dialects/said";
import type { Door } from "../../contract/wire/doors";
import { EVENT_STREAM, JSON_TYPE, mediaType, REQUEST_ID_HEADER, SESSION_HEADER } from "../../contract/wire/headers";
import { shownHeaders, type DoorRequest } from "./callDoor";
import type { Frame } from "./frames";

/**
 * Calls a door, and yields what arrives, when it arrives.
 *
 * @param signal ends the call when the page has gone, or wants no more
 */
export async function* askDoor(door: Door, request: DoorRequest, signal: AbortSignal): AsyncGenerator<Frame> {
  const startedAt = performance.now();
  const ms = (): number => Math.round((performance.now() - startedAt) * 10) / 10;
  const { method, url, headers, body } = request;
  let bytes = 0;
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: "manual" });
    const requestId = response.headers.get(REQUEST_ID_HEADER) ?? undefined;
    yield {
      kind: "head",
      ms: ms(),
      status: response.status,
      headers: [...response.headers],
      request: { method, url, headers: shownHeaders(headers) },
      sessionId: response.headers.get(SESSION_HEADER) ?? undefined,
    };
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength;
          controller.enqueue(chunk);
        },
      }),
    );
    const type = mediaType(response.headers.get("content-type") ?? undefined);
    if (!counted) {
      // Nothing to read.
    } else if (response.ok && type === EVENT_STREAM) {
      yield* events(counted, door, requestId, ms);
    } else {
      const text = await new Response(counted).text();
      const failed = response.ok
        ? isJson(type) && (await failureOfWhole(text, { textPath: door.textPath, requestId }))
        : refusal(response, text);
      yield { kind: "body", ms: ms(), data: text, ...(!failed && { text: collected(text, type) }) };
      if (failed) yield errorFrame(failed, ms());
    }
  } catch (error) {
    if (signal.aborted) return;
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    yield {
      kind: "error",
      ms: ms(),
      message: `The answer broke off${cause}.`,
      remedy: "Send the prompt again. If it breaks off again, look at the terminal of npm start.",
    };
  }
  yield { kind: "end", ms: ms(), bytes };
}

async function* events(
  stream: ReadableStream<Uint8Array>,
  { textPath }: Door,
  requestId: string | undefined,
  ms: () => number,
): AsyncGenerator<Frame> {
  const ready: Frame[] = [];
  const reader = new SpokenReader(textPath, requestId);
  const parser = createParser({
    onComment: (data) => ready.push({ kind: "comment", ms: ms(), data }),
    onEvent: ({ event = "", data }) => {
      const { text, failure } = reader.read({ type: event, data });
      ready.push({ kind: "event", ms: ms(), event, data, ...(text !== "" && { text }) });
      if (failure) ready.push(errorFrame(failure, ms()));
    },
  });
  const texts = stream.pipeThrough(new TextDecoderStream());
  for await (const chunk of texts) {
    parser.feed(chunk);
    yield* ready.splice(0);
  }
}

/** The agent's words in a collected answer. */
function collected(text: string, type: string): string {
  if (type !== JSON_TYPE) return text;
  const value = parsed(text);
  const response = isFields(value) && "response" in value ? value["response"] : value;
  return typeof response === "string" ? response : JSON.stringify(response, null, 2);
}

function errorFrame({ code, message, remedy, status, requestId }: FrontDoorError, at: number): Frame {
  // The page shows the remedy in a place of its own.
  const what = message.endsWith(remedy) ? message.slice(0, message.length - remedy.length).trim() : message;
  return { kind: "error", ms: at, message: what, code, remedy, status, requestId };
}
