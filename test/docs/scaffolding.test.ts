import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { pages } from "../../docs/generate";
import { ROOT } from "../support/local/frontDoor";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

interface Update {
  readonly "package-ecosystem": string;
  readonly directory: string;
  readonly ignore?: readonly { readonly "dependency-name": string; readonly versions?: readonly string[] }[];
}

describe("the files for contributors", () => {
  it("name in .nvmrc the Node that Lambda runs, which CI tests", () => {
    const node = read(".nvmrc").trim();
    assert.ok(read("components/function/loggedFunction.ts").includes(`"nodejs${node}.x"`));
    const { jobs } = parse(read(".github/workflows/check.yml")) as {
      jobs: { check: { strategy: { matrix: { node: string[] } } } };
    };
    assert.ok(jobs.check.strategy.matrix.node.includes(node));
  });

  it("mark every generated page in .gitattributes, and no other page", async () => {
    const marked = [
      ...read(".gitattributes").matchAll(/^((?:contract|docs)\/\S+\.(?:md|ts|json|ya?ml)) linguist-generated$/gm),
    ].map(([, path = ""]) => path);
    // Of a page with marks, only a part is generated.
    const whole = Object.entries(await pages()).flatMap(([page, text]) => (text.includes("<!-- ") ? [] : [page]));
    const generated = whole.map((page) => page.replace(/^(docs\/(?:security\/)?policies\/).*(\.\w+)$/, "$1*$2"));
    assert.deepEqual(marked.sort(), [...new Set(generated)].sort());
  });

  describe(".github/dependabot.yml", () => {
    const { updates } = parse(read(".github/dependabot.yml")) as { updates: Update[] };
    const MANIFEST: Readonly<Record<string, string>> = {
      npm: "package.json",
      gomod: "go.mod",
      "github-actions": ".github/workflows",
    };

    it("looks at folders that have dependencies", () => {
      assert.deepEqual(updates.map((each) => each["package-ecosystem"]).sort(), Object.keys(MANIFEST).sort());
      for (const { "package-ecosystem": kind, directory } of updates) {
        assert.ok(existsSync(join(ROOT, directory, MANIFEST[kind] ?? "")), kind);
      }
    });

    it("ignores the versions that package.json and .ci/run exclude", () => {
      const ignored = (kind: string, name: string) =>
        updates
          .find((each) => each["package-ecosystem"] === kind)
          ?.ignore?.find((each) => each["dependency-name"] === name)?.versions;
      const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
      const [, major = "", minor = ""] = /^~(\d+)\.(\d+)\.\d+$/.exec(dependencies["@pulumi/pulumi"] ?? "") ?? [];
      const next = [`>=${major}.${Number(minor) + 1}`];
      assert.deepEqual(ignored("npm", "@pulumi/pulumi"), next);
      assert.deepEqual(ignored("gomod", "github.com/pulumi/pulumi/*"), next);
      assert.ok(read(".ci/run").includes(`version=v${major}.${minor}.`));
      const [, typescript = ""] = /^~(\d+)\./.exec(dependencies["typescript"] ?? "") ?? [];
      assert.deepEqual(ignored("npm", "typescript"), [`>=${Number(typescript) + 1}`]);
    });
  });

  it("find at most 16 sources in a folder", () => {
    const counts = new Map<string, number>();
    const sources = readdirSync(ROOT, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /\.(?:ts|mjs|cjs)$/.test(entry.name),
    );
    for (const { parentPath } of sources) {
      const folder = relative(ROOT, parentPath);
      if (!/^(?:test\/)?policy\b|node_modules/.test(folder)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    assert.ok(counts.has("components/rest") && counts.has("test/docs"));
    assert.deepEqual(
      [...counts].filter(([, count]) => count > 16),
      [],
      "Split the folder by subject.",
    );
  });
});
