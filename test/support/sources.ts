import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./local/frontDoor";

/** The TypeScript files of a room, as paths relative to the project's folder. */
export function sourceFiles(room: string): readonly string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !file.includes("node_modules"))
    .map((file) => join(room, file));
}

/** A file's syntax tree, with parents. */
export function parseSource(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest, true);
}

/** The keys of the stack config: the members of `StackConfig` and of the interfaces that it extends. */
export function stackConfigKeys(): readonly ts.PropertySignature[] {
  const interfaces = new Map(
    sourceFiles("contract/config")
      .flatMap((file) => [...parseSource(file).statements])
      .filter(ts.isInterfaceDeclaration)
      .map((each) => [each.name.text, each] as const),
  );
  const membersOf = (name: string): readonly ts.PropertySignature[] => {
    const declared = interfaces.get(name);
    if (!declared) throw new Error(`contract/config has no interface ${name}.`);
    const inherited = (declared.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText()),
    );
    return [...inherited.flatMap(membersOf), ...declared.members.filter(ts.isPropertySignature)];
  };
  return membersOf("StackConfig");
}

/** Keys that only limit the values of other keys, with those (`@bounds` in contract/config). No component reads them. */
export function boundingKeys(): readonly (readonly [key: string, bounds: string])[] {
  return stackConfigKeys().flatMap((key) => {
    const tag = ts.getJSDocTags(key).find(({ tagName }) => tagName.text === "bounds");
    return tag ? [[key.name.getText(), ts.getTextOfJSDocComment(tag.comment) ?? ""] as const] : [];
  });
}

/** A node and all nodes below it. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}
