import { dirname, join, normalize, relative, resolve } from "node:path";
import ts from "typescript";

/** Sources by path from the repository's root, with `/`. */
export type Sources = ReadonlyMap<string, string>;

/** A path that a source builds from its own location. */
export interface PathArrow {
  readonly from: string;
  /** From the repository's root. `*` replaces parts that are only known at run time. Empty for the root itself. */
  readonly to: string;
}

/** A root for resolving paths; nothing is read from it. */
const ROOT = "/repository";
const UNKNOWN = "*";
/** How a relative path begins that names a file of this repository: with a folder of the root. */
const TOP =
  /^(?:\.\/)?(?:agents|bench|client|components|contract|docs|examples|functions|local|policy|stacks|test)(?:\/|$)/;

/**
 * Finds the paths that sources build from `__dirname`, `__filename`, `import.meta` or a relative `require.resolve`, also through imported
 * constants, and the sources that they name in a text or in code within a text. A bundler or a child process follows such a path, but dependency-cruiser does not
 * see an import.
 */
export function pathArrows(sources: Sources): PathArrow[] {
  const parsed = new Map(
    [...sources].map(([path, text]) => [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)]),
  );
  const found = new Map<string, PathArrow>();
  for (const [from, source] of parsed) {
    const places = [".", dirname(from), ...workingFolders(source, from, parsed)];
    const visit = (node: ts.Node): void => {
      const named = isText(node) ? spelt(node, places, sources) : [built(node, from, parsed)];
      for (const to of named)
        if (to !== undefined && to !== dirname(from) && to !== from) found.set(`${from} ${to}`, { from, to });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found.values()];
}

type Parsed = ReadonlyMap<string, ts.SourceFile>;

