import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as barrel from "../../components/index";
import { ROOT } from "../support/local/frontDoor";
import { inProject, packedFiles, PREVIEWED } from "../support/package/emptyProject";

const FILES = join(__dirname, "files.txt");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

describe("the npm package", () => {
  it("has the files that test/package/files.txt lists, and no other", () => {
    assert.equal(`${packedFiles().join("\n")}\n`, readFileSync(FILES, "utf8"), "UPDATE_FILES=1 writes the list");
  }).timeout(60_000);

  it("has one version, which CHANGELOG.md has too", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    for (const file of ["components/package.json", "components/package/schema.json"])
      assert.equal((JSON.parse(read(file)) as { version: string }).version, version, file);
    const [, first = ""] = /^## (.*)$/m.exec(read("CHANGELOG.md")) ?? [];
    assert.match(first, new RegExp(`^(?:Unreleased|${version.replaceAll(".", "\\.")}(?: |$))`));
  });

  it("exports every component by name, so that ES modules find them", () => {
    const entry = read("components/package/index.cjs");
    const names = [...entry.matchAll(/^ {2}exports\.(\w+) = components\.\1;$/gm)].map(([, name]) => name);
    assert.deepEqual(names.sort(), Object.keys(barrel).sort());
  });

  it("is previewed in an empty TypeScript project, compiled as Pulumi compiles it", () => {
    inProject(({ preview }) => {
      assert.deepEqual(preview(), PREVIEWED);
    });
  }).timeout(120_000);
});

if (process.env["UPDATE_FILES"] !== undefined) writeFileSync(FILES, `${packedFiles().join("\n")}\n`);
