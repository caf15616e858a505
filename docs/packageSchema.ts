import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { format } from "prettier";
import ts from "typescript";
import * as barrel from "../components/index";

const folder = join(__dirname, "..", "components");

/** The schema of components/ as a package for other languages. */
export const SCHEMA_FILE = "components/package/schema.json";

interface Property {
  readonly optional?: boolean;
  readonly [key: string]: unknown;
}

/** The part of the SDK's analyzer that is changed here; its types do not show it. */
interface Patched {
  analyzeType(context: object, type: ts.Type, location: ts.Node, optional?: boolean, docs?: string): Property;
}

/**
 * The schema of the components, from the SDK's own analyzer. It knows neither generic interfaces nor a choice of a list and a map, which are added.
 *
 * @throws Error if a component is not portable
 */
export async function packageSchema(): Promise<string> {
  const names = Object.entries(barrel).flatMap(([name, value]) => (isComponent(value) ? [name] : []));
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, description } = manifest;
  const analyzer = new Analyzer(folder, name, { ...manifest, main: "index.ts" }, new Set(names));
  extend(analyzer as unknown as Patched);
  const { components, typeDefinitions, dependencies } = analyzer.analyze();
  const schema = generateSchema(name, version, description, components, typeDefinitions, dependencies);
  return await format(JSON.stringify(schema), { parser: "json", printWidth: 120 });
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

function isComponent(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
}

function extend(analyzer: Patched): void {
  const original = analyzer.analyzeType.bind(analyzer);
  analyzer.analyzeType = (context, type, location, optional = false, docs) => {
    const members = type.isUnion() ? type.types.filter((each) => (each.flags & ts.TypeFlags.Undefined) === 0) : [];
    if (members.length === 2 && members.some(isList) && members.some(isMap)) {
      const oneOf = members.map((each) => original(context, each, location));
      return { oneOf, ...(optional && { optional }), ...(docs !== undefined && { description: docs }) };
    }
    // An interface with type arguments, such as AgentConfig<Input<string>>, is an interface of its name.
    const { target } = type as Partial<ts.TypeReference>;
    const isOwn = (type.symbol as ts.Symbol | undefined)?.declarations?.every(
      (each) => !each.getSourceFile().fileName.includes("node_modules"),
    );
    if (target !== undefined && target !== type && target.isClassOrInterface() && isOwn === true) {
      Object.defineProperty(type, "isClassOrInterface", { value: () => true });
    }
    return original(context, type, location, optional, docs);
  };
}

const isList = (type: ts.Type): boolean => (type.symbol as ts.Symbol | undefined)?.name === "Array";
const isMap = (type: ts.Type): boolean => !isList(type) && type.getStringIndexType() !== undefined;

if (require.main === module) {
  void packageSchema().then((text) => {
    writeFileSync(join(__dirname, "..", SCHEMA_FILE), text);
  });
}
