import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../../../local/program/program";
import type { Values } from "./kind";

export { UNKNOWN };

/** What marks an asset, an archive or a secret on the wire. https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/deployment-execution/resource-registration.html */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A message's values, secrets as what they hold. */
export function read(struct: Struct | undefined): Values {
  return open(struct?.toJavaScript() ?? {}) as Values;
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Record<string, unknown>;
  if (entries[SIGNATURE] === SECRET) return open(entries["value"]);
  return Object.fromEntries(Object.entries(entries).map(([key, inner]) => [key, open(inner)]));
}

/** Values as a message; what is undefined is left out, as the provider leaves out what is empty. */
export function write(values: Values): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, never>);
}

/** Whether a value, or anything in it, is not known in a preview. */
export function isUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** Whether the provider sees a difference: assets by their content's hash, policies and other JSON by what they say. */
export function same(before: unknown, after: unknown): boolean {
  return canonical(before) === canonical(after);
}

/** The same, but for JSON, which is compared letter by letter. */
export function sameText(before: unknown, after: unknown): boolean {
  return JSON.stringify([plain(before, (text) => text)]) === JSON.stringify([plain(after, (text) => text)]);
}

function canonical(value: unknown): string {
  return JSON.stringify([plain(value)]);
}

function plain(value: unknown, read: (text: string) => unknown = parsed): unknown {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return read(value);
  if (Array.isArray(value)) return value.map((each) => plain(each, read));
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Record<string, unknown>;
  if (SIGNATURE in entries && typeof entries["hash"] === "string" && entries["hash"] !== "") return entries["hash"];
  return Object.fromEntries(
    Object.keys(entries)
      .sort()
      .map((key) => [key, plain(entries[key], read)]),
  );
}

function parsed(text: string): unknown {
  try {
    return plain(JSON.parse(text));
  } catch {
    return text;
  }
}
