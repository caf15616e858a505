import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { stacksIn } from "../../local/program/project";
import { ROOT } from "../support/local/frontDoor";

/** Generated folders. */
const MADE = new Set(["node_modules", ".git", "coverage", ".cache", ".front-door", "bin"]);
const TEXT = /\.(?:md|ts|mts|cts|mjs|cjs|js|json|ya?ml)$|^\.ci\/run$|^\.npmrc$|^\.gitattributes$/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (MADE.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [relative(ROOT, path)];
  });
}

/** Files that name paths which do not exist; the last two create some of them. */
const LEFT_OUT = [
  "package-lock.json",
  relative(ROOT, __filename),
  "test/docs/arrows.test.ts",
  "test/examples/examples.test.ts",
];
const files = filesIn(ROOT).filter((file) => TEXT.test(file) && !LEFT_OUT.includes(file));
const pages = files.filter((file) => file.endsWith(".md"));
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const rooms = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !MADE.has(entry.name))
  .map(({ name }) => name);

const withoutCode = (page: string): string =>
  page.replace(/^```[^]*?^```$/gm, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]]/g, ""));

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): Set<string> {
  const text = page.replace(/^```[^]*?^```$/gm, "");
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-"),
    ),
  );
}

/** Broken links of a page: to a missing file or folder, or to a missing heading. */
function brokenLinks(page: string, text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(ROOT, file))) return true;
    if (anchor === undefined) return false;
    return !anchorsOf(path === "" ? text : read(file)).has(anchor);
  });
}

/** Folders of rooms that their packages make. */
const MADE_IN_ROOMS = ["policy/build", "policy/types", "client/dist"];

/** What a file's paths are relative to. Texts of the policy pack name its own pages. */
function basesOf(file: string): string[] {
  const pack = /^(?:test\/)?policy\//.test(file) ? [join(ROOT, "policy")] : [];
  return [ROOT, join(ROOT, dirname(file)), ...pack];
}

/**
 * Paths in a text that begin with a room of this repository, relative to the root or to the text's folder, and do not exist. If a path has
 * a placeholder, such as `stacks/Pulumi.<name>.yaml`, the folder before it is checked.
 */
function lostPaths(file: string, text: string): string[] {
  const room = rooms.map((name) => name.replace(".", "\\.")).join("|");
  const named = new RegExp(`(?<![\\w./@:{}$-])((?:${room})/[\\w./-]*)([*<{$]?)`, "g");
  return [...text.matchAll(named)]
    .map(([, path = "", placeholder]) => (placeholder ? path.replace(/[^/]*$/, "") : path).replace(/[./-]+$/, ""))
    .filter((path) => !MADE_IN_ROOMS.includes(path))
    .filter((path) => !basesOf(file).some((folder) => existsSync(join(folder, path))));
}

describe("the pages", () => {
  for (const page of pages) {
    it(`link what exists: ${page}`, () => {
      assert.deepEqual(brokenLinks(page, read(page)), []);
    });
  }

  it("would not link a file or a heading that does not exist", () => {
    const text =
      "[a](docs/none.md) [b](docs/auth.md#keys) [c](docs/auth.md#none) [d](#none) [e](https://example.com/none)";
    assert.deepEqual(brokenLinks("README.md", text), ["docs/none.md", "docs/auth.md#none", "#none"]);
  });
});

describe("the paths that texts, comments and scripts name", () => {
  it("exist", () => {
    assert.ok(files.length > 700, String(files.length));
    const lost = files.flatMap((file) => lostPaths(file, read(file)).map((path) => `${file}: ${path}`));
    assert.deepEqual(lost, []);
  });

  it("would not be those of before a move", () => {
    const before = ["contract/errors.ts", "local/graph", "test/stacks", "contract/mistakes", "local/start.ts"];
    for (const path of before) assert.deepEqual(lostPaths("README.md", `See \`${path}\`.`), [path]);
  });
});

describe("commands in the pages", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const stacks = [...stacksIn(ROOT), ...stacksIn(join(ROOT, "stacks"))];

  it("name npm scripts that exist", () => {
    for (const page of pages) {
      for (const [, name = ""] of read(page).matchAll(/npm run (?:--silent )?(\w[\w:]*)/g))
        assert.ok(name in scripts, `${page}: ${name}`);
    }
  });

  it("name stacks that exist", () => {
    for (const page of pages) {
      for (const [, name = ""] of read(page).matchAll(/npm start -- --stack ([a-z][\w-]*)/g))
        assert.ok(stacks.includes(name), `${page}: ${name}`);
    }
  });
});
