import { isFields, type Fields } from "./dialects/said";
import type { DialectName, PinnedDialect } from "./dialects/names";
import type { ErrorBody } from "./errors";
import { encodeEvent } from "./sse";

type DoorError = ErrorBody["error"];

/** A stream that a door ends with an error. */
export interface Spoken {
  /** Undefined if no event has decided it. */
  readonly dialect?: PinnedDialect | undefined;
  /** The fields of its last event; those of its first one that the last one does not have. */
  readonly last?: Fields;
}

interface Form {
  /** Name of the event. */
  readonly event?: "error";
  readonly data: object;
  /** True if readers of the dialect expect `[DONE]` at the end. */
  readonly isDone?: boolean;
}

const DONE = "data: [DONE]\n\n";

/** JSON-RPC's code of an internal error. https://www.jsonrpc.org/specification#error_object */
const INTERNAL_ERROR = -32603;

/**
 * The error in a form that readers of the dialect show. `text` has message, code and request id, because many readers show only a text.
 * - AG-UI: https://docs.ag-ui.com/concepts/events#runerror
 * - AI SDK: its schema allows no other field. https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#error-part
 * - OpenAI: the SDKs throw if an event has `error`. https://platform.openai.com/docs/api-reference/responses-streaming/error
 * - Anthropic: https://docs.anthropic.com/en/docs/build-with-claude/streaming#error-events
 * - A2A, MCP: https://www.jsonrpc.org/specification#error_object
 * - LangGraph: its SDK shows `message`, under the name in `error`. https://github.com/langchain-ai/langgraphjs/blob/main/libs/sdk/src/ui/errors.ts
 * - Strands and Converse: the catalogue's form, and their own event with it.
 *   https://strandsagents.com/latest/documentation/docs/user-guide/concepts/streaming/
 *   https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
const FORMS: Readonly<Partial<Record<PinnedDialect, (error: DoorError, text: string, last: Fields) => Form>>> = {
  agUi: ({ code, request_id }, message) => ({ data: { type: "RUN_ERROR", message, code, requestId: request_id } }),
  aiSdk: (_, errorText) => ({ data: { type: "error", errorText }, isDone: true }),
  openAi: ({ code, request_id }, message, { type, sequence_number, choices }) => {
    const error = { type: "server_error", message, code, param: null, request_id };
    if (!String(type).startsWith("response.") && sequence_number === undefined)
      return { data: { error }, isDone: choices !== undefined };
    const next = typeof sequence_number === "number" ? sequence_number + 1 : 0;
    return { event: "error", data: { ...error, type: "error", sequence_number: next, error } };
  },
  anthropic: ({ code, request_id }, message) => ({
    event: "error",
    data: { type: "error", error: { type: "api_error", message, code }, request_id },
  }),
  jsonRpc: ({ code, request_id }, message, { id }) => ({
    data: {
      jsonrpc: "2.0",
      id: typeof id === "string" || typeof id === "number" ? id : null,
      error: { code: INTERNAL_ERROR, message, data: { code, request_id } },
    },
  }),
  langGraph: ({ code, request_id }, message) => ({ event: "error", data: { error: code, message, request_id } }),
  strands: (error, force_stop_reason) => ({
    event: "error",
    data: { error, force_stop: true, force_stop_reason },
  }),
  converse: (error, message) => ({ event: "error", data: { error, internalServerException: { message } } }),
};

/** The event with which a door ends a stream that fails, in the stream's dialect; in the catalogue's form if it has none. */
export function lastEvent({ error }: ErrorBody, { dialect, last = {} }: Spoken): string {
  const { code, message, request_id } = error;
  const form = FORMS[dialect ?? guessed(last) ?? "plain"];
  const {
    event = "",
    data,
    isDone,
  } = form?.(error, `${message} (${code}, request ${request_id})`, last) ?? {
    event: "error",
    data: { error },
  };
  return encodeEvent(event, data) + (isDone ? DONE : "");
}

/** The dialect of a stream whose only events are a failure, or a start that is too general to decide it. */
function guessed({ type, jsonrpc, error, errorText, sequence_number }: Fields): DialectName | undefined {
  if (type === "RUN_ERROR") return "agUi";
  if (jsonrpc === "2.0") return "jsonRpc";
  if (type === "start" || (type === "error" && errorText !== undefined)) return "aiSdk";
  if (sequence_number !== undefined || (isFields(error) && "param" in error)) return "openAi";
  return type === "error" && isFields(error) && typeof error["type"] === "string" ? "anthropic" : undefined;
}
