import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Script } from "node:vm";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { CONFIG_KEYS } from "../../../contract/config/read";
import { readOptions } from "../../../local/cli/options";
import { readCostOptions } from "../../../local/cost/usage";
import { typeErrors } from "../../examples/typeErrors";
import { BLOCKS, blocksOf, type Block } from "./blocks";
import { parsePage } from "./dom";

/** The error of a block; undefined if it parses. */
type Parse = (block: Block) => string | undefined | Promise<string | undefined>;

/** What a program says about a text on its standard input; undefined if it accepts it. */
function rejectedBy(command: string, args: readonly string[], input: string): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { input, encoding: "utf8" });
  if (error) throw error;
  return status === 0 ? undefined : stderr;
}

const errorOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return String(error);
  }
};

const python = spawnSync("python3", ["--version"]).error === undefined;

/** Mermaid's parser. It takes a document when it is loaded, for DOMPurify, which cleans labels. */
async function loadMermaid(): Promise<{ parse: (text: string) => Promise<unknown> }> {
  const { window, document } = parsePage("<html><body></body></html>");
  Object.assign(globalThis, { window, document });
  const { default: mermaid } = await import("mermaid");
  await mermaid.parse("flowchart TD\n  A[one] --> B[two]");
  for (const name of ["window", "document"]) Reflect.deleteProperty(globalThis, name);
  return mermaid;
}
let mermaid: ReturnType<typeof loadMermaid> | undefined;

async function mermaidError(text: string): Promise<string | undefined> {
  mermaid ??= loadMermaid();
  const parser = await mermaid;
  return await parser.parse(text).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

const typescriptError: Parse = ({ text }) => {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  return diagnostics.length === 0
    ? undefined
    : diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("\n");
};

const PARSERS: Readonly<Record<string, Parse>> = {
  // A placeholder such as <name> is not a redirection.
  sh: ({ text }) => rejectedBy("bash", ["-n"], text.replace(/<[a-z][\w ]*>/gi, "PLACEHOLDER")),
  json: ({ text }) => errorOf(() => JSON.parse(text) as unknown),
  yaml: ({ text }) => parseAllDocuments(text).flatMap(({ errors }) => errors.map(String))[0],
  js: ({ text }) => errorOf(() => new Script(`(async () => {\n${text}\n})`)),
  html: ({ text }) =>
    errorOf(() => {
      for (const script of parsePage(text).document.querySelectorAll("script:not([type=importmap])"))
        new Script(`(async () => {\n${script.textContent}\n})`);
    }),
  ts: typescriptError,
  python: ({ text }) =>
    python ? rejectedBy("python3", ["-c", "import sys; compile(sys.stdin.read(), 'block', 'exec')"], text) : undefined,
  mermaid: ({ text }) => mermaidError(text),
};

/** Languages that nothing parses: what a program prints, drawings of folders, HTTP. */
const PLAIN = ["", "text", "http"];

/** Commands that tests of their own run: test/e2e/start, test/local/cost, test/examples, test/package. */
const SETUP =
  /^(?:npm ci(?: --prefix \S+| && npm (?:start|test))?|npm (?:start|run cost)(?: -- .*)?|git clone .*|pulumi package add .*|\(cd front-door && npm ci && npm pack\)|npm install \.\/front-door\/\S+\.tgz)$/;

/** Where the compiler sees the blocks, which are not on disk: imports are found from there. */
const FOLDER = "test/docs/blocks/";

/** Pages of rooms that have their own commands. */
const OTHERS = /^(?:policy|test)\//;

describe("the blocks of the pages", () => {
  it("are there, with their lines", () => {
    assert.ok(BLOCKS.length > 90, String(BLOCKS.length));
    const [block] = blocksOf("a.md", "one\n\n```sh run\nls\n```\n");
    assert.deepEqual(block, { page: "a.md", place: "a.md:3", language: "sh", mark: "run", text: "ls\n" });
  });

  it("have a known language", () => {
    const unknown = BLOCKS.filter(({ language }) => !(language in PARSERS) && !PLAIN.includes(language));
    assert.deepEqual(
      unknown.map(({ place, language }) => `${place} ${language}`),
      [],
    );
  });

  it("say of each command whether a test runs it, it needs AWS, or it sets the project up", () => {
    const unmarked = BLOCKS.filter(
      ({ page, language, mark }) => language === "sh" && !OTHERS.test(page) && !["run", "aws", "setup"].includes(mark),
    );
    assert.deepEqual(
      unmarked.map(({ place }) => place),
      [],
    );
  });

  it("set the project up with commands that other tests run, and with options that exist", () => {
    const setup = BLOCKS.filter(({ mark }) => mark === "setup").flatMap(({ text }) => text.trim().split("\n"));
    assert.deepEqual(
      setup.filter((line) => !SETUP.test(line)),
      [],
    );
    for (const line of setup) {
      const [, script = "", options = ""] = /^npm (start|run cost)(?: -- (.*))?$/.exec(line) ?? [];
      const read = { start: readOptions, "run cost": readCostOptions }[script];
      assert.notEqual(read?.(options.split(" ").filter((each) => each !== "")), "help", line);
    }
    assert.throws(() => readCostOptions(["--none"]));
  });

  it("name config keys that exist", () => {
    const keys = BLOCKS.flatMap(({ place, text }) =>
      [
        ...text.matchAll(/^ *agentcore-front-door:(\w+):/gm),
        ...text.matchAll(/^ *pulumi config set (?:--path ')?(?!aws:|--)(\w+)/gm),
      ].map(([, key = ""]) => [place, key] as const),
    );
    assert.ok(keys.length > 40, String(keys.length));
    assert.deepEqual(
      keys.filter(([, key]) => !CONFIG_KEYS.some((each) => each === key)),
      [],
    );
  });

  for (const [language, parse] of Object.entries(PARSERS))
    it(`parse: ${language}`, async function () {
      if (language === "python" && !python) this.skip();
      const blocks = BLOCKS.filter((block) => block.language === language);
      assert.ok(blocks.length > 0);
      const wrong = [];
      for (const block of blocks) {
        const error = await parse(block);
        if (error !== undefined) wrong.push(`${block.place}: ${error}`);
      }
      assert.deepEqual(wrong, []);
      assert.notEqual(
        await parse({ page: "", place: "", language, mark: "", text: BROKEN[language] ?? "" }),
        undefined,
      );
    });

  it("compile: the TypeScript that clients copy", function () {
    // It reads the types of the AWS SDK.
    this.timeout(240_000);
    const copied = BLOCKS.filter(({ language, page }) => language === "ts" && /^docs\/(?:doors\/|choosing)/.test(page));
    assert.ok(copied.length >= 3);
    const texts = Object.fromEntries(
      copied.map(({ place, text }) => [`${FOLDER}${place.replace(/\W/g, "_")}.mts`, text]),
    );
    const wrong = {
      [`${FOLDER}wrong.mts`]:
        'const response: number = await fetch("https://agent.example.com");\nconsole.log(response);\n',
    };
    const [first = "", ...others] = typeErrors([], { ...wrong, ...texts });
    assert.match(first, /wrong\.mts: Type 'Response' is not assignable/);
    assert.deepEqual(others, []);
  });
});

/** A text of each language that its parser must reject. */
const BROKEN: Readonly<Record<string, string>> = {
  sh: "if true; then",
  json: "{",
  yaml: "a: [",
  js: "const",
  html: "<script>const</script>",
  ts: "const x: = 1;",
  python: "def f(:",
  mermaid: "sequenceDiagram\n  C->>: x",
};
