import assert from "node:assert/strict";
import { SampleAgent } from "../../components";
import { TYPES } from "../../local/program/graph";
import { Cloud } from "./provider/cloud";
import { engineSuite } from "./support/cli";
import { placeOf, withStack } from "./support/stack";

engineSuite("two stacks in one account", () => {
  it("each have a sample agent, firewall metrics and a dashboard", async () => {
    const cloud = new Cloud(placeOf("us-east-1"));
    const config = { sampleAgent: true, doors: ["bufferedApi"], dashboard: true };
    await withStack({ name: "preview-environment-101", cloud }, async (first) => {
      await first.up(config);
      await withStack({ name: "preview-environment-102", cloud }, async (second) => {
        await second.up(config);
        for (const type of [TYPES.agentRuntime, TYPES.dashboard, TYPES.webAcl]) assert.equal(cloud.all(type).length, 2);
        const metrics = cloud.all(TYPES.webAcl).map(({ inputs }) => JSON.stringify(inputs["visibilityConfig"]));
        assert.equal(new Set(metrics).size, 2);
        await second.destroy();
      });
      const { steps } = await first.preview();
      assert.deepEqual(steps, []);
      assert.equal(cloud.all(TYPES.agentRuntime).length, 1);
    });
  });
});

engineSuite("a sample agent that an earlier version made", () => {
  it("keeps its runtime and name, and its role may write that runtime's logs", async () => {
    let formerName: string | undefined = "a_front_door_sample_agent_test";
    const program = () => {
      new SampleAgent(
        "sample",
        {},
        {
          transformations: [
            ({ type, props, opts }) =>
              type === TYPES.agentRuntime && formerName !== undefined
                ? { props: { ...(props as object), agentRuntimeName: formerName }, opts }
                : undefined,
          ],
        },
      );
    };
    await withStack({ program }, async (stack) => {
      await stack.up({});
      const [before] = stack.cloud.all(TYPES.agentRuntime);
      formerName = undefined;
      const { steps } = await stack.up();
      assert.deepEqual(steps, []);
      const [runtime] = stack.cloud.all(TYPES.agentRuntime);
      assert.equal(runtime?.id, before?.id);
      const [rights] = stack.cloud.all(TYPES.rolePolicy);
      assert.match(String(rights?.inputs["policy"]), /runtimes\/a_front_door_sample_agent_test-\*/);
    });
  });
});
