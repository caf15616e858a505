import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import * as barrel from "../../components";
import { ROOT } from "./frontDoor";

/** A program that a page shows. */
export interface Example {
  /** Page and place in it. */
  readonly name: string;
  readonly code: string;
}

const PACKAGE = "agentcore-front-door";

/** The ```ts blocks of a page. */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = ""], index) => ({
    name: `${page} ${index + 1}`,
    code,
  }));
}

/**
 * Type-checks examples as files of this project that import the components by the package's name.
 *
 * @returns one line for each error
 */
export function typeErrors(examples: readonly Example[]): string[] {
  const files = new Map(examples.map(({ code }, index) => [join(ROOT, "docs", `example${index + 1}.ts`), code]));
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.parseJsonConfigFileContent(
    { compilerOptions: { ...config.compilerOptions, paths: { [PACKAGE]: ["./components/index.ts"] } }, files: [] },
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const fromDisk = { fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || fromDisk.fileExists(file),
    readFile: (file) => files.get(file) ?? fromDisk.readFile(file),
    getSourceFile: (file, language) => {
      const text = files.get(file) ?? fromDisk.readFile(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, language, true);
    },
  });
  return [...files.keys()].flatMap((file, index) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${examples[index]?.name ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

/** Runs an example with this repository's packages; gives what it exports. */
export function runExample({ code }: Example): Record<string, unknown> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const load = createRequire(__filename);
  const exported: Record<string, unknown> = {};
  const find = (name: string): unknown => (name === PACKAGE ? barrel : load(name));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a page of this repository
  new Function("require", "exports", outputText)(find, exported);
  return exported;
}
