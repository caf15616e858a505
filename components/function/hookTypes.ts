import { dirname, join } from "node:path";
import type * as Ts from "typescript";

const contract = join(__dirname, "..", "..", "contract", "runtime", "hooks");

/**
 * Checks a module against the types of hooks.
 *
 * @returns one text for each error, with its place in the file
 */
export function hookTypeErrors(file: string): string[] {
  // Only stacks with hooks need the compiler: loading it takes longer than all other code of the program.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const ts = require("typescript") as typeof Ts;
  const options: Ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const probe = join(dirname(file), "hooks.check.ts");
  const source = `import * as hooks from ${JSON.stringify(file)};\nimport type { Hooks } from ${JSON.stringify(contract)};\nhooks satisfies Hooks;\n`;
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === probe || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === probe ? ts.createSourceFile(name, source, target) : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([probe], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file: at, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/g, " ");
    if (!at || at.fileName === probe || start === undefined) return text;
    const { line, character } = at.getLineAndCharacterOfPosition(start);
    return `${at.fileName}:${line + 1}:${character + 1}: ${text}`;
  });
}
