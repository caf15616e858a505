import assert from "node:assert/strict";
import type { Finding, PackConfig } from "../../local/policyHost/host";
import { packOf } from "../../policy/pack/pack";
import { functionUrlCors } from "../../policy/rules/lambda/functionUrlCors";
import { functionUrlAwsIam } from "../../policy/rules/lambda/functionUrlAwsIam";
import { stageWebAcl } from "../../policy/rules/apigateway/stageWebAcl";
import { analyzed, declare } from "./support/declare";
import { analyze, everywhere } from "./support/sdk";

const TODAY = "2026-11-24";
const RULE = functionUrlAwsIam.id;

const resources = (stack = "test") =>
  analyzed([declare("functionUrl", "url", { authorizationType: "NONE" })], "update", stack);

const URN = resources()[0]?.urn ?? "";
const waiver = {
  rule: RULE,
  urn: URN,
  finding: "authorizationType",
  reason: "The partner cannot sign before the year ends.",
  owner: "team@example.com",
  expires: "2026-12-31",
};

const run = async (waivers: readonly unknown[], config: PackConfig = {}, stack = "test") => {
  const pack = packOf([functionUrlAwsIam, stageWebAcl], () => TODAY);
  const { findings } = await analyze(pack, resources(stack), everywhere({ "fd-pack": { waivers }, ...config }));
  return findings.map(({ policy, level, message }) => ({ policy, level, message }));
};

const of = (findings: readonly Pick<Finding, "policy" | "message">[], policy: string) =>
  findings.filter((finding) => finding.policy === policy).map(({ message }) => message);

describe("a waiver", () => {
  it("lets one finding stand, and is printed in every run", async () => {
    const findings = await run([waiver]);
    assert.deepEqual(
      findings.map(({ policy, level }) => [policy, level]),
      [["fd-pack-active-waivers", "advisory"]],
    );
    assert.match(
      findings[0]?.message ?? "",
      /Waived until 2026-12-31 by team@example\.com: fd-lambda-function-url-aws-iam, finding "authorizationType", of urn:.+url\. Reason: The partner cannot sign/,
    );
  });

  it("holds on its last day", async () => {
    assert.deepEqual(of(await run([{ ...waiver, expires: TODAY }]), RULE), []);
  });

  for (const [title, change, problem] of [
    ["has expired", { expires: "2026-11-23" }, /expired on 2026-11-23\. Mend the finding, or have its owner renew it/],
    ["has no day", { expires: "soon" }, /`expires` is "soon"\. Use a day as YYYY-MM-DD/],
    ["has a day that is none", { expires: "2026-02-30" }, /`expires` is "2026-02-30"/],
    ["has a wildcard", { urn: "urn:pulumi:test::proj::*::url" }, /`urn` is .*there are no wildcards/],
    ["has no URN", { urn: "url" }, /`urn` is "url"\. Use the exact URN/],
    ["has a short reason", { reason: "because I say so" }, /`reason` has 16 characters\. Say in 20 or more/],
    ["has a reason of blanks", { reason: " ".repeat(30) }, /`reason` is missing/],
    ["has no owner", { owner: undefined }, /`owner` is missing\. Give it as a text/],
    ["has an owner that is no text", { owner: 7 }, /`owner` is missing/],
    ["has no finding", { finding: "" }, /`finding` is missing/],
    ["names no rule", { rule: "fd-lambda" }, /There is no rule fd-lambda\. Use the id of a rule/],
    ["names a twin", { rule: `${RULE}-unproven` }, /There is no rule fd-lambda-function-url-aws-iam-unproven/],
    ["has a field too many", { expiry: "2026-12-31" }, /There is no field `expiry`\. Use rule, urn, finding/],
  ] as const)
    it(`does not hold where it ${title}`, async () => {
      const findings = await run([JSON.parse(JSON.stringify({ ...waiver, ...change }))]);
      assert.equal(of(findings, RULE).length, 1, "the finding stays");
      const [message, ...more] = of(findings, "fd-pack");
      assert.deepEqual(more, []);
      assert.match(message ?? "", problem);
      assert.match(message ?? "", /waivers\[0\]/);
    });

  for (const [title, change] of [
    ["another finding", { finding: "cors" }],
    ["another resource", { urn: URN.replace(/url$/, "other") }],
    ["another rule", { rule: stageWebAcl.id, finding: "association" }],
  ] as const)
    it(`for ${title} is unused, and said to be`, async () => {
      const findings = await run([{ ...waiver, ...change }]);
      assert.equal(of(findings, RULE).length, 1);
      assert.equal(of(findings, "fd-pack-active-waivers").length, 0);
      const [message] = of(findings, "fd-pack-unused-waivers");
      assert.match(message ?? "", /A waiver is not used: .+ Remove it/);
      assert.equal(findings.find(({ policy }) => policy === "fd-pack-unused-waivers")?.level, "mandatory");
    });

  for (const [title, change] of [
    ["of another stack", { urn: URN.replace("urn:pulumi:test", "urn:pulumi:dev") }],
    ["of another project", { urn: URN.replace("::proj::", "::other::") }],
    [
      "that has expired in another stack",
      { urn: URN.replace("urn:pulumi:test", "urn:pulumi:dev"), expires: "2020-01-01" },
    ],
  ] as const)
    it(`${title} is that stack's affair: one config serves many`, async () => {
      const findings = await run([{ ...waiver, ...change }]);
      assert.deepEqual(
        findings.map(({ policy }) => policy),
        [RULE],
      );
    });

  it("of another stack that names no rule is refused in every stack, with the nearest name", async () => {
    const urn = URN.replace("urn:pulumi:test", "urn:pulumi:dev");
    const [message] = of(await run([{ ...waiver, urn, rule: "fd-lambda-function-url-aws-iamm" }]), "fd-pack");
    assert.match(
      message ?? "",
      /There is no rule fd-lambda-function-url-aws-iamm\. Did you mean `fd-lambda-function-url-aws-iam`\?/,
    );
  });

  it("is unused once its finding is mended", async () => {
    const pack = packOf([functionUrlAwsIam], () => TODAY);
    const mended = analyzed([declare("functionUrl", "url", { authorizationType: "AWS_IAM" })], "update");
    const { findings } = await analyze(pack, mended, everywhere({ "fd-pack": { waivers: [waiver] } }));
    assert.deepEqual(
      findings.map(({ policy }) => policy),
      ["fd-pack-unused-waivers"],
    );
  });

  for (const stack of ["prod", "production", "acme-prod", "prod.eu", "eu_production"])
    it(`of a critical rule does not hold in the production stack ${stack}`, async () => {
      const findings = await run([{ ...waiver, urn: resources(stack)[0]?.urn }], {}, stack);
      assert.equal(of(findings, RULE).length, 1);
      assert.match(of(findings, "fd-pack")[0] ?? "", new RegExp(`cannot be waived in the production stack "${stack}"`));
    });

  it("holds in a stack whose name only resembles production, and where the pack is told otherwise", async () => {
    const name = "reproduction";
    assert.deepEqual(of(await run([{ ...waiver, urn: resources(name)[0]?.urn }], {}, name), RULE), []);
    const urn = resources("prod")[0]?.urn;
    const config = { "fd-pack": { waivers: [{ ...waiver, urn }], productionStacks: ["live"] } };
    assert.deepEqual(of(await run([], config, "prod"), RULE), []);
  });

  it("does not keep the others from holding when one is wrong", async () => {
    const findings = await run([{ ...waiver, reason: "no" }, waiver, "nonsense", null]);
    assert.deepEqual(of(findings, RULE), []);
    assert.deepEqual(
      of(findings, "fd-pack").map((message) => /waivers\[\d\]/.exec(message)?.[0]),
      ["waivers[0]", "waivers[2]", "waivers[3]"],
    );
  });
});

