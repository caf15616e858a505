import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone";
import { SCHEMA_OPTIONS } from "../../contract/config/validate/fields";

/**
 * The source of the file that checks a body against a stack's schema, to be bundled in functions/request/schema: what Ajv compiles the schema to, with
 * the texts of its errors.
 */
export function payloadSchemaSource(schema: object): string {
  const ajv = new Ajv({ ...SCHEMA_OPTIONS, code: { source: true, esm: true } });
  return `${standaloneCode(ajv, ajv.compile(schema))}
import { checkWith } from "./schemaRefusal";
export const check = checkWith(validate);`;
}
