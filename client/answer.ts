import type { Usage } from "../contract/wire/dialects/said";
import { EVENT_STREAM, JSON_TYPE, mediaType, SESSION_HEADER } from "../contract/wire/headers";
import type { FrontDoorError } from "./errors/error";
import { ownError } from "./errors/own";
import { requestIdOf } from "./errors/refusal";
import { bytesOf, charsetOf, decoded } from "./read/bytes";
import { EventReader, type AnswerEvent } from "./read/events";
import { Listener, type Spoken } from "./read/spoken";
import { failureOfWhole, isJson, wholeOf } from "./read/whole";

/** What is known of an answer before its first byte. */
export interface Head {
  readonly status: number;
  readonly headers: Headers;
  readonly requestId: string | undefined;
  readonly sessionId: string | undefined;
}

/** How an answer is asked for, and who wants to know of it. */
export interface Question {
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** True if the door is asked for text only. */
  readonly textOnly: boolean;
  readonly textPath: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called before the question is sent. It throws if the question may not be sent now. */
  readonly onStart: (answer: Answer) => void;
  readonly onSession: (id: string) => void;
  readonly onEnd: () => void;
}

/**
 * An answer. The question is sent when it is first read, and can be read once: as its text (`for await (const text of answer)`, `text()`), as its
 * events, or as its bytes. A reader that stops early cancels the stream. All of them throw {@link FrontDoorError}, and nothing else.
 */
export class Answer implements AsyncIterable<string> {
  /** The id of the session; undefined until `head()` is there. */
  sessionId: string | undefined;
  /** The id of the request in the door's log; undefined until `head()` is there. */
  requestId: string | undefined;
  private readonly controller = new AbortController();
  private opened: Promise<Response> | undefined;
  private taken = false;
  private listener: Listener | undefined;

  constructor(private readonly question: Question) {}

  /** Tokens of the model so far, if the agent reports them. */
  get usage(): Usage | undefined {
    return this.listener?.usage;
  }

  /** Sends the question, if it is not sent yet, and waits for status and headers. The answer must then be read or aborted. */
  async head(): Promise<Head> {
    const { status, headers } = await (this.opened ??= this.open());
    return { status, headers, requestId: this.requestId, sessionId: this.sessionId };
  }

  /** Stops reading. The agent goes on, unless its session is stopped. */
  abort(reason?: unknown): void {
    this.controller.abort(reason);
    // Nobody may be reading who would notice it.
    if (!this.taken) this.end();
  }

