import type { Usage } from "../../contract/wire/dialects/said";
import type { FrontDoorError } from "../errors/error";
import { ownError } from "../errors/own";
import { described } from "../errors/described";
import { failureOf } from "../errors/refusal";
import type { SpokenReader } from "./dialects";
import type { AnswerEvent } from "./events";

/** An event with what it says to people. */
export interface Spoken {
  readonly event: AnswerEvent;
  readonly text: string;
  /** The failure that it reports. */
  readonly failure: FrontDoorError | undefined;
}

/** Reads the events of one answer: the dialects are loaded when an event is one of an agent. */
export class Listener {
  private reader: SpokenReader | undefined;
  private isDone = false;

  /**
   * @param textOnly true if the door was asked for text only
   * @param textPath of the stack's `answer.text`
   */
  constructor(
    private readonly textOnly: boolean,
    private readonly textPath: string | undefined,
    private readonly requestId: string | undefined,
  ) {}

  get usage(): Usage | undefined {
    return this.reader?.usage;
  }

  async readAll(events: readonly AnswerEvent[]): Promise<readonly Spoken[]> {
    const spoken: Spoken[] = [];
    for (const event of events) spoken.push(await this.read(event));
    return spoken;
  }

  private async read(event: AnswerEvent): Promise<Spoken> {
    const { type, data } = event;
    if (data === "[DONE]" || type === "error") this.isDone = true;
    if (this.textOnly && !this.reader) {
      if (data === "[DONE]") return { event, text: "", failure: undefined };
      if (type === "error") return { event, text: "", failure: failureOf(described(data), this.requestId) };
      if (type === "" && /^".*"$/.test(data)) return { event, text: JSON.parse(data) as string, failure: undefined };
    }
    this.reader ??= new (await import("./dialects.js")).SpokenReader(this.textPath, this.requestId);
    return { event, ...this.reader.read(event) };
  }

  /** @throws FrontDoorError `ANSWER_CUT` if the door sends only text, and has not said that this was all of it */
  end(): void {
    if (this.textOnly && !this.reader && !this.isDone) throw ownError("ANSWER_CUT", { requestId: this.requestId });
  }
}
