import type { DialectReader } from "../../contract/wire/dialects/reader";
import type { AgentEvent, Usage } from "../../contract/wire/dialects/said";
import { EventDecoder } from "./agentEvents";
import { EventBoundary } from "./boundary/eventBoundary";

/** The answer does not fit into a buffered reply. */
export class AnswerTooLarge extends Error {}

/** The agent reported a failure inside its event stream. */
export class AgentFailed extends Error {}

/** A line of something else than an event stream. */
const NOT_A_FIELD = /^(?!\ufeff?(?:data|event|id|retry)?(?::|$))/;

/** Collects the text of an event stream. It keeps only what can be returned, so its memory does not grow with the agent's other events. */
export class CollectedEvents {
  private readonly boundary = new EventBoundary();
  private readonly decoder = new EventDecoder();
  private text = "";
  /** Number of events of a shape that the dialect does not know; undefined unless only text is returned. */
  dropped: number | undefined;
  private textLevel = Infinity;
  /** The data of all events as JSON, while none has a text. Undefined if they are too large to be returned. */
  private events: string[] | undefined = [];
  private eventChars = 0;
  /** The bytes so far, until there is an event. */
  private unframed: Uint8Array[] | undefined = [];
  private unframedBytes = 0;

  /**
   * @param limit most characters that can be returned
   * @param textOnly whether only text is returned: none, if no event has a text
   */
  constructor(
    private readonly limit: number,
    private readonly reader: DialectReader,
    private readonly textOnly = false,
  ) {
    if (textOnly) this.dropped = 0;
  }

  /** Tokens, if the agent reported them. */
  get usage(): Usage | undefined {
    return this.reader.usage;
  }

  /** @throws AgentFailed if the agent reports a failure; AnswerTooLarge if the text exceeds the limit */
  push(chunk: Uint8Array): void {
    this.keepUnframed(chunk);
    for (const ready of this.boundary.push(chunk)) this.readAll(this.decoder.push(ready, this.boundary.isOpen));
  }

  /**
   * Call it at the end of the stream.
   *
   * @returns the text, also if it is not in events; or the array of events if none has a text, as JSON
   * @throws as `push`
   */
  finish(): { response: string; isText: boolean } {
    this.readAll(this.decoder.push(this.boundary.rest(), false));
    const unframed = Buffer.concat(this.unframed ?? []).toString();
    if (unframed.split(/[\r\n]/).some((line) => NOT_A_FIELD.test(line)))
      return { response: JSON.stringify(unframed), isText: true };
    const isText = this.textOnly || this.textLevel < Infinity || this.events?.length === 0;
    if (isText) return { response: JSON.stringify(this.text), isText };
    if (!this.events) throw new AnswerTooLarge();
    return { response: `[${this.events.join(",")}]`, isText };
  }

  private readAll(events: Iterable<AgentEvent>): void {
    for (const event of events) this.read(event);
  }

  private keepUnframed(chunk: Uint8Array): void {
    if (!this.unframed) return;
    this.unframedBytes += chunk.byteLength;
    if (this.unframedBytes > this.limit) this.unframed = undefined;
    else this.unframed.push(chunk);
  }

  private read(event: AgentEvent): void {
    this.unframed = undefined;
    for (const said of this.reader.read(event)) {
      if (said.kind === "failure") throw new AgentFailed();
      if (this.dropped !== undefined && "isUnknown" in said) {
        this.dropped++;
        continue;
      }
      if (said.kind !== "text") continue;
      // A text of a lower level is the answer itself. What came before, such as the status of a task, is not.
      if (said.level < this.textLevel) this.text = "";
      this.textLevel = said.level;
      this.text += said.text;
      if (this.text.length > this.limit) throw new AnswerTooLarge();
    }
    this.keep(event);
  }

  private keep({ data }: AgentEvent): void {
    if (this.textOnly || this.textLevel < Infinity) this.events = undefined;
    if (!this.events || data === "[DONE]") return;
    const json = asJson(data);
    this.eventChars += json.length;
    if (this.eventChars > this.limit) this.events = undefined;
    else this.events.push(json);
  }
}

/** JSON as the agent wrote it, because parsing would round long numbers; any other data as a JSON string. */
function asJson(data: string): string {
  try {
    JSON.parse(data);
    return data;
  } catch {
    return JSON.stringify(data);
  }
}
