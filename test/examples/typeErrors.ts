import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/local/frontDoor";

/**
 * Type-checks files of this project with its tsconfig.json.
 *
 * @param files relative to the project's root
 * @param texts contents that replace those of files, by path; for programs that are not on disk
 * @returns one line for each error, which begins with the file
 */
export function typeErrors(files: readonly string[], texts: Readonly<Record<string, string>> = {}): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.parseJsonConfigFileContent(
    { compilerOptions: config.compilerOptions, files: [] },
    ts.sys,
    ROOT,
  );
  const given = new Map(Object.entries(texts).map(([file, text]) => [join(ROOT, file), text]));
  const host = ts.createCompilerHost(options);
  const fromDisk = { fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  const program = ts.createProgram(
    [...files, ...Object.keys(texts)].map((file) => join(ROOT, file)),
    options,
    {
      ...host,
      fileExists: (file) => given.has(file) || fromDisk.fileExists(file),
      readFile: (file) => given.get(file) ?? fromDisk.readFile(file),
      getSourceFile: (file, language) => {
        const text = given.get(file) ?? fromDisk.readFile(file);
        return text === undefined ? undefined : ts.createSourceFile(file, text, language, true);
      },
    },
  );
  return [...files, ...Object.keys(texts)].flatMap((file) => {
    const source = program.getSourceFile(join(ROOT, file));
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}
