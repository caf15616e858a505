import { DialectReader } from "../../contract/wire/dialects/reader";
import { parsed, type Usage } from "../../contract/wire/dialects/said";
import type { FrontDoorError } from "../errors/error";
import { failure } from "./agentFailure";
import type { AnswerEvent } from "./events";

export { sourceOf } from "./source";

/** What an event says to people. */
export interface Said {
  readonly text: string;
  /** The failure that it reports. */
  readonly failure: FrontDoorError | undefined;
}

/** The failure that an answer which is one JSON object reports, and no stream; undefined if it is an answer. */
export function wholeFailure(
  json: string,
  textPath: string | undefined,
  requestId: string | undefined,
): FrontDoorError | undefined {
  const reader = new DialectReader(textPath === undefined ? undefined : `text:${textPath}`);
  return reader.isFailure(json) ? failure(json, requestId) : undefined;
}

/** Reads the events of one answer in the dialect of its agent. */
export class SpokenReader {
  private reader: DialectReader | undefined;
  constructor(
    private readonly textPath: string | undefined,
    private readonly requestId: string | undefined,
  ) {}

  /** Tokens of the model so far, if the agent reports them. */
  get usage(): Usage | undefined {
    return this.reader?.usage;
  }

  read(event: AnswerEvent): Said {
    // A door that sends only text sends strings.
    const path = typeof parsed(event.data) === "string" ? undefined : this.textPath;
    this.reader ??= new DialectReader(path === undefined ? undefined : `text:${path}`);
    let text = "";
    for (const said of this.reader.read(event)) {
      if (said.kind === "failure") return { text, failure: failure(event.data, this.requestId) };
      if (said.kind === "text") text += said.text;
    }
    return { text, failure: undefined };
  }
}
