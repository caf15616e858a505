import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import type * as request from "../../contract/wire/request";
import type * as reader from "../../contract/wire/dialects/reader";
import type * as sse from "../../contract/wire/sse";
import { ROOT } from "../support/local/frontDoor";

const WIRE = join(ROOT, "contract", "wire");
const FILES = readdirSync(WIRE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** Bundles contract/wire/ for a page: a script that returns one module for each file. */
async function bundle(): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: FILES.map((file, index) => `export * as m${String(index)} from "./${file}";`).join("\n"),
      resolveDir: WIRE,
    },
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "wire",
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  for (const file of FILES) assert.ok(inputs.includes(`contract/wire/${file}`), file);
  for (const { imports } of Object.values(metafile.inputs)) {
    for (const { path } of imports) assert.ok(!builtinModules.includes(path.replace(/^node:/, "")), path);
  }
  return outputFiles[0]?.text ?? "";
}

describe("contract/wire/ in a browser", () => {
  it("is bundled without anything of Node", async () => {
    const code = await bundle();
    for (const name of ["Buffer", "process", "global", "__dirname", "setImmediate"])
      assert.doesNotMatch(code, new RegExp(`(?<![\\w$."'\`-])${name}\\s*[.([]`), name);
  });

  it("reads requests and writes events with what a page has", async () => {
    const page = { TextDecoder, TextEncoder, URL };
    const modules = runInNewContext(`${await bundle()}\nwire`, page) as Record<string, unknown>;
    const of = (file: string): unknown => modules[`m${String(FILES.indexOf(file))}`];
    const { parseInvokeRequest } = of("request.ts") as typeof request;
    const { DialectReader } = of("dialects/reader.ts") as typeof reader;
    const { encodeEvent, eventData } = of("sse.ts") as typeof sse;
    const body = new TextEncoder().encode('{"prompt":"häh? 😀"}');
    const parsed = parseInvokeRequest(body);
    assert.equal("payload" in parsed && parsed.payload["prompt"], "häh? 😀");
    assert.equal(encodeEvent("error", { a: 1 }), 'event: error\ndata: {"a":1}\n\n');
    // An object of another context has another prototype.
    const said = new DialectReader().read({ type: "", data: '{"type":"text-delta","id":"1","delta":"t"}' });
    assert.equal(JSON.stringify(said), '[{"kind":"text","text":"t","level":0}]');
    const chunks = async function* () {
      yield await Promise.resolve(new TextEncoder().encode("one\r\ntwo"));
    };
    let event = "";
    for await (const text of eventData(chunks())) event += text;
    assert.equal(event, "data: one\ndata: two");
  });

  it("is held by eslint: no global of Node gets in", async () => {
    const file = "contract/wire/sse.ts";
    const config = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(join(ROOT, file))) as Linter.Config;
    const names = ["no-restricted-globals", "@typescript-eslint/no-restricted-types"];
    // Without the rules that need types, because loading types takes seconds.
    const rules = Object.fromEntries(Object.entries(config.rules ?? {}).filter(([name]) => names.includes(name)));
    const linter = new Linter({ cwd: ROOT });
    const messages = (code: string): string[] =>
      linter
        .verify(
          code,
          { plugins: config.plugins ?? {}, rules, languageOptions: { parser: tseslint.parser }, files: ["**/*.ts"] },
          file,
        )
        .map(({ ruleId, message }) => `${ruleId ?? ""}: ${message}`);
    for (const each of FILES) assert.deepEqual(messages(readFileSync(join(WIRE, each), "utf8")), [], each);
    for (const [line, says] of [
      ["export const a = Buffer.concat([]);", /^no-restricted-globals: .*'Buffer'.*runs in a browser/],
      ["export const a = (b: Buffer): number => b.byteLength;", /^@typescript-eslint\/no-restricted-types: .*Buffer/],
      ['export const a = process.env["A"];', /^no-restricted-globals: .*'process'/],
      ["export const a = __dirname;", /^no-restricted-globals: .*'__dirname'/],
      ["export const a = globalThis.Buffer.alloc(1);", /^no-restricted-globals: .*'Buffer'/],
      ['export const a = globalThis.process.env["A"];', /^no-restricted-globals: .*'process'/],
    ] as const) {
      assert.match(messages(line).join("\n"), says, line);
    }
  });
});
