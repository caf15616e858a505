import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { POLICY_PACK } from "../../local/policyHost/check";
import { PolicyHost } from "../../local/policyHost/host";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { ROOT } from "../support/local/frontDoor";
import { analyzed, declare } from "./support/declare";
import { everywhere } from "./support/sdk";

const read = (file: string): string => readFileSync(join(POLICY_PACK, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  name: string;
  version: string;
  dependencies: Record<string, string>;
};

const RULE = "fd-lambda-function-url-aws-iam";
const RULE_FILE = "rules/lambda/functionUrlAwsIam.ts";
const OPEN = analyzed([declare("functionUrl", "open", { authorizationType: "NONE" })], "preview");

/** Messages of the rule about an open URL, from a pack that starts anew. */
async function saidBy(pack: string): Promise<readonly string[]> {
  const host = await PolicyHost.start(pack);
  try {
    await host.configure(everywhere());
    return (await host.analyze(OPEN)).filter(({ policy }) => policy === RULE).map(({ message }) => message);
  } finally {
    await host.stop();
  }
}

describe("the pack as a package", () => {
  let folder: string;
  let pack: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-package-"));
    // What a registry would serve, without what `prepare` makes: types, and a build.
    const [{ filename = "" } = {}] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
        cwd: POLICY_PACK,
        encoding: "utf8",
      }),
    ) as { filename?: string }[];
    execFileSync("tar", ["xzf", filename], { cwd: folder });
    pack = join(folder, "package");
    // What `npm install` would put there.
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("names everything that it needs", () => {
    const used = new Set<string>();
    for (const file of readdirSync(POLICY_PACK, { recursive: true, encoding: "utf8" })) {
      if (!/\.c?[jt]s$/.test(file) || /^(?:node_modules|build|types)\//.test(file)) continue;
      for (const [, name = ""] of read(file).matchAll(/(?:from |require\()"([^"]+)"/g)) {
        if (name.startsWith(".")) assert.ok(!join(file, "..", name).startsWith(".."), `${file} stays in its folder`);
        else if (!name.startsWith("node:")) used.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
      }
    }
    // Types alone, and the pack's own name in a comment.
    for (const name of ["sarif", manifest.name]) used.delete(name);
    // What @pulumi/policy is a part of, and what starts the pack.
    used.add("@pulumi/pulumi");
    assert.deepEqual([...used].sort(), Object.keys(manifest.dependencies).sort());
  });

  it("has one version everywhere, and says what each version changed", () => {
    assert.equal((parse(read("PulumiPolicy.yaml")) as { version: string }).version, manifest.version);
    assert.match(read("CHANGELOG.md"), new RegExp(`^## ${manifest.version.replaceAll(".", "\\.")}\\b`, "m"));
    const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as typeof manifest;
    for (const [name, version] of Object.entries(manifest.dependencies))
      assert.equal(root.dependencies[name], version, `${name}: as in package.json of the repository`);
    assert.equal(read("LICENSE"), readFileSync(join(ROOT, "LICENSE"), "utf8"));
  });

  it("carries its pages, configs and sources, and nothing else", () => {
    const files = readdirSync(pack, { recursive: true, encoding: "utf8" });
    for (const file of ["README.md", "CHANGELOG.md", "LICENSE", "prod.json", "docs/README.md", RULE_FILE])
      assert.ok(files.includes(file), file);
    for (const { id } of RULES) assert.ok(files.includes(`docs/${id}.md`), id);
    assert.deepEqual(
      files.filter((file) => /^(?:node_modules|test)|\.test\.|\.tgz$|\.making-/.test(file)),
      [],
    );
  });

  it("has links that lead to files of its own", () => {
    for (const page of ["README.md", "CHANGELOG.md", ...readdirSync(join(pack, "docs")).map((name) => `docs/${name}`)])
      for (const [, target = ""] of read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
        assert.ok(existsSync(join(pack, page, "..", target)), `${page}: ${target}`);
  });

  it("points to a page of its own in a message", async () => {
    const [message = ""] = await saidBy(pack);
    const [, page = ""] = /; (docs\/[\w-]+\.md)\)/.exec(message) ?? [];
    assert.ok(existsSync(join(pack, page)), message);
  });

  it("speaks with a changed rule at its next start, and never with an old build", async () => {
    await saidBy(pack);
    const [old = ""] = readdirSync(join(pack, "build"));
    const rule = readFileSync(join(pack, RULE_FILE), "utf8");
    writeFileSync(join(pack, RULE_FILE), rule.replace("Set authorizationType to", "Changed: set it to"));
    // An old build that is still there is not what runs.
    writeFileSync(join(pack, "build", old, "index.js"), 'throw new Error("old build");');
    const [message = ""] = await saidBy(pack);
    assert.match(message, /Changed: /);
    assert.ok(!readdirSync(join(pack, "build")).includes(old), "the old build is gone");
  });

  it("makes a new build for what is compiled, and for nothing else", async () => {
    const { compiled } = (await import(join(pack, "load.cjs"))) as { compiled: (file: string) => string };
    const before = compiled("index");
    writeFileSync(join(pack, "aws/more.ts"), "export const more = 1;\n");
    assert.notEqual(compiled("index"), before);
    rmSync(join(pack, "aws/more.ts"));
    assert.equal(compiled("index"), before);
    appendFileSync(join(pack, "docs/README.md"), "\n");
    assert.equal(compiled("index"), before);
  });

  it("says what to do if it cannot be compiled", () => {
    const broken = join(folder, "broken");
    cpSync(pack, broken, { recursive: true });
    appendFileSync(join(broken, RULE_FILE), "const = ;\n");
    assert.throws(
      () => execFileSync(process.execPath, ["start.cjs"], { cwd: broken, encoding: "utf8", stdio: "pipe" }),
      /functionUrlAwsIam\.ts[\s\S]*Run `npm install && npm run build` in this folder/,
    );
  });

  it("is a library too", () => {
    const script =
      'const { RULES, packOf } = require("./library.cjs"); console.log(RULES.length, packOf(RULES).length)';
    const output = execFileSync(process.execPath, ["-e", script], { cwd: pack, encoding: "utf8" });
    assert.equal(output.trim(), `${RULES.length} ${packOf(RULES).length}`);
    assert.match(execFileSync(process.execPath, ["sarif.cjs", "--help"], { cwd: pack, encoding: "utf8" }), /^Usage/);
  });
});
