import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../support/local/frontDoor";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

interface Update {
  readonly "package-ecosystem": string;
  readonly directory?: string;
  readonly directories?: readonly string[];
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
    const looked = updates.flatMap((each) =>
      (each.directories ?? [each.directory ?? ""]).map((folder) => [each["package-ecosystem"], folder] as const),
    );
    const MANIFEST: Readonly<Record<string, string>> = {
      npm: "package.json",
      gomod: "go.mod",
      "github-actions": ".github/workflows",
      pip: "requirements.txt",
    };

    it("looks at folders that have dependencies", () => {
      assert.deepEqual(updates.map((each) => each["package-ecosystem"]).sort(), Object.keys(MANIFEST).sort());
      for (const [kind, folder] of looked) assert.ok(existsSync(join(ROOT, folder, MANIFEST[kind] ?? "")), kind);
    });

    it("looks at every folder that has dependencies, except the makers of recorded answers, which stay as recorded", () => {
      const manifests = readdirSync(ROOT, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !/^(?:node_modules|coverage|\..*)$/.test(entry.name))
        .flatMap(({ name }) =>
          readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" }).map((file) => join(name, file)),
        )
        .filter((file) => !file.includes("node_modules") && !file.startsWith(join("test", "captures")));
      const expected = ["package.json", ...manifests].flatMap((file) => {
        const kind = { "package.json": "npm", "go.mod": "gomod", "requirements.txt": "pip" }[basename(file)];
        const hasNone = kind === "npm" && !/"dependencies": \{\s*"/.test(read(file));
        return kind === undefined || hasNone ? [] : [`${kind} /${dirname(file)}`.replace(/\.$/, "")];
      });
      assert.deepEqual(
        looked
          .filter(([kind]) => kind !== "github-actions")
          .map(([kind, folder]) => `${kind} ${folder}`)
          .sort(),
        expected.sort(),
      );
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

  it("name in CONTRIBUTING.md what fails by titles that exist, in files that exist", () => {
    const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join("test", file));
    const named = [...read("CONTRIBUTING.md").matchAll(/`((?:[\w-]+\/)*[\w.-]+\.test\.ts)`(?:: "([^"]+)")?/g)];
    assert.ok(named.length > 20);
    for (const [, name = "", title = ""] of named) {
      const found = files.filter((file) => file === name || file.endsWith(`/${name}`));
      // A title may end in a value or in dots.
      const begins = title.replace(/^<\w+> /, "").replace(/(?:, \.\.\.|<.*)$/, "");
      assert.ok(
        found.some((file) => read(file).includes(begins)),
        `${name}: ${title}`,
      );
    }
  });
});
