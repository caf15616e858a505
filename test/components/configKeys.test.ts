import assert from "node:assert/strict";
import ts from "typescript";
import { CONFIG_KEYS } from "../../contract/config/read";
import { boundingKeys, nodesOf, parseSource, sourceFiles, stackConfigKeys } from "../support/sources";

const VALIDATED_ONLY = boundingKeys().map(([key]) => key);

/**
 * The keys that a file reads from the settings: `settings.key`, `const { key } = settings`, or a parameter `{ key }: Settings`. It finds
 * them by name and annotation, without the type checker, which needs 20 seconds to load the provider's types.
 */
function keysRead(source: ts.SourceFile): readonly string[] {
  return [...nodesOf(source)].flatMap((node) => {
    if (ts.isPropertyAccessExpression(node)) return node.expression.getText() === "settings" ? [node.name.text] : [];
    if (!ts.isVariableDeclaration(node) && !ts.isParameter(node)) return [];
    const ofSettings = node.initializer?.getText() === "settings" || node.type?.getText() === "Settings";
    if (!ofSettings || !ts.isObjectBindingPattern(node.name)) return [];
    return node.name.elements.map(({ propertyName, name }) => (propertyName ?? name).getText());
  });
}

/** The nested keys: members of the interfaces of contract/ that the type of a key names, at any depth, by interface. */
function nestedKeys(): readonly (readonly [owner: string, key: string])[] {
  const interfaces = new Map(
    sourceFiles("contract")
      .flatMap((file) => [...parseSource(file).statements])
      .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      .map((each) => [each.name.text, each] as const),
  );
  const reached = new Set<ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  const reach = (type: ts.Node): void => {
    for (const node of nodesOf(type)) {
      const found = ts.isTypeReferenceNode(node) ? interfaces.get(node.typeName.getText()) : undefined;
      if (!found || reached.has(found)) continue;
      reached.add(found);
      reach(found);
    }
  };
  for (const key of stackConfigKeys()) reach(key);
  return [...reached].flatMap((node) =>
    (ts.isInterfaceDeclaration(node) ? [...node.members] : [])
      .filter(ts.isPropertySignature)
      .map((member) => [node.name.text, member.name.getText()] as const),
  );
}

/** Every name that a file reads from any object. */
function namesRead(source: ts.SourceFile): readonly string[] {
  return [...nodesOf(source)].flatMap((node) => {
    if (ts.isPropertyAccessExpression(node)) return [node.name.text];
    return ts.isBindingElement(node) ? [(node.propertyName ?? node.name).getText()] : [];
  });
}

const readIn = (files: readonly string[], read = keysRead): ReadonlySet<string> =>
  new Set(files.flatMap((file) => read(parseSource(file))));

describe("a key of the stack config", () => {
  const consumers = [...sourceFiles("components"), "contract/config/settings.ts"];
  const components = readIn(consumers);
  const validation = readIn(sourceFiles("contract/config"));
  const names = readIn(
    [
      ...consumers,
      ...["auth", "policy"].map((file) => `contract/config/keys/${file}.ts`),
      "contract/aws/resourcePolicy.ts",
      "contract/runtime/agents.ts",
    ],
    namesRead,
  );

  for (const key of CONFIG_KEYS) {
    const validatedOnly = VALIDATED_ONLY.includes(key);
    it(`is read by ${validatedOnly ? "the validation" : "a component"}: ${key}`, () => {
      assert.ok((validatedOnly ? validation : components).has(key), `nothing reads settings.${key}`);
    });
  }

  for (const [owner, key] of nestedKeys()) {
    it(`is read by what is deployed: ${owner}.${key}`, () => {
      assert.ok(names.has(key), `nothing reads ${key} of ${owner}`);
    });
  }

  it("is not called unread if a component reads it", () => {
    assert.deepEqual(
      VALIDATED_ONLY.filter((key) => components.has(key)),
      [],
    );
  });
});
