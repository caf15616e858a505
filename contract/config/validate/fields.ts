import Ajv, { type Options } from "ajv";
import { CUSTOM_HEADERS } from "../../aws/limits";
import type { PolicyConfig } from "../keys/policy";
import { HEADER_NAME } from "./callers/agentsCaller";
import { NOT_MAPPABLE } from "./headers";
import { formatValue, isObject, validateUnique } from "./shape";

/** Names that a body has for something else. */
const TAKEN: readonly unknown[] = ["prompt", "session_id", "__proto__", ""];

/** Validates the fields that come from headers. */
export function* validateHeaderFields({ headerFields = {}, payload }: PolicyConfig): Generator<string> {
  if (!isObject(headerFields)) {
    yield `\`headerFields\` is ${formatValue(headerFields)}. Use an object, or {} for none.`;
    return;
  }
  const names = Object.keys(headerFields);
  if (names.length > CUSTOM_HEADERS.max)
    yield `\`headerFields\` has ${names.length} entries. Use at most ${CUSTOM_HEADERS.max}.`;
  for (const [name, field] of Object.entries(headerFields) as [string, unknown][]) {
    if (!HEADER_NAME.test(name)) {
      yield `\`headerFields\` maps "${name}", which is not a header name. Use letters, digits, - and _, a letter first.`;
    } else if (NOT_MAPPABLE.test(name)) {
      yield `\`headerFields\` maps "${name}", which belongs to AWS, to HTTP or to the caller's own proof. Let clients send another header.`;
    }
    if (typeof field !== "string" || TAKEN.includes(field)) {
      yield `\`headerFields.${name}\` is ${formatValue(field)}. Use the name of a field, other than prompt and session_id.`;
    }
  }
  const fields = Object.values(headerFields).filter((field) => typeof field === "string");
  yield* validateUnique("headerFields", "header", names, (name) => name.toLowerCase());
  yield* validateUnique("headerFields", "field", fields);
  const denied = isObject(payload) && Array.isArray(payload["deny"]) ? (payload["deny"] as readonly unknown[]) : [];
  const both = fields.find((field) => denied.includes(field));
  if (both !== undefined)
    yield `\`headerFields\` sets "${both}", which \`payload.deny\` refuses. Remove it from one of them.`;
}

/** How schemas of the body are compiled. Only the strict mode finds a misspelt keyword. https://ajv.js.org/strict-mode.html */
export const SCHEMA_OPTIONS = { strict: true, strictTypes: false, strictTuples: false } as const satisfies Options;

/** Validates a schema of the body. */
export function* validateSchema(schema: unknown): Generator<string> {
  if (schema === undefined) return;
  if (!isObject(schema)) {
    yield `\`payload.schema\` is ${formatValue(schema)}. Use a JSON Schema of the body, such as { properties: { tenant: { type: string } } }.`;
    return;
  }
  if ("$async" in schema) {
    yield "`payload.schema` has `$async`, but a schema is checked at once. Remove it.";
    return;
  }
  try {
    new Ajv({ ...SCHEMA_OPTIONS, logger: false }).compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "malformed";
    yield `\`payload.schema\` is not a JSON Schema (draft 7): ${reason}. Correct it; there are no formats and no references to other documents.`;
  }
}
