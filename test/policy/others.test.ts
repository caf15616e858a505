import assert from "node:assert/strict";
import type { Finding, Rule } from "../../policy/model/rule";
import { RULES } from "../../policy/rules";
import { OTHER_CASES, RIGHT_CASES } from "./others";
import type { RuleSettings } from "./others/case";
import { findingsOf, stackResources } from "./support/cases";
import { analyzed, type Declared } from "./support/declare";

function ruleOf(id: string): Rule {
  const rule = RULES.find((each) => each.id === id);
  assert.ok(rule, `the pack has no rule ${id}`);
  return rule;
}

function findings(id: string, resources: readonly Declared[], settings: RuleSettings = {}): readonly Finding[] {
  return findingsOf(ruleOf(id), stackResources(analyzed(resources, "update")), settings[id]);
}

describe("what other packs catch, and what they miss", () => {
  for (const { pack, rule, case: name, theirs, ours, settings, resources } of OTHER_CASES)
    it(`finds what ${pack} ${rule} ${theirs}: ${name}`, () => {
      for (const id of ours)
        assert.ok(
          findings(id, resources, settings).some(({ status }) => status === "fail"),
          `${id} finds nothing`,
        );
    });

  for (const { pack, rule, case: name, ours, resources } of RIGHT_CASES)
    it(`passes what ${pack} ${rule} refuses: ${name}`, () => {
      for (const id of ours) assert.deepEqual(findings(id, resources), [], id);
    });

  it("sets only what rules have, and only for rules that a case names", () => {
    for (const { ours, settings = {} } of OTHER_CASES)
      for (const [id, values] of Object.entries(settings)) {
        assert.ok(ours.includes(id), id);
        for (const name of Object.keys(values))
          assert.ok(name in (ruleOf(id).settings ?? {}), `${id} has no setting ${name}`);
      }
  });

  it("names each case once", () => {
    const names = OTHER_CASES.map((each) => [each.pack, each.rule, each.case, each.ours.join(" ")].join(" | "));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("has ninety cases that they catch, at least one for each pack", () => {
    const caught = OTHER_CASES.filter(({ theirs }) => theirs === "catches");
    assert.ok(caught.length >= 90, caught.length.toString());
    for (const { pack } of OTHER_CASES) assert.ok(caught.some((each) => each.pack === pack));
  });
});
