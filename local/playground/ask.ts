import { createParser } from "eventsource-parser";
import { failure, refusal, type FrontDoorError } from "../../client/errors";
import { ERRORS } from "../../contract/wire/errors";
import { DialectReader, parsed } from "../../contract/wire/dialects/reader";
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
      yield { kind: "body", ms: ms(), data: text, ...(response.ok && { text: collected(text, type) }) };
      if (!response.ok) yield errorFrame(refusal(response.status, text, requestId), ms(), response.status);
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
  let reader: DialectReader | undefined;
  const parser = createParser({
    onComment: (data) => ready.push({ kind: "comment", ms: ms(), data }),
    onEvent: ({ event = "", data }) => {
      // A door that sends only text sends strings.
      const isNamed = textPath !== undefined && typeof parsed(data) !== "string";
      reader ??= new DialectReader(isNamed ? `text:${textPath}` : undefined);
      const said = reader.read({ type: event, data });
      const text = said.flatMap((each) => (each.kind === "text" ? [each.text] : [])).join("");
      ready.push({ kind: "event", ms: ms(), event, data, ...(text !== "" && { text }) });
      if (said.some(({ kind }) => kind === "failure")) ready.push(errorFrame(failure(data, requestId), ms()));
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
  const value = parsed(text) as { response?: unknown } | null | undefined;
  const response = typeof value === "object" && value !== null && "response" in value ? value.response : value;
  return typeof response === "string" ? response : JSON.stringify(response, null, 2);
}

function errorFrame({ code, message, requestId }: FrontDoorError, at: number, status?: number): Frame {
  const known = code !== undefined && Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS] : undefined;
  const text = message.replace(new RegExp(`^(?:${String(status ?? "")} ?)?(?:${code ?? ""} ?)?`), "");
  return {
    kind: "error",
    ms: at,
    message: known && text.endsWith(known.remedy) ? text.slice(0, -known.remedy.length).trim() : text,
    code,
    remedy: known?.remedy ?? gatewayRemedy(status),
    status,
    requestId,
  };
}

/** What to do about an answer of API Gateway, Lambda, CloudFront or AWS WAF, which have no code of the catalogue. */
function gatewayRemedy(status: number | undefined): string {
  if (status === 401 || status === 403)
    return "Choose another caller: this one has no right here, or a web ACL or policy refuses the request. The terminal of npm start says why.";
  if (status === 413) return "Send a shorter prompt.";
  if (status === 429) return "Wait a moment, and send the prompt again.";
  return "Look at the terminal of npm start: it names the cause.";
}
