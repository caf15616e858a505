import type { DialectName } from "../../contract/wire/dialects/names";
import type { DialectReader } from "../../contract/wire/dialects/reader";
import type { lastEvent } from "../../contract/wire/lastEvent";

/** The code that reads and writes the dialects of agents. It is in a file of its own, so that a cold start does not read it. */
interface Dialects {
  readonly DialectReader: typeof DialectReader;
  readonly lastEvent: typeof lastEvent;
}

/** How the events of an agent are read. */
export interface Speech extends Dialects {
  /** Their dialect, if the stack names it. */
  readonly dialect?: DialectName | undefined;
}

let loaded: Dialects | undefined;

/** Loads the code at the first call. Call it before the agent: an answer whose body is not read at once loses bytes if it breaks off. */
export async function speechOf({ dialect }: Pick<Speech, "dialect">): Promise<Speech> {
  loaded ??= await import("./dialects.mjs");
  return { ...loaded, dialect };
}
