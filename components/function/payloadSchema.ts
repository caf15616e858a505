import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone";
import { SCHEMA_OPTIONS } from "../../contract/config/validate/fields";

/** The code that checks a body, with the texts of its errors: what Ajv compiles the schema to. An ES module that exports `validate`. */
export function validatorCode(schema: object): string {
  const ajv = new Ajv({ ...SCHEMA_OPTIONS, code: { source: true, esm: true } });
  return standaloneCode(ajv, ajv.compile(schema));
}
