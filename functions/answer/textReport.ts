import type { DialectReader } from "../../contract/wire/dialects/reader";
import type { Usage } from "../../contract/wire/dialects/said";
import type { Spoken } from "../../contract/wire/lastEvent";
import { EventDecoder } from "./agentEvents";
import type { Passed } from "./streamReport";

/** Reads a stream whose text only is sent: each text as an event of its own, a JSON string. */
export class TextReport {
  hasFailed = false;
  /** Number of events of a shape that the dialect does not know. */
  dropped = 0;
  /** What the client reads is a stream without a framework. */
  readonly spoken: Spoken = { dialect: "plain" };
  /** The answer is complete only with it. */
  readonly end = "data: [DONE]\n\n";
  private readonly decoder = new EventDecoder();

  constructor(private readonly reader: DialectReader) {}

  /** True if nothing may be sent but the door's own error. */
  get mustEnd(): boolean {
    return this.hasFailed;
  }

  get usage(): Usage | undefined {
    return this.reader.usage;
  }

  /**
   * @param isOpen whether the last event continues in the next bytes
   * @returns the events with the texts
   */
  push(bytes: Uint8Array, isOpen: boolean): Passed {
    let sent = "";
    for (const event of this.decoder.push(bytes, isOpen)) {
      // Half a text must not look like a whole one.
      const isCut = event.index === 0 && this.decoder.hasLost;
      for (const said of this.reader.read(event)) {
        if (said.kind === "failure") {
          this.hasFailed = true;
          return { bytes: Buffer.from(sent), isOpen: false };
        }
        if (isCut || "isUnknown" in said) this.dropped++;
        else if (said.kind === "text") sent += `data: ${JSON.stringify(said.text)}\n\n`;
      }
    }
    return { bytes: Buffer.from(sent), isOpen: false };
  }
}
