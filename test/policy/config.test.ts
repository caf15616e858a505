import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackConfig } from "../../local/policyHost/host";
import { packOf } from "../../policy/pack/pack";
import { PACK_SETTINGS } from "../../policy/pack/packSettings";
import { settingsOf } from "../../policy/pack/settings";
import { gradeOf, levelOf } from "../../policy/model/rule";
import { RULES } from "../../policy/rules";
import { ROOT } from "../support/local/frontDoor";
import { runStack } from "../support/stacks";
import { analyze } from "./support/sdk";

const read = (name: string) => JSON.parse(readFileSync(join(ROOT, "policy", `${name}.json`), "utf8")) as PackConfig;

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"];

describe("the config files of the pack", () => {
  for (const name of ["dev", "prod"])
    it(`${name}.json names policies, levels and settings that exist`, () => {
      const policies = new Set(packOf(RULES).map((policy) => policy.name));
      for (const [policy, given] of Object.entries(read(name))) {
        assert.ok(policies.has(policy), policy);
        const { enforcementLevel, ...settings } = typeof given === "string" ? { enforcementLevel: given } : given;
        if (enforcementLevel !== undefined) assert.ok(LEVELS.includes(enforcementLevel as string), policy);
        const schemas = policy === "fd-pack" ? PACK_SETTINGS : RULES.find(({ id }) => id === policy)?.settings;
        assert.deepEqual(settingsOf(schemas, settings).problems, [], policy);
      }
    });

  it("dev.json suits the dev stack", async () => {
    for (const preview of [true, false]) {
      const { findings } = await analyze(packOf(RULES), (await runStack("dev", preview)).resources, read("dev"));
      assert.deepEqual(findings, []);
    }
  });

  it("prod.json is strict, and asks more than the defaults", async () => {
    assert.equal((read("prod")["fd-pack"] as { strict: boolean }).strict, true);
    const { findings } = await analyze(packOf(RULES), (await runStack("buffered", true)).resources, read("prod"));
    assert.notEqual(findings.length, 0);
    assert.deepEqual([...new Set(findings.map(({ level }) => level))], ["mandatory"]);
  });

  it("has defaults that satisfy their own schemas, and say what they mean", () => {
    for (const { id, settings = {} } of RULES) {
      const defaults = Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, schema.default]));
      assert.deepEqual(settingsOf(settings, defaults).problems, [], id);
      for (const [name, { description }] of Object.entries(settings)) assert.match(description, /\.$/, `${id} ${name}`);
    }
  });
});

describe("the rules' levels", () => {
  it("follow from the severity, and leave general hygiene off", () => {
    const on = RULES.filter((rule) => levelOf(rule) !== "disabled");
    assert.ok(on.length <= 75, `${on.length.toString()} rules are on`);
    for (const rule of RULES)
      assert.equal(gradeOf(rule), ["critical", "high"].includes(rule.severity) ? "mandatory" : "advisory", rule.id);
    for (const id of ["fd-lambda-function-url-aws-iam", "fd-apigateway-stage-web-acl"])
      assert.equal(levelOf(RULES.find((rule) => rule.id === id) ?? assert.fail(id)), "mandatory");
  });

  it("of hygiene are all named in hygiene.json", () => {
    assert.deepEqual(
      Object.keys(read("hygiene")).sort(),
      RULES.filter(({ group }) => group === "hygiene")
        .map(({ id }) => id)
        .sort(),
    );
  });
});

describe("the rules' metadata", () => {
  it("has one id a rule, of the form fd-<service>-<rule>", () => {
    const ids = RULES.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^fd-[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  it("states the rule, why, and what to do", () => {
    for (const { id, description, rationale, remediationSteps, frameworks } of RULES) {
      for (const text of [description, rationale, remediationSteps]) {
        assert.match(text, /\S.*\.\)?$/s, id);
        assert.doesNotMatch(text, /\n| {2}/, id);
      }
      assert.ok(rationale.length > 40, id);
      assert.notEqual(Object.values(frameworks).flat().length, 0, `${id} corresponds to something`);
    }
  });

  it("makes the five critical rules a resource rule and a stack rule, and not to be waived in production", () => {
    const five = [
      "fd-lambda-function-url-aws-iam",
      "fd-lambda-permission-public-principal",
      "fd-apigateway-method-authorization",
      "fd-apigateway-stage-web-acl",
      "fd-iam-agent-actions",
    ];
    for (const id of five) {
      const rule = RULES.find((each) => each.id === id);
      assert.ok(rule?.resource && rule.stack && rule.unwaivable, id);
      assert.equal(rule.severity, "critical", id);
    }
  });
});
