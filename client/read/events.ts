import { createParser } from "eventsource-parser";
import { ownError } from "../errors/own";

/** An event of a stream. */
export interface AnswerEvent {
  /** Empty for the standard's default type, `message`. */
  readonly type: string;
  readonly data: string;
  readonly id?: string;
}

const BLANK_LINE = /(?:\r\n|\r(?!\n)|\n){2}/;

/** Reads the events of one stream, piece by piece. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export class EventReader {
  private ready: AnswerEvent[] = [];
  /** What came since the last event, and the piece that it was in. */
  private tail: string[] = [];
  private readonly parser = createParser({
    onEvent: ({ event = "", data, id }) => {
      this.ready.push({ type: event, data, ...(id !== undefined && { id }) });
    },
  });

  /** @returns the events that are whole with this piece */
  feed(piece: string): readonly AnswerEvent[] {
    this.parser.feed(piece);
    const { ready } = this;
    this.ready = [];
    if (ready.length > 0) this.tail = [];
    this.tail.push(piece);
    return ready;
  }

  /**
   * @returns the event that was whole with the last byte, if that was a CR: the parser waits for what follows
   * @throws FrontDoorError `ANSWER_CUT` if the stream has ended within an event: a door sends whole ones only
   */
  end(requestId: string | undefined): readonly AnswerEvent[] {
    const rest = this.tail.join("").split(BLANK_LINE).at(-1) ?? "";
    // Only a comment may stand there without a blank line.
    if (rest.split(/[\r\n]+/).some((line) => line !== "" && !line.startsWith(":")))
      throw ownError("ANSWER_CUT", { requestId });
    return this.feed("\n");
  }
}
