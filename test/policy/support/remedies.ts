import assert from "node:assert/strict";
import { struct, type AnalyzedResource } from "../../../local/policy/messages";
import type { Rule } from "../../../policy/model/rule";
import { packOf } from "../../../policy/pack/pack";
import { analyzed, type Declared } from "./declare";
import { analyze, remediate } from "./sdk";

export interface Remedy {
  readonly title: string;
  readonly before: Declared;
  /** What it becomes; without it, nothing is changed. */
  readonly after?: Declared;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A secret as it goes over the wire. */
export function secret(value: unknown): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Tests what a rule makes of a resource at level `remediate`: exactly this, once, and then the rule passes. */
export function testRemedies(rule: Rule, remedies: readonly Remedy[]): void {
  describe(`${rule.id} remediates`, () => {
    for (const { title, before, after, settings } of remedies)
      it(`${after ? "" : "nothing of "}${title}`, async () => {
        const config = { [rule.id]: { enforcementLevel: "remediate", ...settings } };
        const given = engineSees(before);
        const changed = await remediate(packOf([rule]), given, config);
        if (!after || !changed) {
          assert.equal(changed, after);
          return;
        }
        assert.deepEqual(changed, engineSees(after).wire?.toJavaScript());
        const mended = { ...given, wire: struct(changed) };
        assert.equal(await remediate(packOf([rule]), mended, config), undefined, "a second time changes nothing");
        const { findings } = await analyze(packOf([rule]), [mended], config);
        assert.deepEqual(findings, []);
      });
  });
}

function engineSees(declared: Declared): AnalyzedResource {
  const [resource] = analyzed([declared], "preview");
  assert.ok(resource);
  return resource;
}
