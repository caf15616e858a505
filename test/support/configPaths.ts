import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./local/frontDoor";

/** Steps from a stack config to one of its values: a name, `*` for any name of a map, `[]` for any element of a list. */
export type ConfigPath = readonly string[];

const ANY_NAME = "*";
const ANY_ELEMENT = "[]";

/** Every value that a stack config can have, such as `apiKeys`, `*`, `quota`, `limit`. The type checker finds them, so that none is forgotten. */
export function configPaths(): readonly ConfigPath[] {
  const file = join(ROOT, "contract", "config", "schema.ts");
  const program = ts.createProgram([file], { strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2022 });
  const checker = program.getTypeChecker();
  const config = program
    .getSourceFile(file)
    ?.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "StackConfig");
  if (!config) throw new Error("contract/config/schema.ts has no interface StackConfig.");

  function* pathsOf(type: ts.Type, path: ConfigPath): Generator<ConfigPath> {
    const [element, value] = [checker.getIndexTypeOfType(type, ts.IndexKind.Number), type.getStringIndexType()];
    if ((type.flags & ts.TypeFlags.Object) === 0) yield path;
    else if (element) yield* pathsOf(element, [...path, ANY_ELEMENT]);
    else if (value) yield* pathsOf(value, [...path, ANY_NAME]);
    else {
      for (const property of type.getProperties()) {
        const inner = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, config as ts.Node));
        yield* pathsOf(inner, [...path, property.name]);
      }
    }
  }
  return [...pathsOf(checker.getTypeAtLocation(config), [])];
}

/** Whether a config sets a value. An empty map or list sets what is in it to nothing, which is not counted. */
export function isSet(value: unknown, [step, ...rest]: ConfigPath): boolean {
  if (step === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  if (step === ANY_ELEMENT || step === ANY_NAME) return Object.values(value).some((each) => isSet(each, rest));
  return isSet((value as Readonly<Record<string, unknown>>)[step], rest);
}
