import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { CONFIG_KEYS } from "../../../contract/config/read";
import { checkPolicies } from "../../../local/policyHost/check";
import { ROOT } from "../../support/local/frontDoor";
import { runConfig } from "../../support/stacks";
import { BLOCKS } from "../blocks/blocks";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The rows of a page's tables, cell by cell, without the head and the line below it. */
function rows(page: string): string[][] {
  const lines = read(page).split("\n");
  return lines.flatMap((line, index) => {
    const isHead = /^\| -/.test(lines[index + 1] ?? "");
    if (!line.startsWith("| ") || line.startsWith("| -") || isHead) return [];
    return [
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ];
  });
}

describe("docs/security/threat-model.md", () => {
  const threats = rows("docs/security/threat-model.md");

  it("names for each threat a control, tests that exist, and what remains", () => {
    assert.ok(threats.length >= 20, String(threats.length));
    for (const [threat = "", control = "", tests = "", remains = ""] of threats) {
      assert.ok(control.length > 10 && remains.length > 10, threat);
      const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
      assert.ok(files.length > 0, `${threat}: no test`);
      for (const file of files) {
        assert.match(file, /^test\/.*\.test\.ts$/, threat);
        assert.ok(existsSync(join(ROOT, file)), `${threat}: ${file}`);
        assert.match(read(file), /\b(?:it|describe)\(/, file);
      }
    }
  });

  it("has a threat of each kind of STRIDE", () => {
    const kinds = ["Spoofing", "Tampering", "Repudiation", "Disclosure", "Denial of service and cost", "Elevation"];
    const page = read("docs/security/threat-model.md");
    for (const kind of kinds) assert.ok(page.includes(`| **${kind}**:`), kind);
  });
});

describe("docs/security/production-checklist.md", () => {
  // Its other table is about rules of the pack.
  const keys = rows("docs/security/production-checklist.md").filter(([key = ""]) => !key.startsWith("`fd-"));
  const { config } = parse(read("stacks/Pulumi.production.yaml")) as { config: Record<string, unknown> };
  const names = Object.keys(config).map((key) => key.replace(/^agentcore-front-door:/, ""));

  it("explains each key of the stack file, and no other", () => {
    const explained = keys.map(([key = ""]) => key.replaceAll("`", ""));
    assert.deepEqual(explained, names);
  });

  it("shows the values of the stack file", () => {
    for (const [key = "", value = ""] of keys) {
      const name = key.replaceAll("`", "");
      const set = config[name] ?? config[`agentcore-front-door:${name}`];
      if (value.startsWith("an example")) continue;
      assert.deepEqual(parse(value.replaceAll("`", "")), set, name);
    }
  });

  it("has commands whose stack passes the pack with policy/prod.json", async function () {
    this.timeout(120_000);
    const commands = BLOCKS.find(
      ({ page, text }) => page.endsWith("production-checklist.md") && text.includes("prod.json"),
    );
    const set = [...(commands?.text ?? "").matchAll(/^pulumi config set (?:--path '(\w+)\[0\]'|(\w+)) (\S+)$/gm)].map(
      ([, list, key, value = ""]) => (list === undefined ? [key ?? "", value] : [list, [value]]) as [string, unknown],
    );
    assert.ok(set.length >= 3);
    const values = Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) =>
        key.startsWith("agentcore-front-door:") ? [[key.replace(/^.*:/, ""), value]] : [],
      ),
    );
    const settings = JSON.parse(read("policy/prod.json")) as Record<string, never>;
    const findings = async (changes: Record<string, unknown>) => {
      const graph = await runConfig({ ...values, ...changes });
      const found = await checkPolicies(graph, undefined, settings);
      return [...new Set(found.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))];
    };
    assert.deepEqual(await findings(Object.fromEntries(set)), []);
    assert.deepEqual(await findings({}), [], "as it stands");
    assert.deepEqual(await findings({ logKmsKeyArn: "" }), ["fd-cloudwatch-log-group-kms"]);
  });
});

describe("the pages for reviewers", () => {
  it("name config keys that exist", () => {
    const pages = ["incident", "production-checklist", "deployer-permissions", "threat-model"];
    for (const page of pages) {
      const text = read(`docs/security/${page}.md`);
      for (const [, key = ""] of text.matchAll(/`([a-z][a-zA-Z]+): /g))
        assert.ok(
          CONFIG_KEYS.some((each) => each === key),
          `${page}: ${key}`,
        );
    }
  });

  it("are listed in SECURITY.md", () => {
    for (const page of [
      "threat-model",
      "data-flow",
      "deployer-permissions",
      "production-checklist",
      "incident",
      "supply-chain",
    ])
      assert.ok(read("SECURITY.md").includes(`(docs/security/${page}.md)`), page);
  });
});
