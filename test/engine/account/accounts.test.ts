import assert from "node:assert/strict";
import { SampleAgent } from "../../../components/index";
import { TYPES } from "../../../local/program/graph";
import { Cloud } from "../provider/cloud/cloud";
import { engineSuite } from "../support/cli";
import { runtime } from "../support/config";
import { placeOf, withStack } from "../support/stack";

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

engineSuite("two private networks in one VPC", () => {
  it("share the endpoints of the first, which lets the functions and the runtime of the second through", async () => {
    const cloud = new Cloud(placeOf("us-east-1"));
    const [one, two] = [runtime("one"), runtime("two")];
    const vpc = {
      doors: ["bufferedApi"],
      privateNetwork: true,
      vpcId: "vpc-0a1b2c3d4e5f6a718",
      subnetIds: ["subnet-0a1b2c3d4e5f6a718", "subnet-0a1b2c3d4e5f6a719"],
    };
    await withStack({ name: "first", cloud }, async (first) => {
      await first.up({ ...vpc, agentRuntimeArn: one, endpointRuntimeArns: [two] });
      const group = cloud.all(TYPES.securityGroup).find(({ urn }) => urn.endsWith("network-endpoints"))?.id;
      assert.ok(group);
      await withStack({ name: "second", cloud }, async (second) => {
        await assert.rejects(second.up({ ...vpc, agentRuntimeArn: two }), /conflicting DNS domain/);
        const existingEndpoints = { "bedrock-agentcore": group, logs: group, xray: group };
        await second.up({ ...vpc, agentRuntimeArn: two, existingEndpoints });
        const { steps } = await second.preview();
        assert.deepEqual(steps, []);

        const endpoints = cloud.all(TYPES.vpcEndpoint);
        assert.equal(endpoints.length, 3);
        const agentCore = endpoints.find(({ inputs }) => String(inputs["serviceName"]).endsWith(".bedrock-agentcore"));
        assert.ok([one, two].every((arn) => String(agentCore?.inputs["policy"]).includes(`"${arn}"`)));
        for (const fn of ["first", "second"]) {
          const functions = cloud
            .all(TYPES.securityGroup)
            .find(({ urn }) => urn.includes(`:${fn}::`) && urn.endsWith("network-functions"))?.id;
          const between = ([type, from, to]: readonly [string, unknown, unknown]) =>
            cloud
              .all(type)
              .filter(({ inputs }) => inputs["securityGroupId"] === from && inputs["referencedSecurityGroupId"] === to)
              .length;
          assert.equal(between([TYPES.securityGroupEgressRule, functions, group]), 1, fn);
          assert.equal(between([TYPES.securityGroupIngressRule, group, functions]), 1, fn);
        }
      });
    });
  });
});
