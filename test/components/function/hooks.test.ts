import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { doorPolicy } from "../../../contract/config/keys/policy";
import { bundleHandler, handlerCode } from "../../../components/function/bundle";

/** A module with a fault, and what the error says besides the path. */
const FAULTS: readonly (readonly [title: string, file: string, text: string | undefined, says: RegExp])[] = [
  ["is missing", "absent.ts", undefined, /there is no file .*absent\.ts\. Set it to the path/],
  ["is a folder", "folder.ts", undefined, /there is no file/],
  ["is JSON", "hooks.json", "{}", /use a file that ends with \.ts/],
  ["has an error of syntax", "hooks.ts", "export const beforeInvoke = (;\n", /cannot be bundled:\n.*hooks\.ts:1:30: /],
  [
    "imports a package that is not installed",
    "hooks.js",
    'import "no-such-package-at-all"; export function onAnswer() {}',
    /Could not resolve "no-such-package-at-all"/,
  ],
  ["imports a native addon", "hooks.js", 'import "./addon.node"; export function onAnswer() {}', /addon\.node/],
  [
    "exports nothing",
    "hooks.ts",
    "const beforeInvoke = 1;\n",
    /exports nothing\. Export beforeInvoke or onAnswer by name/,
  ],
  ["has a default export", "hooks.ts", "export default { beforeInvoke() {} };\n", /exports default/],
  ["is CommonJS", "hooks.js", "module.exports = { beforeInvoke() {} };\n", /by name, as an ES module/],
  [
    "has a misspelt export",
    "hooks.ts",
    "export function onAnswer() {}\nexport function beforInvoke() {}\n",
    /exports "beforInvoke" \(did you mean `beforeInvoke`\?\)/,
  ],
  [
    "returns another type",
    "hooks.ts",
    'export function beforeInvoke() { return "text"; }\n',
    /types are wrong:\n.*string/,
  ],
  [
    "returns fields of another type",
    "hooks.ts",
    "export function beforeInvoke() { return { fields: 1 }; }\n",
    /types are wrong/,
  ],
  [
    "asks for another request",
    "hooks.ts",
    "export function beforeInvoke(request: { user: string }) { void request; }\n",
    /types are wrong:\n.*user/,
  ],
  [
    "has an error of types inside",
    "hooks.ts",
    "export function onAnswer() { const a: number = 'x'; void a; }\n",
    /hooks\.ts:1:36: Type 'string'/,
  ],
];

const policy = { ...doorPolicy({}), hooks: { timeoutMs: 1000 } };

describe("the module of hooks", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-hooks-"));
    mkdirSync(join(folder, "folder.ts"));
    writeFileSync(join(folder, "addon.node"), "\x7fELF");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const bundle = (file: string, text: string | undefined) => {
    const path = join(folder, file);
    if (text !== undefined) writeFileSync(path, text);
    return bundleHandler("streaming", policy, { hooks: path });
  };

  for (const [title, file, text, says] of FAULTS) {
    it(`is refused with the remedy if it ${title}`, () => {
      assert.throws(
        () => bundle(file, text),
        (error: Error) =>
          error instanceof RunError && error.message.startsWith("`hooks` is ") && says.test(error.message),
      );
    });
  }

  it("is bundled with its packages into a file of its own, and the handler is the one with hooks", async () => {
    const text = 'import { closest } from "fastest-levenshtein"; export function onAnswer() { closest("a", ["b"]); }';
    writeFileSync(join(folder, "package.json"), "{}");
    const archive = await bundle(
      "hooks.js",
      text.replace("fastest-levenshtein", require.resolve("fastest-levenshtein")),
    ).assets;
    assert.deepEqual(Object.keys(archive), ["index.mjs", "dialects.mjs", "policy.json", "hooks.mjs"]);
    const code = await (archive["hooks.mjs"] as unknown as { text: Promise<string> }).text;
    assert.match(code, /as onAnswer/);
    assert.ok(code.length > 1000);
  });

  it("is not in the archive without hooks, and nor is any code for it", async () => {
    const archive = await bundleHandler("streaming", doorPolicy({})).assets;
    assert.deepEqual(Object.keys(archive), ["index.mjs", "dialects.mjs", "policy.json"]);
    for (const entry of ["buffered", "streaming"] as const) {
      const code = await handlerCode(entry);
      assert.ok(!code.includes("hooks.mjs") && !code.includes("beforeInvoke"), entry);
      assert.match(await handlerCode(`${entry}WithHooks`), /hooks\.mjs/);
    }
  });
});
