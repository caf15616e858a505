import type { ErrorCode } from "../../contract/wire/errors";
import { EntryRefused } from "../request/caller/edgeEntry";

/** A hook that failed. The log has the class of its error and this file's reason, never the text of an error: it can quote anything. */
export class HookFault extends EntryRefused {
  constructor(code: ErrorCode & `HOOK_${string}`, reason: string, error?: unknown) {
    super(code, reason);
    if (error instanceof Error) this.name = error.name;
  }
}
