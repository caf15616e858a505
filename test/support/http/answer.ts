import { DialectReader } from "../../../contract/wire/dialects/reader";
import { arrivals } from "./sse";

export interface ErrorReply {
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
}

/** An answer of any door, as a client reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The agent's text, joined. */
  readonly text: string | undefined;
  /** A JSON body in another format than the contract's. */
  readonly json: unknown;
  /** From the body, or from the last event. */
  readonly error: ErrorReply | undefined;
}

export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  const base = { status, headers, text: undefined, json: undefined, error: undefined };
  if (type.startsWith("text/event-stream")) {
    const events = await arrivals(response);
    const failure = events.find(({ event }) => event === "error");
    const reader = new DialectReader();
    const said = events.flatMap(({ event, data }) => reader.read({ type: event ?? "", data }));
    const text = said.map((each) => (each.kind === "text" ? each.text : "")).join("");
    return { ...base, text, error: failure && errorOf(JSON.parse(failure.data)) };
  }
  const body = await response.text();
  if (!type.startsWith("application/json")) return { ...base, text: body };
  const json = JSON.parse(body) as unknown;
  const { response: answer } = json as { response?: unknown };
  return {
    ...base,
    text: typeof answer === "string" ? answer : undefined,
    json: typeof answer === "string" ? undefined : (answer ?? json),
    error: errorOf(json),
  };
}

function errorOf(json: unknown): ErrorReply | undefined {
  const error = (json as { error?: unknown } | null)?.error;
  return typeof error === "object" && error !== null ? (error as ErrorReply) : undefined;
}
