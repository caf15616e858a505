import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { FakeDoor } from "../support/client/fakeDoor";
import { ROOT } from "../support/local/frontDoor";

const run = promisify(execFile);
const PACKAGE = "agentcore-front-door-client";

/** Bytes that a page with a key or a token loads at its start, compressed. */
const MAX_GZIPPED = 8192;

/** What `npm pack` puts into the package, without the hashes of chunks. */
const FILES = [
  "README.md",
  "dist/LICENSE",
  "dist/apiKey.d.ts",
  "dist/apiKey.js",
  "dist/bearer.d.ts",
  "dist/bearer.js",
  "dist/bodyHash.d.ts",
  "dist/bodyHash.js",
  "dist/chunk.js",
  "dist/chunk.js",
  "dist/chunk.js",
  "dist/dialects.js",
  "dist/index.d.ts",
  "dist/index.js",
  "dist/package.json",
  "dist/sigv4.d.ts",
  "dist/sigv4.js",
  "dist/types/client/answer.d.ts",
  "dist/types/client/apiKey.d.ts",
  "dist/types/client/bearer.d.ts",
  "dist/types/client/bodyHash.d.ts",
  "dist/types/client/connect.d.ts",
  "dist/types/client/conversation.d.ts",
  "dist/types/client/errors/codes.d.ts",
  "dist/types/client/errors/error.d.ts",
  "dist/types/client/index.d.ts",
  "dist/types/client/read/events.d.ts",
  "dist/types/client/send.d.ts",
  "dist/types/client/signer.d.ts",
  "dist/types/client/sigv4.d.ts",
  "dist/types/contract/wire/dialects/said.d.ts",
  "dist/types/contract/wire/errors.d.ts",
  "package.json",
];

describe("the package of the client", () => {
  let folder: string;
  let app: string;
  let packed: string[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "front-door-client-"));
    const source = join(folder, "source");
    mkdirSync(source);
    for (const file of ["package.json", "README.md"]) cpSync(join(ROOT, "client", file), join(source, file));
    await run(process.execPath, [join(ROOT, "client", "build.mjs"), join(source, "dist")]);
    const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      cwd: source,
    });
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    packed = files.map(({ path }) => path);
    app = join(folder, "app");
    const modules = join(app, "node_modules");
    mkdirSync(join(modules, PACKAGE), { recursive: true });
    await run("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", join(modules, PACKAGE)]);
    symlinkSync(join(ROOT, "node_modules", "eventsource-parser"), join(modules, "eventsource-parser"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is built by `prepare`, and depends on one package", () => {
    const { scripts, dependencies } = JSON.parse(readFileSync(join(ROOT, "client", "package.json"), "utf8")) as {
      scripts: object;
      dependencies: object;
    };
    assert.deepEqual(scripts, { prepare: "node build.mjs" });
    assert.deepEqual(Object.keys(dependencies), ["eventsource-parser"]);
  });

  it("has these files", () => {
    assert.deepEqual(packed.map((path) => path.replace(/-[A-Z0-9]{8}\.js$/, ".js")).sort(), [...FILES].sort());
  });

  it("asks, in an empty folder with Node.js", async () => {
    const door = await FakeDoor.start();
    try {
      door.streams('data: {"type":"RUN_STARTED"}\n\ndata: {"type":"TEXT_MESSAGE_CONTENT","delta":"Hello"}\n\n');
      writeFileSync(
        join(app, "ask.mjs"),
        `import { connect, FrontDoorError } from "${PACKAGE}";
import { apiKey } from "${PACKAGE}/apiKey";
const door = connect({ url: process.argv[2], auth: apiKey("k") });
console.log(await door.ask({ prompt: "hi", fields: { topic: "t" } }).text());
try {
  door.ask("");
} catch (error) {
  if (error instanceof FrontDoorError) console.log(error.code);
}`,
      );
      const { stdout } = await run(process.execPath, ["ask.mjs", door.url], { cwd: app });
      assert.equal(stdout, "Hello\nINVALID_QUESTION\n");
      const [request] = door.received;
      assert.deepEqual([request?.headers["x-api-key"], request?.body], ["k", '{"topic":"t","prompt":"hi"}']);
    } finally {
      door.stop();
    }
  });

  it("has types for strict programs", () => {
    const file = join(app, "page.mts");
    writeFileSync(
      file,
      `import { connect, FrontDoorError, type Answer } from "${PACKAGE}";
import { bearer } from "${PACKAGE}/bearer";
import { bodyHash } from "${PACKAGE}/bodyHash";
const door = connect({ url: "https://a.example", auth: [bearer(async () => "t"), bodyHash()] });
const answer: Answer = door.session().ask("hi", { agent: "a", as: "text" });
for await (const text of answer) text.toUpperCase();
const stopped: boolean = await door.stop();
try { await answer.text(); } catch (error) { if (error instanceof FrontDoorError && error.code === "RATE_LIMITED") error.retryAfter?.toFixed(); }
// @ts-expect-error: a prompt is a text
door.ask(stopped);
`,
    );
    const program = ts.createProgram([file], {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      types: [],
    });
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    assert.deepEqual(found, []);
  });

  for (const signer of ["apiKey", "bearer"] as const) {
    it(`is under ${String(MAX_GZIPPED)} bytes for a page with ${signer}, and has nothing of Node.js`, async () => {
      const { outputFiles, metafile } = await build({
        stdin: {
          contents: `import { connect } from "${PACKAGE}"; import { ${signer} } from "${PACKAGE}/${signer}"; globalThis.front = { connect, ${signer} };`,
          resolveDir: app,
        },
        bundle: true,
        splitting: true,
        minify: true,
        metafile: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        outdir: app,
        write: false,
      });
      assert.ok(outputFiles.every(({ text }) => !/\bBuffer\b|\bprocess\.|require\(|SignatureV4/.test(text)));
      const late = Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path.split("/").at(-1) ?? ""),
      );
      const size = (isLate: boolean) =>
        outputFiles
          .filter(({ path }) => late.some((name) => path.endsWith(name)) === isLate)
          .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
      console.log(
        `      client with ${signer}: ${size(false)} bytes gzipped; with an agent's events ${size(true)} more`,
      );
      assert.ok(size(false) < MAX_GZIPPED, String(size(false)));
      assert.ok(size(true) > 0 && size(true) < MAX_GZIPPED, String(size(true)));
    });
  }
});
