import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY_PACK } from "../../local/policyHost/check";
import { mistakesIn } from "../../policy/config/check";
import { RULES } from "../../policy/rules";

const check = (config: unknown): readonly string[] => mistakesIn(config, RULES, "2026-11-28");
const RULE = "fd-lambda-function-url-aws-iam";
const URN = "urn:pulumi:dev::proj::aws:lambda/functionUrl:FunctionUrl::url";
const WAIVER = {
  rule: RULE,
  urn: URN,
  finding: "authorizationType",
  reason: "A partner of ours cannot sign yet.",
  owner: "team@example.com",
  expires: "2999-12-31",
};
const EXCEPTION = {
  reason: "A partner cannot sign.",
  match: [{ policies: [RULE, "fd-stack-ingress-unproven"], targets: [URN] }],
};

describe("the check of a pack's config", () => {
  it("finds nothing wrong in the configs of the pack", () => {
    for (const name of ["dev", "prod", "hygiene"])
      assert.deepEqual(check(JSON.parse(readFileSync(join(POLICY_PACK, `${name}.json`), "utf8"))), [], name);
  });

  it("takes both forms, with waivers and the engine's own exceptions", () => {
    const policies = {
      all: "advisory",
      "fd-pack": { strict: true, waivers: [WAIVER] },
      [`${RULE}-unproven`]: "disabled",
    };
    assert.deepEqual(check(policies), []);
    assert.deepEqual(check({ version: 2, policies, exceptions: { "partner-1": EXCEPTION } }), []);
  });

  for (const [title, config, problem] of [
    [
      "a rule",
      { "fd-lambda-function-url-aws-im": "advisory" },
      /no policy `fd-lambda-function-url-aws-im`\. Did you mean `fd-lambda-function-url-aws-iam`\?/,
    ],
    ["a setting", { "fd-pack": { stric: true } }, /fd-pack: There is no setting `stric`\. Did you mean `strict`\?/],
    ["a value", { "fd-pack": { strict: "yes" } }, /fd-pack: The setting `strict` must be boolean/],
    ["a level", { [RULE]: "madatory" }, /The level of `fd-lambda-function-url-aws-iam` is "madatory"\. Use one of/],
    [
      "a waiver's rule",
      { "fd-pack": { waivers: [{ ...WAIVER, rule: `${RULE}s` }] } },
      /waivers\[0\].+no rule fd-lambda-function-url-aws-iams\. Did you mean/,
    ],
    [
      "an expired waiver",
      { "fd-pack": { waivers: [{ ...WAIVER, expires: "2026-11-27" }] } },
      /It expired on 2026-11-27/,
    ],
    ["a version", { version: 3, policies: {} }, /`version` is 3\. Use 2/],
    [
      "a policy beside `policies`",
      { version: 2, [RULE]: "advisory" },
      /no key `fd-lambda-function-url-aws-iam` in version 2/,
    ],
    [
      "a policy of an exception",
      { version: 2, exceptions: { a: { ...EXCEPTION, match: [{ policies: [`${RULE}x`], targets: [URN] }] } } },
      /names the policy `fd-lambda-function-url-aws-iamx`, which there is not\. Did you mean/,
    ],
    [
      "a target of an exception",
      {
        version: 2,
        exceptions: { a: { ...EXCEPTION, match: [{ policies: [RULE], targets: ["urn:pulumi:dev::*"] }] } },
      },
      /no wildcards/,
    ],
    ["an exception without a reason", { version: 2, exceptions: { a: { match: EXCEPTION.match } } }, /has no `reason`/],
    ["what is no object", [], /is not an object/],
  ] as const)
    it(`refuses ${title}, once`, () => {
      const found = check(config);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", problem);
    });
});