  /** The agent's text, piece by piece, without framing. Events of which none has a text are returned as they are. */
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    /** The events until the first text. */
    let unread: string[] | undefined = [];
    for await (const { event, text, failure } of this.taking((response) => this.pieces(response))) {
      if (text !== "") {
        unread = undefined;
        yield text;
      }
      if (failure) throw failure;
      if (event !== undefined && event.data !== "[DONE]") unread?.push(event.data);
    }
    if (unread && unread.length > 0) yield unread.join("\n");
  }

  /** The whole text. */
  async text(): Promise<string> {
    let all = "";
    for await (const piece of this) all += piece;
    return all;
  }

  /** The events as the door sends them, also one that reports a failure, which is thrown after the last. A collected answer is one event. */
  async *events(): AsyncGenerator<AnswerEvent> {
    let failed: FrontDoorError | undefined;
    for await (const { event, text, failure } of this.taking((response) => this.pieces(response))) {
      failed ??= failure;
      yield event ?? { type: "", data: text };
    }
    if (failed) throw failed;
  }

  /** The bytes as the door sends them. A failure that an event reports is thrown after the last. */
  raw(): AsyncGenerator<Uint8Array> {
    return this.taking((response) => this.bytes(response));
  }

  private async *taking<T>(read: (response: Response) => AsyncIterable<T>): AsyncGenerator<T> {
    if (this.taken) throw ownError("ANSWER_TAKEN", { requestId: this.requestId });
    this.taken = true;
    try {
      yield* read(await (this.opened ??= this.open()));
    } finally {
      this.controller.abort();
      this.end();
    }
  }

  private async *pieces(response: Response): AsyncGenerator<Piece> {
    const { requestId } = this;
    const contentType = response.headers.get("content-type") ?? "";
    const type = mediaType(contentType);
    const bytes = bytesOf(response, this.controller.signal, requestId);
    if (type === EVENT_STREAM) {
      for await (const { spoken } of this.heard(bytes)) yield* spoken;
      return;
    }
    if (type === "text/html" && this.sessionId === undefined)
      throw ownError("NOT_A_DOOR", { status: response.status, requestId });
    const text = decoded(bytes, charsetOf(contentType));
    let body = "";
    for await (const piece of text) {
      if (isJson(type)) body += piece;
      if (type !== JSON_TYPE) yield { event: undefined, text: piece, failure: undefined };
    }
    if (type !== JSON_TYPE) {
      const failure = await failureOfWhole(body, this.known);
      if (failure) throw failure;
      return;
    }
    const { sessionId, failure, ...whole } = await wholeOf(body, this.known);
    if (sessionId !== undefined) this.learn(sessionId);
    yield { event: failure && { type: "", data: body }, text: whole.text, failure };
  }

  private async *bytes(response: Response): AsyncGenerator<Uint8Array> {
    const contentType = response.headers.get("content-type") ?? "";
    const type = mediaType(contentType);
    const bytes = bytesOf(response, this.controller.signal, this.requestId);
    if (type !== EVENT_STREAM) {
      const decoder = new TextDecoder(charsetOf(contentType));
      let body = "";
      for await (const piece of bytes) {
        if (isJson(type)) body += decoder.decode(piece, { stream: true });
        yield piece;
      }
      const failure = await failureOfWhole(body + decoder.decode(), this.known);
      if (failure) throw failure;
      return;
    }
    let failed: FrontDoorError | undefined;
    for await (const { piece, spoken } of this.heard(bytes)) {
      failed ??= spoken.find(({ failure }) => failure)?.failure;
      if (piece) yield piece;
    }
    if (failed) throw failed;
  }

  /** The pieces of a stream of events, each with the events that are whole with it. */
  private async *heard(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Heard> {
    const { requestId, question } = this;
    const [reader, decoder] = [new EventReader(), new TextDecoder()];
    const listener = (this.listener = new Listener(question.textOnly, question.textPath, requestId));
    for await (const piece of bytes) {
      yield { piece, spoken: await listener.readAll(reader.feed(decoder.decode(piece, { stream: true }))) };
    }
    yield { piece: undefined, spoken: await listener.readAll(reader.end(requestId)) };
    listener.end();
  }

  private async open(): Promise<Response> {
    const { signal, open, onStart } = this.question;
    try {
      onStart(this);
      if (signal?.aborted) this.controller.abort(signal.reason);
      signal?.addEventListener("abort", this.onAbort);
      const response = await open(this.controller.signal);
      this.requestId = requestIdOf(response.headers);
      const id = response.headers.get(SESSION_HEADER);
      if (id !== null) this.learn(id);
      return response;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private get known(): { readonly textPath: string | undefined; readonly requestId: string | undefined } {
    return { textPath: this.question.textPath, requestId: this.requestId };
  }

  private learn(id: string): void {
    this.sessionId = id;
    this.question.onSession(id);
  }

  private readonly onAbort = (): void => {
    this.abort(this.question.signal?.reason);
  };

  private end(): void {
    this.question.signal?.removeEventListener("abort", this.onAbort);
    this.question.onEnd();
  }
}

interface Heard {
  /** Undefined at the end. */
  readonly piece: Uint8Array | undefined;
  readonly spoken: readonly Spoken[];
}

interface Piece {
  /** Undefined for a piece of an answer that is not a stream of events. */
  readonly event: AnswerEvent | undefined;
  readonly text: string;
  readonly failure: FrontDoorError | undefined;
}
