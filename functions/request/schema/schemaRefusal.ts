import type { ErrorObject } from "ajv";
import type { Refusal } from "../../../contract/wire/errors";
import type { SchemaCheck } from "./check";
import { OutOfTime, withinTime } from "../redact/withinTime";

/** What Ajv compiles a schema to. */
export interface Validator {
  (payload: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

/** Time limit of the check of one request, milliseconds. A schema's own pattern can need much longer for a hostile text. */
const CHECK_MS = 500;

/** A name that an error can repeat. Names in a nested object can be the client's. */
const NAME = /^[\w-]{1,64}$/;

/** The check of a compiled schema. */
export function checkWith(validate: Validator): SchemaCheck {
  return (payload) => {
    try {
      return withinTime(CHECK_MS, () => validate(payload)) ? undefined : refusalOf(validate.errors?.[0]);
    } catch (error) {
      if (error instanceof OutOfTime) return { code: "FIELD_INVALID", detail: "The check took too long." };
      throw error;
    }
  };
}

/** Names the field, and says the rule in words of the schema. */
function refusalOf(error: ErrorObject | undefined): Refusal {
  const { instancePath = "", keyword, params = {}, message = "is invalid" } = error ?? {};
  const at = instancePath.split("/").slice(1);
  const { missingProperty, additionalProperty } = params as Partial<Record<string, string>>;
  if (keyword === "required") return refusal([...at, missingProperty], "is missing");
  if (keyword === "additionalProperties") return refusal([...at, additionalProperty], "is not a field of the schema");
  return refusal(at, message);
}

function refusal(path: readonly (string | undefined)[], rule: string): Refusal {
  const names = path.map((name) => (name !== undefined && NAME.test(name) ? name : "…"));
  return { code: "FIELD_INVALID", detail: `${names.length > 0 ? `\`${names.join(".")}\`` : "The body"} ${rule}.` };
}
