import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PORTABLE } from "../components/portable";
import { classDocs, literalOf } from "../support/package/argDocs";
import { ROOT } from "../support/local/frontDoor";

const FOLDER = "docs/components";
const pages = readdirSync(join(ROOT, FOLDER)).filter((file) => file.endsWith(".md"));
const read = (file: string): string => readFileSync(join(ROOT, FOLDER, file), "utf8");
const pageOf = (component: string): string => `${component.charAt(0).toLowerCase()}${component.slice(1)}.md`;

/** The cells of the table below a heading, by row. */
function table(page: string, heading: string): string[][] {
  const [, section = ""] = page.split(new RegExp(`^## ${heading}$`, "m"));
  const [text = ""] = section.split(/^## /m);
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const ticked = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

describe("docs/components", () => {
  const classes = classDocs();

  it("has a page for each component, which the index links, and no other", () => {
    assert.deepEqual(pages.sort(), ["README.md", ...Object.keys(PORTABLE).map(pageOf)].sort());
    for (const component of Object.keys(PORTABLE)) {
      assert.ok(read("README.md").includes(`[\`${component}\`](${pageOf(component)})`), component);
    }
  });

  for (const [component, { outputs }] of Object.entries(PORTABLE)) {
    describe(pageOf(component), () => {
      // The first test reports a missing page.
      const page = existsSync(join(ROOT, FOLDER, pageOf(component))) ? read(pageOf(component)) : "";

      it("says what it is for, what it makes, takes and gives", () => {
        assert.ok(page.startsWith(`# ${component}\n`));
        for (const heading of ["Resources", "Args", "Outputs", "Example"])
          assert.ok(page.includes(`\n## ${heading}\n`), heading);
        assert.deepEqual(
          table(page, "Outputs")
            .flatMap(([names = ""]) => ticked(names))
            .sort(),
          [...outputs].sort(),
        );
      });

      // Its args are the config keys; another test checks their table.
      if (component === "FrontDoor") return;

      it("has every arg with its default", () => {
        const args = classes.get(component)?.args ?? [];
        const rows = new Map(table(page, "Args").map(([name = "", fallback = ""]) => [ticked(name)[0], fallback]));
        assert.deepEqual([...rows.keys()].sort(), args.map(({ name }) => name).sort());
        for (const { name, fallback } of args) {
          const shown = rows.get(name) ?? "";
          const literal = fallback === undefined ? undefined : literalOf(fallback);
          if (fallback === undefined) assert.equal(shown, "required", name);
          else if (literal === undefined) assert.ok(shown !== "" && shown !== "required", name);
          else assert.equal(ticked(shown)[0], JSON.stringify(literal), name);
        }
      });
    });
  }

  it("shows each example as it is in examples/, and no other TypeScript", () => {
    const shown = new Set<string>();
    for (const page of pages) {
      const blocks = [...read(page).matchAll(/(?:\[(examples\/\w+\.ts)\]\(\S+\):\n\n)?```ts\n([^]*?)```/g)];
      assert.notEqual(blocks.length, 0, page);
      for (const [, example = "", code] of blocks) {
        assert.notEqual(example, "", `${page} shows a program that is not of examples/`);
        assert.equal(code, readFileSync(join(ROOT, example), "utf8"), page);
        if (page !== "README.md") assert.equal(example, `examples/${page.replace(/md$/, "ts")}`);
        shown.add(example);
      }
    }
    assert.deepEqual(
      [...shown].sort(),
      Object.keys(PORTABLE)
        .map((component) => `examples/${pageOf(component).replace(/md$/, "ts")}`)
        .sort(),
    );
  });
});
