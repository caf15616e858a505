import assert from "node:assert/strict";
import { checkSettings } from "../../../contract/config/check";
import { TYPES } from "../../../local/program/graph";
import { FrontDoor, type FrontDoorArgs } from "../../../components/index";
import { MODES, only, record, RUNTIME_ARN } from "../../support/program/components";

const id = "12345678-1234-1234-1234-123456789012";
const regional = `arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mine/${id}`;
const global = `arn:aws:wafv2:us-east-1:123456789012:global/webacl/mine/${id}`;
const STACK: FrontDoorArgs = {
  agentRuntimeArn: RUNTIME_ARN,
  doors: ["streamingUrl", "streamingApi"],
  edge: true,
};

describe("web ACLs of the stack's owner", () => {
  for (const { mode, preview } of MODES)
    it(`are those of stage and distribution, and none is made, ${mode}`, async () => {
      const graph = await record(preview, () => {
        new FrontDoor("door", { ...STACK, webAclArn: regional, edgeWebAclArn: global });
      });
      assert.deepEqual(graph.all(TYPES.webAcl), []);
      assert.equal(only(graph, TYPES.webAclAssociation).inputs["webAclArn"], regional);
      assert.equal(only(graph, TYPES.distribution).inputs["webAclId"], global);
    });

  it("are made where the config names none", async () => {
    const graph = await record(false, () => {
      new FrontDoor("door", { ...STACK, webAclArn: regional });
    });
    assert.equal(only(graph, TYPES.webAcl).inputs["scope"], "CLOUDFRONT");
  });

  for (const [config, says] of [
    [{ webAclArn: "mine" }, /`webAclArn` is "mine", which is not the ARN of a web ACL of scope REGIONAL/],
    [{ webAclArn: global }, /which is not the ARN of a web ACL of scope REGIONAL/],
    [
      { webAclArn: regional.replace("us-east-1", "eu-west-1") },
      /`webAclArn` is in eu-west-1, but must be in us-east-1/,
    ],
    [{ doors: ["streamingUrl"], webAclArn: regional }, /`webAclArn` is set, but the stack has no public REST door/],
    [{ edgeWebAclArn: regional }, /`edgeWebAclArn` is .* of scope CLOUDFRONT/],
    [{ edge: false, edgeWebAclArn: global }, /`edgeWebAclArn` is set without an edge/],
    [
      { webAclArn: regional, edgeWebAclArn: global, wafBlockIps: ["203.0.113.0/24"] },
      /rules of the web ACLs that the stack makes, and it makes none/,
    ],
  ] as const)
    it(`are refused with the remedy: ${JSON.stringify(config).slice(0, 70)}`, () => {
      const { agentRuntimeArn, doors, edge } = { ...STACK, agentRuntimeArn: RUNTIME_ARN };
      const base = { agentRuntimeArn, ...(doors && { doors }), ...(edge !== undefined && { edge }) };
      assert.throws(() => checkSettings({ ...base, ...(config as object) }, "us-east-1"), says);
    });
});
