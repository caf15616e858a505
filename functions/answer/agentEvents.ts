import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { DialectReader } from "../../contract/wire/dialects/reader";
import type { DialectName } from "../../contract/wire/dialects/names";
import type { AgentEvent, Usage } from "../../contract/wire/dialects/said";
import { eventsIn } from "./eventStream";

/** Most bytes of one event that are read: the size limit of a collected answer. Of a larger event, its start and its end are read. */
const LARGEST_READ = LAMBDA_PAYLOAD_BYTES;

/** Decodes whole events, also if they arrive in pieces. */
export class EventDecoder {
  private isAtStart = true;
  private pieces: Uint8Array[] = [];
  private bytes = 0;

  /** @param isNeeded whether these bytes, which are whole events, have to be decoded */
  constructor(private readonly isNeeded: (bytes: Uint8Array) => boolean = () => true) {}

  /**
   * @param isOpen whether the last event continues in the next bytes
   * @returns the events, none while one is open
   */
  push(bytes: Uint8Array, isOpen: boolean): Iterable<AgentEvent> {
    const kept = isOpen ? bytes.subarray(0, LARGEST_READ - this.bytes) : bytes;
    this.pieces.push(kept);
    this.bytes += kept.byteLength;
    return isOpen ? [] : this.finish();
  }

  /** The events of the bytes that are left. Call it at the end of the stream. */
  finish(): Iterable<AgentEvent> {
    const [only = new Uint8Array(), ...more] = this.pieces;
    const bytes = more.length > 0 ? Buffer.concat(this.pieces) : only;
    // A byte order mark at the start of a stream is not part of the first line.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: !this.isAtStart });
    this.isAtStart = false;
    this.pieces = [];
    this.bytes = 0;
    return this.isNeeded(bytes) ? agentEvents(decoder.decode(bytes)) : [];
  }
}

function* agentEvents(text: string): Generator<AgentEvent> {
  for (const { type, data } of eventsIn(text)) {
    // A comment, or an id alone.
    if (data.length > 0 || type === "error") yield { type, data: data.join("\n") };
  }
}

/** One of these is in every event that reports a failure in any dialect. Each is short: the search for a long text is many times slower. */
const ALL = ["rror", "ERROR"];

/** One of these is in every other event with a failure or with tokens, by dialect. */
const WORDS: Readonly<Record<DialectName, readonly string[]>> = {
  plain: ALL,
  agUi: ALL,
  aiSdk: [...ALL, "usage"],
  anthropic: [...ALL, "usage"],
  converse: [...ALL, "xcept", "usage"],
  jsonRpc: [...ALL, "failed", "jected", "TASK_"],
  langGraph: [...ALL, "usage"],
  openAi: [...ALL, "failed", "usage"],
  strands: [...ALL, "xcept", "force_", "usage"],
};

/** Reads a stream while it is sent: whether the agent reports a failure, and its tokens. */
export class StreamReport {
  hasFailed = false;
  private readonly reader: DialectReader;
  // Most events need not be parsed once the dialect is known.
  private readonly decoder = new EventDecoder((bytes) => {
    const { dialect } = this.reader;
    return dialect === undefined || hasWord(bytes, WORDS[dialect]);
  });

  constructor(dialect?: DialectName) {
    this.reader = new DialectReader(dialect);
  }

  get usage(): Usage | undefined {
    return this.reader.usage;
  }

  /** @param isOpen whether the last event continues in the next bytes */
  push(bytes: Uint8Array, isOpen: boolean): void {
    this.read(this.decoder.push(bytes, isOpen));
  }

  /** Call it at the end of the stream. */
  finish(): void {
    this.read(this.decoder.finish());
  }

  private read(events: Iterable<AgentEvent>): void {
    for (const event of events)
      if (this.reader.read(event).some(({ kind }) => kind === "failure")) this.hasFailed = true;
  }
}

function hasWord(bytes: Uint8Array, words: readonly string[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => buffer.includes(word));
}
