import assert from "node:assert/strict";
import { PrivateNetwork } from "../../../components/index";
import { AgentFunction } from "../../../components/function/agentFunction";
import { timeouts } from "../../../contract/aws/timeouts";
import { TYPES, type Graph } from "../../../local/program/graph";
import { assertSound, counts, MODES, only, record, RUNTIME_ARN, sources, wire } from "../../support/program/components";
import { statementsOf } from "../../support/program/iam";

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
    describe("PrivateNetwork", () => {
      const network = (change: object = {}) =>
        record(preview, () => {
          new PrivateNetwork("net", { agentRuntimeArns: [RUNTIME_ARN], ...change });
        });
      const policyOf = (graph: Graph, service: string) => {
        const endpoint = graph.all(TYPES.vpcEndpoint).find(({ name }) => name === `net-${service}`);
        assert.ok(endpoint);
        return statementsOf(endpoint.inputs["policy"]);
      };

      it("makes no endpoint that the VPC has, and one rule each way for each group of such endpoints", async () => {
        const [shared, other] = ["sg-0a1b2c3d4e5f6a718", "sg-0a1b2c3d4e5f6a719"];
        const graph = await record(preview, () => {
          new PrivateNetwork("net", {
            agentRuntimeArns: [RUNTIME_ARN],
            vpcId: "vpc-0a1b2c3d4e5f6a718",
            subnetIds: ["subnet-0a1b2c3d4e5f6a718", "subnet-0a1b2c3d4e5f6a719"],
            existingEndpoints: { logs: shared, xray: shared, "bedrock-agentcore": other },
          });
        });
        assertSound(graph);
        assert.deepEqual(graph.all(TYPES.vpcEndpoint), []);
        const peers = (type: string, property: string) =>
          graph.all(type).flatMap(({ inputs }) => [inputs[property]].filter((id) => id === shared || id === other));
        assert.deepEqual(peers(TYPES.securityGroupEgressRule, "referencedSecurityGroupId").sort(), [shared, other]);
        assert.deepEqual(peers(TYPES.securityGroupIngressRule, "securityGroupId").sort(), [shared, other]);
      });

      it("refuses a service that it does not know", async () => {
        const make = () =>
          new PrivateNetwork("net", { agentRuntimeArns: [RUNTIME_ARN], existingEndpoints: { sts: "sg-0a1b2c3d" } });
        await assert.rejects(
          record(preview, make),
          /`existingEndpoints` of net is "sts"\. Use bedrock-agentcore, logs or xray/,
        );
      });

      it("is subnets without a gateway, and endpoints that functions reach on 443", async () => {
        const graph = await network();
        assertSound(graph);
        assert.deepEqual(counts(graph), {
          [TYPES.securityGroup]: 2,
          [TYPES.securityGroupEgressRule]: 1,
          [TYPES.securityGroupIngressRule]: 1,
          [TYPES.vpcEndpoint]: 3,
        });
        const egress = only(graph, TYPES.securityGroupEgressRule);
        assert.deepEqual(sources(graph, egress, "securityGroupId"), ["SecurityGroup net-functions"]);
        assert.deepEqual(sources(graph, egress, "referencedSecurityGroupId"), ["SecurityGroup net-endpoints"]);
        assert.deepEqual([egress.inputs["fromPort"], egress.inputs["toPort"]], [443, 443]);
        for (const endpoint of graph.all(TYPES.vpcEndpoint)) {
          assert.equal(endpoint.inputs["privateDnsEnabled"], true);
          assert.deepEqual(sources(graph, endpoint, "subnetIds"), ["Vpc net-vpc"]);
          assert.deepEqual(sources(graph, endpoint, "securityGroupIds"), ["SecurityGroup net-endpoints"]);
        }
      });

      it("lets only the front door's calls through", async () => {
        const graph = await network();
        const [agentCore] = policyOf(graph, "bedrock-agentcore");
        assert.deepEqual(agentCore?.Action, [
          "bedrock-agentcore:InvokeAgentRuntime",
          "bedrock-agentcore:StopRuntimeSession",
        ]);
        assert.deepEqual(agentCore.Resource, [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/*`]);
        assert.deepEqual(agentCore.Condition, { StringEquals: { "aws:PrincipalAccount": "123456789012" } });
        const [logs] = policyOf(graph, "logs");
        assert.equal(logs?.Resource, "arn:aws:logs:us-east-1:123456789012:log-group:*");
      });

      it("asks no principal of a bearer token", async () => {
        const [agentCore] = policyOf(await network({ runtimeAuth: "oauth" }), "bedrock-agentcore");
        assert.equal(agentCore?.Condition, undefined);
      });

      it("takes an existing VPC, and gives private APIs an endpoint that its addresses reach", async () => {
        const subnetIds = ["subnet-1", "subnet-2"];
        const graph = await network({ vpcId: "vpc-1", subnetIds, executeApi: true, tracing: false });
        assert.equal(graph.all(TYPES.vpc).length, 0);
        assert.deepEqual(
          graph.all(TYPES.vpcEndpoint).map(({ name }) => name),
          ["net-bedrock-agentcore", "net-execute-api", "net-logs"],
        );
        for (const { inputs } of graph.all(TYPES.vpcEndpoint)) assert.deepEqual(inputs["subnetIds"], subnetIds);
        const callers = graph.all(TYPES.securityGroupIngressRule).find(({ name }) => name === "net-callers-in");
        assert.equal(callers?.inputs["cidrIpv4"], "10.0.0.0/16");
      });
    });

    it("AgentFunction in a network lets Lambda, and not its own code, make network interfaces", async () => {
      const graph = await record(preview, () => {
        const { subnetIds, securityGroupIds } = new PrivateNetwork("net", { agentRuntimeArns: [RUNTIME_ARN] });
        new AgentFunction("agent", {
          agentRuntimeArn: RUNTIME_ARN,
          door: "streamingApi",
          entry: "streaming",
          timeouts: timeouts("streaming", 300),
          tracing: false,
          network: { subnetIds, securityGroupIds },
        });
      });
      assertSound(graph);
      const fn = only(graph, TYPES.function);
      assert.deepEqual(sources(graph, fn, "vpcConfig").sort(), ["SecurityGroup net-functions", "Vpc net-vpc"]);
      assert.deepEqual(fn.inputs["tracingConfig"], { mode: "PassThrough" });
      if (preview) return;
      const policies = graph.all(TYPES.rolePolicy).map((policy) => wire(policy)["policy"]);
      const wild = policies.flatMap(statementsOf).filter(({ Resource }) => Resource === "*");
      assert.deepEqual(
        wild.map(({ Sid, Condition }) => [Sid, Condition]),
        [["AttachToSubnets", { Null: { "lambda:SourceFunctionArn": "true" } }]],
      );
    });

    it("AgentFunction in a network keeps its role's rights until a security group of its own is deleted", async () => {
      const graph = await record(preview, () => {
        const { vpcId, subnetIds, securityGroupIds } = new PrivateNetwork("net", { agentRuntimeArns: [RUNTIME_ARN] });
        new AgentFunction("agent", {
          agentRuntimeArn: RUNTIME_ARN,
          door: "streamingApi",
          entry: "streaming",
          timeouts: timeouts("streaming", 300),
          network: { vpcId, subnetIds, securityGroupIds },
        });
      });
      assertSound(graph);
      const fn = only(graph, TYPES.function);
      const groups = ["SecurityGroup agent-interfaces", "SecurityGroup net-functions", "Vpc net-vpc"];
      assert.deepEqual(sources(graph, fn, "vpcConfig").sort(), groups);
      const group = graph.all(TYPES.securityGroup).find(({ name }) => name === "agent-interfaces");
      const rights = graph.all(TYPES.rolePolicy).find(({ name }) => name === "agent-network-policy");
      assert.ok(group && rights);
      assert.deepEqual(sources(graph, group, "vpcId"), ["Vpc net-vpc"]);
      assert.ok(group.dependencies.includes(rights.urn));
      assert.deepEqual(sources(graph, rights, "role"), ["Role agent-role"]);
    });
  });
}
