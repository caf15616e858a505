import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { Rule, Settings } from "../model/rule";
import { nearest } from "./nearest";

/** Settings with the defaults filled in, or what is wrong with them. */
export interface GivenSettings {
  readonly settings: Settings;
  /** Each names the setting and the remedy. Settings with a problem keep their defaults, so that the rule still holds. */
  readonly problems: readonly string[];
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validators = new WeakMap<object, ValidateFunction>();

/**
 * Merges what a stack sets with the defaults. The engine fills defaults in as well, but other hosts do not, and nobody else
 * refuses a setting that does not exist: it would be ignored in silence.
 */
export function settingsOf(properties: Rule["settings"], given: Settings): GivenSettings {
  const schemas = properties ?? {};
  const defaults = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default]));
  if (Object.keys(given).length === 0) return { settings: defaults, problems: [] };
  let validate = validators.get(schemas);
  if (!validate) {
    validate = ajv.compile({ type: "object", properties: schemas, additionalProperties: false });
    validators.set(schemas, validate);
  }
  if (validate(given)) return { settings: { ...defaults, ...given }, problems: [] };
  return {
    settings: defaults,
    problems: (validate.errors ?? []).map((error) => problem(error, Object.keys(schemas))),
  };
}

function problem({ instancePath, keyword, message, params }: ErrorObject, known: readonly string[]): string {
  const path = instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    const name = String((params as { additionalProperty?: unknown }).additionalProperty);
    const where = path === "" ? name : `${path}.${name}`;
    const choices = path === "" ? ` Use one of ${known.join(", ") || "none: it has no settings"}.` : "";
    return `There is no setting \`${where}\`.${path === "" ? nearest(name, known) : ""}${choices}`;
  }
  return `The setting \`${path}\` ${message ?? "is not valid"}.`;
}
