import { CUSTOM_HEADERS } from "../../contract/aws/limits";
import { runtimeHeader } from "../../contract/config/keys/policy";
import { REFUSAL_CODE, REFUSAL_TEXT, type HookChange, type HookRefusal } from "../../contract/runtime/hooks";
import { CUSTOM_HEADER_PREFIX, foldedHeader } from "../../contract/wire/headers";
import { isHeaderValue } from "../request/translate";
import { HookFault } from "./fault";

/** What `beforeInvoke` returned, checked. */
export type Change =
  | { readonly kind: "refusal"; readonly code: string; readonly text: string }
  | {
      readonly kind: "change";
      readonly prompt: string | undefined;
      readonly fields: Readonly<Record<string, unknown>>;
      /** By full name. */
      readonly headers: Readonly<Record<string, string>>;
    };

const MEMBERS = ["prompt", "fields", "headers"];
const RESERVED_FIELDS = ["prompt", "session_id"];
/** What follows the prefix. AgentCore accepts no other x-amz header. */
const HEADER_NAME = /^(?!x-amz)[A-Za-z][A-Za-z0-9_-]*$/i;

/**
 * Checks what a hook returned. It is untyped here: a hook can be JavaScript, or a function that answers with JSON.
 *
 * @throws HookFault with a reason that contains nothing of the value
 */
export function changeOf(returned: unknown): Change {
  if (returned === undefined || returned === null)
    return { kind: "change", prompt: undefined, fields: {}, headers: {} };
  const result = object("what beforeInvoke returned", returned) as HookChange & Partial<HookRefusal>;
  if ("refuse" in result) {
    const { refuse, text } = result as Readonly<Partial<Record<string, unknown>>>;
    if (typeof refuse !== "string" || !REFUSAL_CODE.test(refuse)) throw fault("refuse is not a code");
    if (typeof text !== "string" || !REFUSAL_TEXT.test(text)) throw fault("text of a refusal is missing or malformed");
    return { kind: "refusal", code: refuse, text };
  }
  if (Object.keys(result).some((name) => !MEMBERS.includes(name))) throw fault("an unknown member was returned");
  const { prompt } = result;
  if (prompt !== undefined && typeof prompt !== "string") throw fault("prompt is not a string");
  const fields = object("fields", result.fields ?? {});
  if (RESERVED_FIELDS.some((name) => Object.hasOwn(fields, name))) throw fault("fields has prompt or session_id");
  return { kind: "change", prompt, fields, headers: headersOf(object("headers", result.headers ?? {})) };
}

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const byName = new Map<string, [string, string]>();
  for (const [given, value] of Object.entries(headers)) {
    const name = runtimeHeader(given);
    const bare = name.slice(CUSTOM_HEADER_PREFIX.length);
    if (!HEADER_NAME.test(bare) || name.length > CUSTOM_HEADERS.nameLength)
      throw fault("a header's name is not allowed");
    if (typeof value !== "string" || !isHeaderValue(value))
      throw fault("a header's value is not printable ASCII, or too long");
    if (byName.has(foldedHeader(name))) throw fault("two headers have one name");
    byName.set(foldedHeader(name), [name, value]);
  }
  return Object.fromEntries(byName.values());
}

function object(what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw fault(`${what} is not an object`);
  return value as Readonly<Record<string, unknown>>;
}

const fault = (reason: string): HookFault => new HookFault("HOOK_FAILED", reason);
