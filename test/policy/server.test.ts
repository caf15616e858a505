import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyHost, type PackConfig } from "../../local/policyHost/host";
import { POLICY_PACK } from "../../local/policyHost/check";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { functionReservedConcurrency } from "../../policy/rules/functions/reservedConcurrency";
import { UNKNOWN } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";
import { runStack } from "../support/stacks";
import { struct } from "../../local/policyHost/messages";
import { tested } from "./support/cases";
import { analyzed, declare, unknown } from "./support/declare";
import { everywhere } from "./support/sdk";
import { loadCases } from "./support/loadCases";
import { expectedOf, reportedInHost } from "./support/sameInHost";

loadCases();

/** The pack in Pulumi's own run-policy-pack, over gRPC: as the CLI runs it. */
describe("the pack in Pulumi's own host", () => {
  let host: PolicyHost;
  before(async () => {
    host = await PolicyHost.start(POLICY_PACK);
  });
  after(() => host.stop());

  const urls = analyzed(
    [
      declare("functionUrl", "open", { authorizationType: "NONE" }),
      declare("functionUrl", "later", { authorizationType: unknown }),
    ],
    "preview",
  );
  const RULE = "fd-lambda-function-url-aws-iam";
  const SCOPE = "fd-pack-scope";

  const found = async (config: PackConfig) => {
    await host.configure(everywhere(config));
    return (await host.analyze(urls))
      .filter(({ policy }) => policy !== SCOPE && (policy.startsWith(RULE) || policy.startsWith("fd-pack")))
      .map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)]);
  };

  it("names itself, its version and every policy with its metadata", async () => {
    const info = await host.info();
    const { version } = JSON.parse(readFileSync(join(ROOT, "policy/package.json"), "utf8")) as { version: string };
    assert.deepEqual([info.getName(), info.getVersion()], ["agentcore-front-door", version]);
    const policies = info.getPoliciesList();
    assert.deepEqual(
      policies.map((policy) => policy.getName()),
      packOf(RULES).map(({ name }) => name),
    );
    for (const policy of policies) {
      assert.ok(policy.getDescription().endsWith("."), policy.getName());
      assert.match(policy.getUrl(), /^docs\/.+\.md$/);
      assert.notEqual(policy.getSeverity(), 0);
    }
  });

  it("reports what is wrong as mandatory and what is not known as advisory", async () => {
    assert.deepEqual(await found({}), [
      [RULE, "mandatory", "open"],
      [`${RULE}-unproven`, "advisory", "later"],
    ]);
  });

  it("makes what is not known mandatory in strict mode", async () => {
    assert.deepEqual(await found({ "fd-pack": { strict: true } }), [
      [RULE, "mandatory", "open"],
      [RULE, "mandatory", "later"],
    ]);
  });

  it("takes waivers, and prints them", async () => {
    const waiver = {
      rule: RULE,
      urn: urls[0]?.urn,
      finding: "authorizationType",
      reason: "A partner of ours cannot sign yet.",
      owner: "team@example.com",
      expires: "2999-12-31",
    };
    assert.deepEqual(await found({ "fd-pack": { waivers: [waiver] } }), [
      [`${RULE}-unproven`, "advisory", "later"],
      ["fd-pack-active-waivers", "advisory", "open"],
    ]);
  });

  it("takes levels, and forgets nothing between two requests", async () => {
    assert.deepEqual(await found({ [RULE]: "advisory" }), [
      [RULE, "advisory", "open"],
      [`${RULE}-unproven`, "advisory", "later"],
    ]);
    assert.deepEqual(await found({ all: "disabled" }), []);
    assert.equal((await found({})).length, 2);
  });

  for (const preview of [true, false])
    it(`advises the dev stack a reservation, and finds an open Function URL in it, ${preview ? "preview" : "update"}`, async () => {
      const { resources } = await runStack("dev", preview);
      await host.configure({});
      const advice = (await host.analyze(resources)).filter(({ policy }) => policy !== SCOPE);
      assert.deepEqual(
        advice.map(({ policy, level }) => [policy, level]),
        Array.from({ length: 3 }, () => [functionReservedConcurrency.id, "advisory"]),
      );
      const opened = resources.map((resource) =>
        resource.type === "aws:lambda/functionUrl:FunctionUrl"
          ? { ...resource, wire: struct({ ...resource.wire?.toJavaScript(), authorizationType: "NONE" }) }
          : resource,
      );
      assert.deepEqual(
        (await host.analyze(opened))
          .filter(({ level }) => level === "mandatory")
          .map(({ policy, level }) => [policy, level]),
        [[RULE, "mandatory"]],
      );
    });

  it("says nothing final of a stack of which nothing is known", async () => {
    const { resources } = await runStack("dev", true);
    const blank = resources.map((resource) => ({
      ...resource,
      wire: struct(Object.fromEntries(Object.keys(resource.wire?.toJavaScript() ?? {}).map((key) => [key, UNKNOWN]))),
    }));
    const findings = await host.analyze(blank);
    assert.notEqual(findings.length, 0);
    assert.deepEqual(
      findings.filter(({ message }) => /can't run policy|could not be evaluated/.test(message)),
      [],
    );
  });

  it("says of a failing case of every rule what the SDK's functions say in the tests of the rules", async function () {
    this.timeout(120_000);
    for (const [rule, { fail }] of tested)
      for (const each of fail.slice(0, 1))
        assert.deepEqual(await reportedInHost(host, rule, each), expectedOf(each), `${rule.id}: ${each.title}`);
    assert.ok(tested.size >= 100);
  });
});
