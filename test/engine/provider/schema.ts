import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(__filename);

/** What the provider's schema says of a resource type. */
export interface Schema {
  readonly required: readonly string[];
  /** Every property: inputs, and what the provider adds. */
  readonly properties: readonly string[];
}

const schemas = new Map<string, Schema>();

/**
 * The schema as far as the package's generated code tells it: the provider's own schema is not installed.
 *
 * @param type such as `aws:lambda/function:Function`
 */
export function schemaOf(type: string): Schema {
  const known = schemas.get(type);
  if (known) return known;
  const [, module = ""] = type.split(":");
  const code = readFileSync(load.resolve(`@pulumi/aws/${module}.js`), "utf8");
  const all = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map(([, property = ""]) => property))];
  const schema = {
    required: all(/Missing required property '(\w+)'/g),
    properties: all(/resourceInputs\["(\w+)"\] =/g),
  };
  schemas.set(type, schema);
  return schema;
}
