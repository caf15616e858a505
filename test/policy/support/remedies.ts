import assert from "node:assert/strict";
import type { AnalyzedResource } from "../../../local/policyHost/messages";
import type { Rule } from "../../../policy/model/rule";
import { packOf } from "../../../policy/pack/pack";
import { analyzed, type Declared } from "./declare";
import { remediate } from "./sdk";

export interface Remedy {
  readonly title: string;
  readonly before: Declared;
  /** What it becomes; without it, nothing is changed. */
  readonly after?: Declared;
}

/** Tests what exactly a rule makes of a resource at level `remediate`; that the rule then passes, its cases show. */
export function testRemedies(rule: Rule, remedies: readonly Remedy[]): void {
  describe(`${rule.id} remediates`, () => {
    for (const { title, before, after } of remedies)
      it(`${after ? "" : "nothing of "}${title}`, async () => {
        const changed = await remediate(packOf([rule]), engineSees(before), {
          [rule.id]: { enforcementLevel: "remediate" },
        });
        assert.deepEqual(changed, after && engineSees(after).wire?.toJavaScript());
      });
  });
}

function engineSees(declared: Declared): AnalyzedResource {
  const [resource] = analyzed([declared], "preview");
  assert.ok(resource);
  return resource;
}
