import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../local/frontDoor";

/** One property of an args interface, with its doc comment. */
export interface ArgDoc {
  readonly name: string;
  readonly optional: boolean;
  /** The text of `@default`: a JSON literal, words after ` - `, or both. */
  readonly fallback: string | undefined;
}

/** A component's class, with its doc comment. */
export interface ClassDoc {
  /** First argument of `super`. */
  readonly token: string | undefined;
  readonly args: readonly ArgDoc[];
}

const files = ["components", "contract"].flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(ROOT, room, file)),
);

/** Every component's class with its args, including those of extended interfaces. */
export function classDocs(): ReadonlyMap<string, ClassDoc> {
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  const classes: ts.ClassDeclaration[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    for (const node of source.statements) {
      if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
      if (ts.isClassDeclaration(node) && isComponent(node)) classes.push(node);
    }
  }
  const argsOf = (name: string): ArgDoc[] => {
    const node = interfaces.get(name);
    if (!node) return [];
    const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap(({ expression }) => argsOf(expression.getText())),
    );
    return [...bases, ...node.members.map(argDoc)];
  };
  return new Map(
    classes.map((node) => {
      const constructor = node.members.find(ts.isConstructorDeclaration);
      const args = constructor?.parameters.find(({ name }) => name.getText() === "args")?.type?.getText() ?? "";
      return [node.name?.text ?? "", { token: tokenOf(constructor), args: argsOf(args) }];
    }),
  );
}

/** The value of a `@default`, or undefined if it has only words. */
export function literalOf(fallback: string): unknown {
  const [literal = ""] = fallback.split(/(?:^|\s)- /);
  return literal.trim() === "" ? undefined : JSON.parse(literal);
}

function isComponent(node: ts.ClassDeclaration): boolean {
  return (node.heritageClauses ?? []).some(({ types }) =>
    types.some(({ expression }) => expression.getText() === "pulumi.ComponentResource"),
  );
}

function argDoc(member: ts.TypeElement): ArgDoc {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
  return {
    name: member.name?.getText() ?? "",
    optional: member.questionToken !== undefined,
    fallback: ts.getTextOfJSDocComment(tag?.comment),
  };
}

function tokenOf(constructor: ts.ConstructorDeclaration | undefined): string | undefined {
  for (const statement of constructor?.body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) continue;
    const {
      expression,
      arguments: [first],
    } = statement.expression;
    if (expression.kind === ts.SyntaxKind.SuperKeyword && first && ts.isStringLiteral(first)) return first.text;
  }
  return undefined;
}
