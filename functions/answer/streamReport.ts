import type { DialectReader } from "../../contract/wire/dialects/reader";
import { parsed } from "../../contract/wire/dialects/said";
import type { PinnedDialect } from "../../contract/wire/dialects/names";
import { fieldsOf, type Fields, type Usage } from "../../contract/wire/dialects/said";
import type { Spoken } from "../../contract/wire/lastEvent";
import { EventDecoder, LARGEST_READ, type DecodedEvent } from "./agentEvents";

/** One of these is in every event that reports a failure in any dialect. Each is short: the search for a long text is many times slower. */
const ALL = ["rror", "ERROR"];

/** One of these is in every other event with a failure or with tokens, by dialect. */
const WORDS: Readonly<Partial<Record<PinnedDialect, readonly string[]>>> = {
  aiSdk: [...ALL, "usage"],
  anthropic: [...ALL, "usage"],
  converse: [...ALL, "xcept", "usage"],
  jsonRpc: [...ALL, "failed", "jected", "TASK_"],
  langGraph: [...ALL, "usage"],
  openAi: [...ALL, "failed", "usage"],
  strands: [...ALL, "xcept", "force_", "usage"],
};

/** The start of an event that is an object, or that is named as an error. */
const CAN_FAIL = /^(?:data: ?[\t ]*\{|event: ?error)/m;

const NOTHING: Uint8Array = new Uint8Array();

/** What of an agent's bytes is sent. */
export interface Passed {
  readonly bytes: Uint8Array;
  /** Whether they end inside an event. */
  readonly isOpen: boolean;
}

/** Reads a stream while it is sent: whether the agent reports a failure, and its tokens. */
export class StreamReport {
  /** True once the agent has reported a failure. */
  hasFailed = false;
  /** Not counted: most events are not parsed. */
  readonly dropped = undefined;
  // Most events need not be parsed once the dialect is known.
  private readonly decoder = new EventDecoder((bytes) => {
    const { dialect } = this.reader;
    return dialect === undefined || hasWord(bytes, WORDS[dialect] ?? ALL);
  });
  /** The start of a large event that can be a failure. */
  private withheld: Uint8Array[] = [];
  private withheldBytes = 0;
  private isInside = false;
  private first: Uint8Array | undefined;
  private last = NOTHING;
  private failure: Fields | undefined;

  /** @param passErrors whether what the agent says of errors is sent */
  constructor(
    private readonly reader: DialectReader,
    private readonly passErrors = false,
  ) {}

  /** True if the failure was not sent, and nothing may be sent after it but the door's own error. */
  get mustEnd(): boolean {
    return this.hasFailed && !this.passErrors;
  }

  get usage(): Usage | undefined {
    return this.reader.usage;
  }

  /** What an event at the end of the stream must fit to. */
  get spoken(): Spoken {
    const { dialect } = this.reader;
    return { dialect, last: { ...fieldsIn(this.first), ...(this.failure ?? fieldsIn(this.last)) } };
  }

  /**
   * @param isOpen whether the last event continues in the next bytes
   * @returns what can be sent now. Of a failure that the agent reports, and of what follows, nothing.
   */
  push(bytes: Uint8Array, isOpen: boolean): Passed {
    this.first ??= bytes;
    this.last = bytes;
    const events = this.decoder.push(bytes, isOpen);
    if (isOpen && !this.passErrors && this.withholds(bytes)) return { bytes: NOTHING, isOpen: false };
    const isCut = this.isInside;
    this.isInside = isOpen;
    const all = this.withheld.length > 0 ? Buffer.concat([...this.withheld, bytes]) : bytes;
    this.withheld = [];
    this.withheldBytes = 0;
    const secrets = this.errorsIn(events, isCut);
    if (secrets.length === 0 || this.passErrors) return { bytes: all, isOpen };
    return { bytes: this.without(secrets, all), isOpen: false };
  }

  /** A large event is read when it is complete, so its start may only be sent if it cannot be a failure. */
  private withholds(bytes: Uint8Array): boolean {
    const isFirst = this.withheld.length === 0;
    const canFail = isFirst ? !this.isInside && CAN_FAIL.test(Buffer.from(bytes.subarray(0, 4096)).toString()) : true;
    if (!canFail || this.withheldBytes + bytes.byteLength > LARGEST_READ) return false;
    this.withheld.push(bytes);
    this.withheldBytes += bytes.byteLength;
    return true;
  }

  /**
   * The numbers of the events with the agent's own text about an error, up to a failure.
   *
   * @param isCut whether a part of the first event was sent: only a failure ends it there
   */
  private errorsIn(events: Iterable<DecodedEvent>, isCut: boolean): number[] {
    const found: number[] = [];
    for (const event of events) {
      const said = this.reader.read(event);
      const isError = said.some((each) => each.kind === "other" && each.isError);
      if (isError && !(isCut && event.index === 0)) found.push(event.index);
      if (!said.some(({ kind }) => kind === "failure")) continue;
      this.hasFailed = true;
      this.failure = fieldsOf(parsed(event.data));
      found.push(event.index);
      if (!this.passErrors) break;
    }
    return found;
  }

  /** Leaves events out; after a failure, everything. */
  private without(indexes: readonly number[], all: Uint8Array): Uint8Array {
    const ends = this.decoder.bytesFromEnd();
    const at = (index: number): number => Math.max(0, all.byteLength - (ends[index] ?? 0));
    let from = 0;
    const kept = indexes.map((index) => {
      const part = all.subarray(from, at(index));
      from = at(index + 1);
      return part;
    });
    return Buffer.concat(this.hasFailed ? kept : [...kept, all.subarray(from)]);
  }
}

/** The fields of the last event that has data. */
function fieldsIn(bytes: Uint8Array = NOTHING): Fields {
  const events = [...new EventDecoder().push(bytes, false)].filter(({ data }) => data !== "[DONE]");
  return fieldsOf(parsed(events.at(-1)?.data ?? ""));
}

function hasWord(bytes: Uint8Array, words: readonly string[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => buffer.includes(word));
}
