import { strayKey } from "../../contract/config/namespace";
import { closest, isObject } from "../../contract/config/validate/shape";

/** A region as AWS writes it. https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * Reads the `config` of a stack's file by full keys, `project:key`. As in the engine, a key without a namespace belongs to the project.
 *
 * @param declared the keys of Pulumi.yaml
 * @param mistakes receives a line for each key that has no value here, or that the engine would ignore
 * @returns the values of the valid keys
 */
export function readConfigValues(
  given: Readonly<Record<string, unknown>>,
  project: string,
  declared: readonly string[],
  mistakes: string[],
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const full = fullKey(key, project);
    const fault = nestedFault(key, value, project) ?? keyFault(key, full, project, declared) ?? valueFault(key, value);
    if (fault !== undefined) mistakes.push(fault);
    else if (full in config) mistakes.push(`\`${key}\` is set twice, with its namespace and without. Keep one.`);
    else if (full === "aws:region" && (typeof value !== "string" || !REGION.test(value)))
      mistakes.push(`\`${key}\` is ${JSON.stringify(value)}. Use the name of a region, such as us-east-1.`);
    else config[full] = value;
  }
  return config;
}

/** `project:config:key` is the long form of `project:key`. */
function fullKey(key: string, project: string): string {
  const [namespace = "", ...rest] = key.split(":");
  if (rest.length === 0) return `${project}:${key}`;
  return rest[0] === "config" && rest.length === 2 ? `${namespace}:${rest[1] ?? ""}` : key;
}

/** The fault of a namespace that is written as a map of keys: it must precede the colon of each key. */
function nestedFault(key: string, value: unknown, project: string): string | undefined {
  if (!isObject(value)) return undefined;
  if (key === "config" || key === `${project}:config`)
    return `\`${key}\` is a map within \`config\`. Write its lines directly below the first \`config:\`.`;
  if (key !== project && key !== "aws") return undefined;
  const keys = Object.keys(value).map((inner) => `${key}:${inner}`);
  return `\`${key}\` is a map, but a key has its namespace on the same line. Write ${keys.join(", ") || `${key}:<key>`}.`;
}

function keyFault(key: string, full: string, project: string, declared: readonly string[]): string | undefined {
  const [namespace = "", ...rest] = full.split(":");
  if (namespace === "" || rest.length !== 1 || rest[0] === "")
    return `\`${key}\` is not a config key. Write ${project}:<key>, or <provider>:<key>.`;
  if (key === "region") return "`region` is a key of the aws provider. Write aws:region.";
  const stray = strayKey(full, project, declared);
  if (stray !== undefined) return stray;
  if (full !== "aws:region" && closest(full, ["aws:region"]) !== "")
    return `\`${key}\` is not a key of the aws provider${closest(full, ["aws:region"])}. Write aws:region.`;
  return undefined;
}

function valueFault(key: string, value: unknown): string | undefined {
  if (value === null) return `\`${key}\` has no value. Give it one, or leave the line out.`;
  for (const { path, at } of nestedValues(key, value)) {
    if (isObject(at) && "secure" in at)
      return `\`${path}\` is encrypted; only the Pulumi CLI can read it. Use a stack without secrets.`;
    if (typeof at === "number" && !Number.isFinite(at)) return `\`${path}\` is ${String(at)}. Use a finite number.`;
  }
  return undefined;
}

/** A value and all values inside it. */
function* nestedValues(path: string, at: unknown): Generator<{ path: string; at: unknown }> {
  yield { path, at };
  if (typeof at !== "object" || at === null) return;
  for (const [key, inner] of Object.entries(at)) yield* nestedValues(`${path}.${key}`, inner);
}
