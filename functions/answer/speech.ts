import type { PinnedDialect } from "../../contract/wire/dialects/names";
import type { DialectReader } from "../../contract/wire/dialects/reader";
import type { lastEvent } from "../../contract/wire/lastEvent";

/** The code that reads and writes the dialects of agents. It is in a file of its own, so that a cold start does not read it. */
interface Dialects {
  readonly DialectReader: typeof DialectReader;
  readonly lastEvent: typeof lastEvent;
}

/** How the events of an agent are read, and what of them is sent. */
export interface Reading {
  /** Their dialect, if the stack names it. */
  readonly dialect?: PinnedDialect | undefined;
  /** True if the client gets their text only. */
  readonly textOnly?: boolean;
  /** True if the client also gets what the agent says of errors. */
  readonly passErrors?: boolean;
}

export interface Speech extends Reading, Dialects {}

let loaded: Dialects | undefined;

/** Loads the code at the first call. Call it before the agent: an answer whose body is not read at once loses bytes if it breaks off. */
export async function speechOf(reading: Reading): Promise<Speech> {
  loaded ??= await import("./dialects.mjs");
  return { ...loaded, ...reading };
}
