import assert from "node:assert/strict";
import { PolicyHost } from "../../local/policyHost/host";
import { POLICY_PACK } from "../../local/policyHost/check";
import type { Rule } from "../../policy/model/rule";
import { tested, type Case } from "./support/cases";
import { loadCases } from "./support/loadCases";
import { expectedOf, reportedInHost } from "./support/sameInHost";

loadCases();

describe("the pack in Pulumi's own host, with cases of each kind", () => {
  let host: PolicyHost;
  before(async () => {
    host = await PolicyHost.start(POLICY_PACK);
  });
  after(() => host.stop());

  it("says of a case of every rule what the SDK's functions say in the tests of the rules", async function () {
    this.timeout(240_000);
    let tried = 0;
    const reported = async (rule: Rule, each: Case) => {
      tried++;
      return await reportedInHost(host, rule, each);
    };
    for (const [rule, { pass, fail, unknown: open }] of tested) {
      const { id } = rule;
      for (const each of fail.slice(0, 2))
        assert.deepEqual(await reported(rule, each), expectedOf(each), `${id}: ${each.title}`);
      for (const each of pass.slice(0, 1))
        assert.deepEqual(await reported(rule, each), [[], []], `${id}: ${each.title}`);
      for (const each of open === "always known" ? [] : open.slice(0, 1))
        assert.deepEqual((await reported(rule, each))[0], [], `${id}: ${each.title}`);
    }
    assert.ok(tried >= 400, `${tried} cases`);
  });
});
