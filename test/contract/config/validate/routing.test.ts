import assert from "node:assert/strict";
import { isPackedAgents, packAgents, unpackAgents } from "../../../../contract/runtime/agents";
import { checkSettings } from "../../../../contract/config/check";
import type { StackConfig } from "../../../../contract/config/schema";
import { RUNTIME_ARN } from "../../../support/program/components";

const OTHER = RUNTIME_ARN.replace("my_agent", "other_agent");
const EUROPE = RUNTIME_ARN.replace("us-east-1", "eu-west-1");
const ROLE = "arn:aws:iam::123456789012:role/ops/break-glass";
const agents = (count: number, agent: object = { agentRuntimeArn: OTHER }) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`agent-${index}`, agent]));

/** The largest possible agent entry. Only a few of these fit. */
const LONG = {
  agentRuntimeArn: RUNTIME_ARN.replace("my_agent", "a".repeat(48)),
  qualifier: "q".repeat(48),
  canary: { qualifier: "c".repeat(48), weight: 50 },
};

describe("mistakes in routing, locks and limits", () => {
  const good: StackConfig = { agentRuntimeArn: RUNTIME_ARN };
  const check = (change: object, region: string | undefined = "us-east-1") =>
    checkSettings({ ...good, ...(change as StackConfig) }, region);

  for (const change of [
    { agents: agents(16) },
    { agents: { a: { agentRuntimeArn: OTHER, qualifier: "live", canary: { qualifier: "next", weight: 1 } } } },
    { agents: { a: { agentRuntimeArn: OTHER, canary: {} } }, agentRuntimeArn: "" },
    { agents: { a: { agentRuntimeArn: OTHER, dialect: "strands" } } },
    { canary: { qualifier: "next", weight: 99 } },
    { sampleAgent: true, agentRuntimeArn: "", canary: { qualifier: "next", weight: 10 } },
    { lockRuntime: true, breakGlassPrincipals: [ROLE] },
    { provisionedConcurrency: 3 },
    { reservedConcurrency: -1, provisionedConcurrency: 3 },
    { reservedConcurrency: 0 },
    { reservedConcurrency: 3, provisionedConcurrency: 3 },
  ]) {
    it(`takes ${JSON.stringify(change).slice(0, 120)}`, () => {
      check(change);
    });
  }

  for (const [change, says] of [
    [{ agentRuntimeArn: "" }, /nothing to call: `agentRuntimeArn` and `agents` are empty.*`sampleAgent` to true/],
    [{ agentRuntimeArn: 7 }, /`agentRuntimeArn` is 7, which is not the ARN/],
    [{ sampleAgent: true }, /`agentRuntimeArn` and `sampleAgent` are both set.*Leave one of them out/],
    [{ sampleAgent: "yes" }, /`sampleAgent` is "yes"\. Use true or false/],
    [{ sampleAgent: true, agentRuntimeArn: "", runtimeAuth: "oauth" }, /no JWT authorizer.*Set `runtimeAuth` to sigv4/],
    [{ agents: [] }, /`agents` is \[\]\. Use an object/],
    [{ agents: { Billing: { agentRuntimeArn: OTHER } } }, /`agents` has the name "Billing".*lower-case letter/],
    [{ agents: { "1st": { agentRuntimeArn: OTHER } } }, /`agents` has the name "1st"/],
    [{ agents: { ["a".repeat(33)]: { agentRuntimeArn: OTHER } } }, /up to 31 lower-case letters, digits or hyphens/],
    [{ agents: { default: { agentRuntimeArn: OTHER } } }, /name "default", which logs and metrics give/],
    [{ agents: agents(17) }, /`agents` names 17 agents\. Use 16 at the most.*4096 bytes/],
    [{ agents: agents(16, LONG) }, /`agents` needs \d+ bytes.*room for 3328 \(Lambda's 4096/],
    [{ agents: { a: OTHER } }, /`agents\.a` is "arn.*Use an object with `agentRuntimeArn`/],
    [{ agents: { a: null } }, /`agents\.a` is null/],
    [{ agents: { a: {} } }, /`agents\.a\.agentRuntimeArn` is missing\. Set it to one like/],
    [
      { agents: { a: { agentRuntimeArn: `${OTHER}/runtime-endpoint/x` } } },
      /`agents\.a\.agentRuntimeArn`.*no endpoint/,
    ],
    [
      { agents: { a: { agentRuntimeArn: EUROPE } } },
      /`agents\.a\.agentRuntimeArn` is in eu-west-1.*deploys to us-east-1/,
    ],
    [
      { agents: { a: { agentRuntimeArn: OTHER, dialect: "strand" } } },
      /`agents\.a\.dialect` is "strand" \(did you mean `strands`\?\)\. Use strands, converse, .*plain, or leave it out/,
    ],
    [{ agents: { a: { agentRuntimeArn: OTHER, dialect: "OpenAI" } } }, /did you mean `openAi`/],
    [{ agents: { a: { agentRuntimeArn: OTHER, dialect: ["agUi"] } } }, /`agents\.a\.dialect` is \["agUi"\]\. Use/],
    [{ agents: { a: { agentRuntimeArn: OTHER, dialect: null } } }, /`agents\.a\.dialect` is null\. Use/],
    [{ agents: { a: { agentRuntimeArn: OTHER, weight: 3 } } }, /`agents\.a\.weight` does not exist/],
    [{ agents: { a: { agentRuntimeArn: OTHER, qualifer: "x" } } }, /`agents\.a\.qualifer`.*did you mean `qualifier`/],
    [
      { agents: { a: { agentRuntimeArn: OTHER, qualifier: "my-endpoint" } } },
      /`agents\.a\.qualifier` is "my-endpoint"/,
    ],
    [
      { agents: { a: { agentRuntimeArn: OTHER, canary: { qualifier: "DEFAULT", weight: 5 } } } },
      /`agents\.a\.canary\.qualifier` is "DEFAULT", the endpoint that all other sessions meet/,
    ],
    [{ canary: { qualifier: "next", weight: 0 } }, /`canary\.weight` is 0.*1 to 99.*leave the canary out/],
    [{ canary: { qualifier: "next", weight: 100 } }, /`canary\.weight` is 100.*make it the `qualifier`/],
    [{ canary: { qualifier: "next", weight: "20" } }, /`canary\.weight` is "20"/],
    [{ canary: { qualifier: "next" } }, /`canary` is \{"qualifier":"next"\}, half a canary/],
    [{ canary: { weight: 20 } }, /half a canary/],
    [{ canary: { qualifier: "DEFAULT", weight: 20 } }, /`canary\.qualifier` is "DEFAULT", the endpoint that all other/],
    [
      { canary: { qualifier: "no-hyphen", weight: 20 } },
      /`canary\.qualifier` is "no-hyphen", which no runtime endpoint/,
    ],
    [{ canary: { qualifier: "next", weight: 20, percent: 3 } }, /`canary\.percent` does not exist/],
    [{ canary: 20 }, /`canary` is 20\. Use an object/],
    [
      { agentRuntimeArn: "", agents: agents(1), canary: { qualifier: "next", weight: 20 } },
      /`canary` is set, but there is no agent behind POST \/invoke/,
    ],
    [{ lockRuntime: 1 }, /`lockRuntime` is 1\. Use true or false/],
    [{ stopSession: "no" }, /`stopSession` is "no"/],
    [{ lockRuntime: true, runtimeAuth: "oauth" }, /`lockRuntime` is true and `runtimeAuth` is oauth.*no IAM principal/],
    [
      { lockRuntime: true, agents: { a: { agentRuntimeArn: OTHER.replace("123456789012", "210987654321") } } },
      /the accounts 123456789012 and 210987654321\. Only its own account/,
    ],
    [{ lockRuntime: true, breakGlassPrincipals: ["*"] }, /`breakGlassPrincipals` contains "\*".*aws:PrincipalArn/],
    [
      { lockRuntime: true, breakGlassPrincipals: ["arn:aws:sts::123456789012:assumed-role/ops/me"] },
      /`breakGlassPrincipals` contains "arn:aws:sts/,
    ],
    [{ lockRuntime: true, breakGlassPrincipals: ROLE }, /Use a list of ARNs/],
    [{ lockRuntime: true, breakGlassPrincipals: [ROLE, ROLE] }, /names the principal.*twice/],
    [{ breakGlassPrincipals: [ROLE] }, /`breakGlassPrincipals`.*`lockRuntime` is false: nobody is locked out/],
    [{ reservedConcurrency: -2 }, /`reservedConcurrency` is -2.*1000 unless its quota was raised, of which 100 stay/],
    [{ reservedConcurrency: 1.5 }, /`reservedConcurrency` is 1\.5/],
    [{ reservedConcurrency: null }, /`reservedConcurrency` is null/],
    [{ provisionedConcurrency: -1 }, /`provisionedConcurrency` is -1/],
    [
      { provisionedConcurrency: 51, reservedConcurrency: 50 },
      /`provisionedConcurrency` is 51, but `reservedConcurrency` is 50/,
    ],
    [{ provisionedConcurrency: 1, reservedConcurrency: 0 }, /`reservedConcurrency` is 0, which turns the doors off/],
  ] as [object, RegExp][]) {
    it(`refuses ${JSON.stringify(change).slice(0, 140)}`, () => {
      assert.throws(() => check(change), says);
    });
  }

  it("refuses runtimes of two regions also where the stack's region is not known", () => {
    assert.throws(
      () => checkSettings({ ...good, agents: { a: { agentRuntimeArn: EUROPE } } }, undefined),
      /`agents\.a\.agentRuntimeArn` is in aws eu-west-1, but `agentRuntimeArn` is in aws us-east-1/,
    );
  });

  it("never throws anything but a refusal, whatever the types", () => {
    const keys = ["agentRuntimeArn", "qualifier", "agents", "canary", "sampleAgent", "lockRuntime"] as const;
    const others = ["breakGlassPrincipals", "stopSession", "reservedConcurrency", "provisionedConcurrency"] as const;
    class Refused extends Error {}
    for (const key of [...keys, ...others]) {
      for (const value of [null, 7, "x", true, [], [[]], {}, { a: null }, { a: [[]] }, { a: { canary: 3 } }, [null]]) {
        try {
          checkSettings({ ...good, lockRuntime: true, [key]: value }, "us-east-1", Refused);
        } catch (error) {
          assert.ok(error instanceof Refused, `${key}: ${JSON.stringify(value)}: ${String(error)}`);
        }
      }
    }
  });
});

describe("agents in an environment variable", () => {
  it("come out as they went in", () => {
    const packed = packAgents({
      one: { agentRuntimeArn: RUNTIME_ARN },
      two: { agentRuntimeArn: OTHER, qualifier: "live", canary: { qualifier: "next", weight: 7 } },
      three: { agentRuntimeArn: OTHER, dialect: "agUi" },
      four: { agentRuntimeArn: OTHER, canary: { qualifier: "next", weight: 7 }, dialect: "strands" },
      five: { agentRuntimeArn: OTHER, answer: { text: "choices.0.text" } },
    });
    const read: unknown = JSON.parse(JSON.stringify(packed));
    assert.ok(isPackedAgents(read));
    assert.deepEqual(
      unpackAgents(read),
      new Map([
        ["one", { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined }],
        ["two", { runtimeArn: OTHER, qualifier: "live", canary: { qualifier: "next", weight: 7 } }],
        ["three", { runtimeArn: OTHER, qualifier: "DEFAULT", canary: undefined, dialect: "agUi" }],
        [
          "four",
          {
            runtimeArn: OTHER,
            qualifier: "DEFAULT",
            canary: { qualifier: "next", weight: 7 },
            dialect: "strands",
          },
        ],
        ["five", { runtimeArn: OTHER, qualifier: "DEFAULT", canary: undefined, dialect: "text:choices.0.text" }],
      ]),
    );
  });

  for (const wrong of [
    null,
    [],
    { one: RUNTIME_ARN },
    { one: ["x", "DEFAULT"] },
    { One: [RUNTIME_ARN, "DEFAULT"] },
    { one: [RUNTIME_ARN] },
    { one: [RUNTIME_ARN, "DEFAULT", "next"] },
    { one: [RUNTIME_ARN, "DEFAULT", "next", 100] },
    { one: [RUNTIME_ARN, "DEFAULT", "next", 10, "more"] },
    { one: [RUNTIME_ARN, "DEFAULT", "strand"] },
    { one: [RUNTIME_ARN, "DEFAULT", "strands", "next", 10] },
  ]) {
    it(`are not ${JSON.stringify(wrong)}`, () => {
      assert.equal(isPackedAgents(wrong), false);
    });
  }
});
