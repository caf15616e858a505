import type { HookCaller } from "../../contract/runtime/hooks";
import { ownerHash } from "../request/caller/caller";
import type { DoorRequest } from "../request/request";

/** The verified caller, as hooks see it. */
export function hookCaller(caller: DoorRequest["caller"]): HookCaller | undefined {
  return caller && { kind: caller.kind, subject: caller.subject, hash: ownerHash(caller, 32) };
}
