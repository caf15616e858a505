import type { DoorPolicy } from "../../../contract/runtime/doorPolicy";
import type { SchemaCheck } from "./check";

/** The check of the stack's schema. Undefined if it has none. */
export async function schemaOf({ schema }: DoorPolicy): Promise<SchemaCheck | undefined> {
  return schema && (await import("./payloadSchema.mjs")).check;
}
