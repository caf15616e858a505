import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
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
});