function built(node: ts.Node, from: string, parsed: Parsed): string | undefined {
  // A constant counts at its definition, and in each longer path that uses it.
  const path = ts.isExpression(node) && !ts.isIdentifier(node) ? evaluate(node, from, parsed) : undefined;
  return path?.startsWith(ROOT) ? relative(ROOT, path) : undefined;
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression =>
  ts.isStringLiteralLike(node) || (ts.isTemplateExpression(node) && IMPORTED.test(node.getText()));

/** A module that a text with code imports. */
const IMPORTED = /\b(?:from|import|require)\s*\(?\s*["'`](\.[^"'`]+)["'`]/g;

/** Folders that options such as esbuild's `absWorkingDir` set: the paths in the options are relative to them. */
function workingFolders(source: ts.SourceFile, from: string, parsed: Parsed): string[] {
  const folders: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && /^(?:absWorkingDir|resolveDir|cwd)$/.test(node.name.getText())) {
      const path = evaluate(node.initializer, from, parsed);
      if (path?.startsWith(ROOT)) folders.push(relative(ROOT, path) || ".");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return folders;
}

/**
 * The sources that a text names, relative to one of the places, as in `entryPoints: ["functions/buffered.ts"]`, with or without its suffix; also
 * those that code in the text imports. An import itself does not count.
 */
function spelt(
  node: ts.StringLiteralLike | ts.TemplateExpression,
  places: readonly string[],
  sources: Sources,
): string[] {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return [];
  if (ts.isExternalModuleReference(parent)) return [];
  if (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword) return [];
  const code = node.getText();
  const texts = [
    ...(ts.isStringLiteralLike(node) ? [node.text] : []),
    ...[...code.slice(1).matchAll(IMPORTED)].map(([, path = ""]) => path),
  ];
  return texts.flatMap((text) =>
    places.flatMap((place) => sourceAt(join(place, text), text.includes("/"), sources) ?? []),
  );
}

/** The source at a path, which may lack its suffix. */
function sourceAt(path: string, suffixes: boolean, sources: Sources): string | undefined {
  const paths = suffixes ? SUFFIXES.map((suffix) => path + suffix) : [path];
  return paths.find((each) => sources.has(each));
}

const SUFFIXES = ["", ".ts", ".mts", ".cts", ".mjs", ".cjs", ".js", "/index.ts"];

function evaluate(node: ts.Expression, file: string, parsed: Parsed, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  const value = (each: ts.Expression) => evaluate(each, file, parsed, depth + 1);
  const here = join(ROOT, file);
  const text = node.getText();
  if (ts.isStringLiteralLike(node)) return node.text;
  if (["__dirname", "import.meta.dirname"].includes(text)) return dirname(here);
  if (["__filename", "import.meta.filename", "import.meta.url"].includes(text)) return here;
  if (ts.isIdentifier(node)) return constant(node.text, file, parsed, depth + 1);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return value(node.expression);
  if (ts.isPropertyAccessExpression(node))
    return ["href", "pathname"].includes(node.name.text) ? value(node.expression) : undefined;
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ expression, literal }) => (value(expression) ?? UNKNOWN) + literal.text);
    return tidy(node.head.text + rest.join(""));
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return tidy((value(node.left) ?? UNKNOWN) + (value(node.right) ?? UNKNOWN));
  if (ts.isNewExpression(node) && node.expression.getText() === "URL") {
    const [first, base] = (node.arguments ?? []).map((each) => value(each) ?? UNKNOWN);
    return first !== undefined && base?.startsWith(ROOT) ? resolve(dirname(base), first) : undefined;
  }
  return ts.isCallExpression(node) ? call(node, file, value) : undefined;
}

function call(
  { expression, arguments: given }: ts.CallExpression,
  file: string,
  value: (each: ts.Expression) => string | undefined,
): string | undefined {
  const name = expression.getText();
  // dependency-cruiser sees an import of a literal.
  if (name === "import" && given[0] && ts.isStringLiteralLike(given[0])) return undefined;
  const parts = given.map((each) => value(each) ?? UNKNOWN);
  const [first = UNKNOWN] = parts;
  if (name === "process.cwd") return ROOT;
  // A relative path begins in the working folder, which is the root.
  if (/^(?:path\.)?(?:join|resolve)$/.test(name))
    return first.startsWith(ROOT) || TOP.test(first) ? resolve(ROOT, ...parts) : undefined;
  if (/^(?:path\.)?dirname$/.test(name)) return first.startsWith(ROOT) ? dirname(first) : undefined;
  if (/^(?:url\.)?(?:fileURLToPath|pathToFileURL)$/.test(name)) return first.startsWith(ROOT) ? first : undefined;
  // Also of a loader from `createRequire`.
  if (/^(?:require|load|import)$|\.resolve$/.test(name) && name !== "Promise.resolve")
    return first.startsWith(".") ? resolve(join(ROOT, dirname(file)), first) : undefined;
  return undefined;
}

/** The value of a constant in a file, its own or an imported one. */
function constant(name: string, file: string, parsed: Parsed, depth: number): string | undefined {
  const source = parsed.get(file);
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined) return;
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer)
      found = evaluate(node.initializer, file, parsed, depth);
    if (ts.isImportSpecifier(node) && node.name.text === name) {
      const module = node.parent.parent.parent.moduleSpecifier;
      const from =
        ts.isStringLiteral(module) && module.text.startsWith(".") ? sourceOf(file, module.text, parsed) : undefined;
      if (from !== undefined) found = constant((node.propertyName ?? node.name).text, from, parsed, depth);
    }
    ts.forEachChild(node, visit);
  };
  if (source && depth <= 20) visit(source);
  return found;
}

function sourceOf(file: string, specifier: string, parsed: Parsed): string | undefined {
  const path = join(dirname(file), specifier).replace(/\.([cm]?)js$/, "");
  return [path, `${path}.ts`, `${path}.mts`, `${path}/index.ts`].find((each) => parsed.has(each));
}

/** Normalizes a path with `..`; returns any other text unchanged. */
function tidy(text: string): string {
  return text.startsWith(ROOT) ? normalize(text) : text;
}
