import type { DoorPolicy, PayloadPolicy } from "../../contract/runtime/doorPolicy";
import type { Refusal } from "../../contract/wire/errors";
import { CUSTOM_HEADERS } from "../../contract/aws/limits";
import type { DoorRequest } from "./request";

type Payload = Readonly<Record<string, unknown>>;

/** A valid value of a runtime header, without white space around it. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/;

/** Whether a runtime header can carry the value. */
export function isHeaderValue(value: string): boolean {
  return value.length <= CUSTOM_HEADERS.valueBytes && HEADER_VALUE.test(value);
}

/**
 * The headers that the stack passes on, under the runtime's names. No other client header is passed on; AgentCore's own headers are set
 * from verified values.
 */
export function customHeaders(
  { header }: DoorRequest,
  headerMap: DoorPolicy["headerMap"],
): { headers: Readonly<Record<string, string>> } | Refusal {
  const headers: Record<string, string> = {};
  for (const [client, runtime] of Object.entries(headerMap)) {
    // White space as HTTP defines it: trim() would also remove a line separator.
    const value = header(client)?.replace(/^[ \t]+|[ \t]+$/g, "");
    if (!value) continue;
    if (!isHeaderValue(value)) {
      return { code: "INVALID_HEADER", detail: `It is \`${client}\`.` };
    }
    headers[runtime] = value;
  }
  return { headers };
}

/** Why a payload is refused, or undefined. Field names are the client's. */
export function payloadRefusal(payload: Payload, policy: PayloadPolicy): Refusal | undefined {
  const { allow, deny, rename, maxPromptBytes } = policy;
  if (Buffer.byteLength(String(payload["prompt"])) > maxPromptBytes) {
    return { code: "PROMPT_TOO_LARGE", detail: `It accepts ${maxPromptBytes} bytes.` };
  }
  // A field with the target name of a rename would bypass the rules of the renamed field.
  const replaced = Object.values(rename).filter((name) => !Object.hasOwn(rename, name));
  const taken = [...deny, ...replaced].find((name) => Object.hasOwn(payload, name));
  if (taken !== undefined) return { code: "FIELD_NOT_ALLOWED", detail: `It is \`${taken}\`.` };
  if (allow && Object.keys(payload).some((name) => name !== "prompt" && !allow.includes(name))) {
    const names = ["prompt", "session_id", ...allow.filter((name) => name !== "prompt")];
    return { code: "FIELD_NOT_ALLOWED", detail: `It passes on ${names.map((name) => `\`${name}\``).join(", ")} only.` };
  }
  return undefined;
}

/** Adds the fields that the stack reads from headers. A field that the client sent stays as it is. */
export function withHeaderFields(
  payload: Payload,
  { header }: DoorRequest,
  headerFields: Readonly<Record<string, string>> = {},
): Payload {
  const found = Object.entries(headerFields).flatMap(([name, field]) => {
    const value = header(name);
    return value === undefined || Object.hasOwn(payload, field) ? [] : [[field, value] as const];
  });
  return found.length === 0 ? payload : { ...payload, ...Object.fromEntries(found) };
}

/** The payload with the agent's field names. */
export function renamed(payload: Payload, { rename }: PayloadPolicy): Payload {
  const target = (name: string) => (Object.hasOwn(rename, name) ? (rename[name] ?? name) : name);
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [target(name), value]));
}