describe("the pack's settings", () => {
  for (const [title, config, problem] of [
    [
      "a setting that is not there",
      { strickt: true },
      /There is no setting `strickt`\. Did you mean `strict`\? Use one of scope, .*strict, productionStacks, waivers/,
    ],
    ["a wrong kind", { strict: "yes" }, /The setting `strict` must be boolean/],
    ["a wrong kind inside", { productionStacks: [7] }, /The setting `productionStacks.0` must be string/],
  ] as const)
    it(`refuse ${title}`, async () => {
      const pack = packOf([functionUrlAwsIam], () => TODAY);
      const { findings } = await analyze(pack, [], { "fd-pack": config });
      assert.deepEqual(
        findings.map(({ policy, level }) => [policy, level]),
        [["fd-pack", "mandatory"]],
      );
      assert.match(findings[0]?.message ?? "", problem);
    });

  it("of a rule are refused by name too, and the rule keeps its defaults", async () => {
    const pack = packOf([functionUrlAwsIam], () => TODAY);
    const { findings } = await analyze(pack, resources(), everywhere({ [RULE]: { allow: ["NONE"] } }));
    assert.match(of(findings, "fd-pack").join(), /There is no setting `allow`\. Use one of none: it has no settings/);
    assert.match(of(findings, RULE).join(), /`authorizationType` is "NONE"/);
  });

  it("of a rule without anything to judge are refused as well", async () => {
    const pack = packOf([stageWebAcl, functionUrlCors], () => TODAY);
    const other = analyzed([declare("logGroup", "log", {})], "update");
    const settings = { "fd-lambda-function-url-cors": { allowPublicOrign: true } };
    const { findings } = await analyze(pack, other, settings);
    assert.deepEqual(
      findings.map(({ policy, level }) => [policy, level]),
      [["fd-pack", "mandatory"]],
    );
    assert.match(
      findings[0]?.message ?? "",
      /There is no setting `allowPublicOrign`\. Did you mean `allowPublicOrigin`\?/,
    );
  });

  it("do not outlive the request that they came with", async () => {
    const pack = packOf([functionUrlAwsIam], () => TODAY);
    const first = await analyze(pack, resources(), everywhere({ "fd-pack": { waivers: [waiver] } }));
    assert.deepEqual(
      first.findings.map(({ policy }) => policy),
      ["fd-pack-active-waivers"],
    );
    const second = await analyze(pack, resources(), everywhere());
    assert.deepEqual(
      second.findings.map(({ policy }) => policy),
      [RULE],
    );
  });

  it("switch a rule and its twin off together", async () => {
    const pack = packOf([functionUrlAwsIam], () => TODAY);
    const { findings } = await analyze(pack, resources(), { [RULE]: "disabled" });
    assert.deepEqual(findings, []);
  });
});
