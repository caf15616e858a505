import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/local/frontDoor";

const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;
/** Packages whose owner the lock file fixes. Each of them is installed, so that `npx` runs the installed one. */
const INSTALLED = Object.keys({ ...dependencies, ...devDependencies });

/** What runs, or installs, a package by its name. An unowned name runs the code of whoever registers it first. */
const RUNS =
  /\b(?:npx|npm exec|npm (?:install|i|create|init)|pnpm dlx|yarn dlx|bunx|pip3? install|uvx|pipx run)[ \t]+(.*)/g;

const pages = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.md$/.test(file) && !/(?:^|\/)(?:node_modules|\.cache|\.git)\//.test(file),
);

/** Names of the packages of a command, without versions; folders, files and variables are none. */
function packagesOf(line: string): string[] {
  return line
    .replace(/[`&|;)#].*$/, "")
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "" && !word.startsWith("-") && !/^[.$<~"']|^[^@].*\/|\.(?:tgz|txt)$/.test(word))
    .map((word) => word.replace(/(?<=.)@.*$/, ""));
}

/** Packages of others that a page tells to install, each with its owner. */
const OTHERS: Readonly<Record<string, string>> = {};

describe("commands in the pages", () => {
  for (const page of pages)
    it(`run no package whose name nobody owns: ${page}`, () => {
      const text = readFileSync(join(ROOT, page), "utf8");
      for (const [command, line = ""] of text.matchAll(RUNS)) {
        const [first] = packagesOf(line);
        const names = /^(?:npx|npm exec|pnpm|yarn|bunx|uvx|pipx)/.test(command) ? [first ?? ""] : packagesOf(line);
        for (const name of names)
          assert.ok(name === "" || INSTALLED.includes(name) || name in OTHERS, `${command}: ${name} is no dependency`);
      }
    });

  it("are found", () => {
    assert.deepEqual(packagesOf("some-tool@1 --flag ./folder"), ["some-tool"]);
    assert.deepEqual([..."npx `x`\nnpx agentcore-thing run".matchAll(RUNS)].length, 2);
  });
});
