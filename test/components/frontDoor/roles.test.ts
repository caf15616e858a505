import assert from "node:assert/strict";
import { checkSettings } from "../../../contract/config/check";
import { TYPES } from "../../../local/program/graph";
import { packOf } from "../../../policy/pack/pack";
import { RULES } from "../../../policy/rules";
import { functionReservedConcurrency } from "../../../policy/rules/functions/reservedConcurrency";
import { FrontDoor, type FrontDoorArgs } from "../../../components/index";
import { analyze } from "../../policy/support/sdk";
import { MODES, record, RUNTIME_ARN } from "../../support/program/components";

/** A stack with every role that there is. */
const EVERY: FrontDoorArgs = {
  sampleAgent: true,
  doors: ["bufferedApi", "streamingUrl", "streamingApi"],
  apiAuth: "jwt",
  jwt: { issuer: "https://login.mycompany.dev/", audience: ["agent"] },
  edge: true,
  edgeSigner: true,
  ownsAccountLogging: true,
};
const boundary = "arn:aws:iam::123456789012:policy/boundary";
const roles = { permissionsBoundaryArn: boundary, rolePath: "/agents/" };

describe("the roles of a stack", () => {
  for (const { mode, preview } of MODES)
    it(`all have the boundary and the path, and the policy pack has nothing to say, ${mode}`, async () => {
      const graph = await record(preview, () => {
        new FrontDoor("door", { ...EVERY, ...roles });
      });
      const found = graph.all(TYPES.role);
      assert.equal(found.length, 7, found.map(({ name }) => name).join(", "));
      for (const { name, inputs } of found)
        assert.deepEqual([inputs["permissionsBoundary"], inputs["path"]], [boundary, "/agents/"], name);
      const { findings } = await analyze(packOf(RULES), graph.resources, {});
      const others = findings.filter(
        ({ policy }) =>
          !policy.startsWith(functionReservedConcurrency.id) && !(preview && policy.endsWith("-unproven")),
      );
      assert.deepEqual(
        others.map(({ policy, message }) => `${policy}: ${message}`),
        [],
      );
    });

  it("have neither by default", async () => {
    const graph = await record(false, () => {
      new FrontDoor("door", EVERY);
    });
    for (const { inputs } of graph.all(TYPES.role))
      assert.deepEqual([inputs["permissionsBoundary"], inputs["path"]], [undefined, undefined]);
  });

  for (const [config, says] of [
    [
      { permissionsBoundaryArn: "boundary" },
      /`permissionsBoundaryArn` is "boundary", which is not the ARN of an IAM policy/,
    ],
    [{ permissionsBoundaryArn: "arn:aws:iam::123456789012:role/x" }, /is not the ARN of an IAM policy/],
    [{ rolePath: "agents" }, /`rolePath` is "agents"\. Use a path that begins and ends with a slash/],
    [{ rolePath: "/a b/" }, /`rolePath` is/],
    [{ rolePath: `/${"a".repeat(512)}/` }, /`rolePath` is/],
    [{ rolePath: "" }, /`rolePath` is ""/],
  ] as const)
    it(`refuse ${JSON.stringify(config).slice(0, 60)}`, () => {
      assert.throws(() => checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...config }, "us-east-1"), says);
    });
});
