import type { Refusal } from "../../../contract/wire/errors";

/** Checks a payload under the client's names, without `session_id`. */
export type SchemaCheck = (payload: Readonly<Record<string, unknown>>) => Refusal | undefined;
