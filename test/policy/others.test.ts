import assert from "node:assert/strict";
import type { Finding, Rule } from "../../policy/model/rule";
import { RULES } from "../../policy/rules";
import { OTHER_CASES, RIGHT_CASES } from "./others";
import type { RuleSettings } from "./others/case";
import { findingsOf, stackResources } from "./support/cases";
import { analyzed, type Declared, type Mode } from "./support/declare";

function ruleOf(id: string): Rule {
  const rule = RULES.find((each) => each.id === id);
  assert.ok(rule, `the pack has no rule ${id}`);
  return rule;
}

interface Given {
  readonly resources: readonly Declared[];
  readonly settings?: RuleSettings;
}

function findings(id: string, { resources, settings = {} }: Given, mode: Mode): readonly Finding[] {
  return findingsOf(ruleOf(id), stackResources(analyzed(resources, mode)), settings[id]);
}

describe("what other packs catch, and what they miss", () => {
  for (const each of OTHER_CASES)
    it(`finds what ${each.pack} ${each.rule} ${each.theirs}: ${each.case}`, () => {
      for (const id of each.ours) {
        const found = findings(id, each, "update");
        assert.ok(
          found.some(({ status }) => status === "fail"),
          `${id} finds nothing`,
        );
        // What depends on a value that is yet to come is reported as unproven.
        assert.ok(findings(id, each, "preview").length > 0, `${id} says nothing in a preview`);
      }
    });

  for (const each of RIGHT_CASES)
    it(`passes what ${each.pack} ${each.rule} refuses: ${each.case}`, () => {
      for (const id of each.ours)
        for (const mode of ["preview", "update"] as const) assert.deepEqual(findings(id, each, mode), [], id);
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
