import assert from "node:assert/strict";
import { TYPES, type Graph } from "../../local/program/graph";
import { only, sources } from "../support/program/components";
import { API_KEY, CORS, REST_DOOR, restWiring, sum, URL_DOOR, WEB_ACL, type Expectation } from "./resourceCounts";

const PRIVATE_REST_DOOR = without(REST_DOOR, TYPES.webAclAssociation);

/** What attaches a function to the network. */
const ATTACHED = { [TYPES.rolePolicy]: 1, [TYPES.securityGroup]: 1 };

/** Two security groups with one rule each, and endpoints for AgentCore, logs and traces. Another process builds the VPC component. */
const NETWORK = {
  [TYPES.securityGroup]: 2,
  [TYPES.securityGroupEgressRule]: 1,
  [TYPES.securityGroupIngressRule]: 1,
  [TYPES.vpcEndpoint]: 3,
};

function without(counts: Readonly<Record<string, number>>, type: string): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([each]) => each !== type));
}

function domainWiring(graph: Graph): void {
  const mappings = graph.all(TYPES.basePathMapping);
  assert.deepEqual(
    mappings.map(({ inputs }) => inputs["basePath"]),
    ["buffered", "streaming"],
  );
  for (const mapping of mappings) {
    const api = mapping.name.replace("-mapping", "");
    assert.deepEqual(sources(graph, mapping, "domainName"), ["DomainName front-door-domain"]);
    assert.deepEqual(sources(graph, mapping, "restApi"), [`RestApi ${api}`]);
    assert.deepEqual(sources(graph, mapping, "stageName"), [`Stage ${api}-stage`]);
  }
  for (const { inputs } of graph.all(TYPES.restApi)) assert.equal(inputs["disableExecuteApiEndpoint"], true);
  for (const record of graph.all(TYPES.record)) {
    assert.deepEqual(sources(graph, record, "aliases"), ["DomainName front-door-domain"]);
  }
}

function privateWiring(graph: Graph): void {
  const [vpc] = graph.resources.filter(({ type }) => type === TYPES.vpc);
  assert.deepEqual(vpc?.inputs["subnetSpecs"], [{ type: "Isolated" }]);
  assert.deepEqual(vpc.inputs["natGateways"], { strategy: "None" });
  const endpoint = "VpcEndpoint front-door-network-execute-api";
  for (const api of graph.all(TYPES.restApi)) {
    assert.deepEqual(sources(graph, api, "endpointConfiguration"), [endpoint]);
  }
  for (const policy of graph.all(TYPES.restApiPolicy)) {
    assert.deepEqual(sources(graph, policy, "policy").sort(), [
      `RestApi ${policy.name.replace("-policy", "")}`,
      endpoint,
    ]);
    for (const deployment of graph.all(TYPES.deployment).filter(({ parent }) => parent === policy.parent)) {
      assert.ok(deployment.dependencies.includes(policy.urn));
    }
  }
  for (const fn of graph.all(TYPES.function)) {
    assert.deepEqual(sources(graph, fn, "vpcConfig").sort(), [
      ...[`SecurityGroup ${fn.name}-interfaces`, "SecurityGroup front-door-network-functions"].sort(),
      "Vpc front-door-network-vpc",
    ]);
  }
}

/** What the stacks of stacks/ with a perimeter of their own register. */
export const NETWORK_STACKS: Readonly<Record<string, Expectation>> = {
  domain: {
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, {
      [TYPES.domainName]: 1,
      [TYPES.record]: 1,
      [TYPES.basePathMapping]: 2,
      [TYPES.methodSettings]: 2,
    }),
    wiring: domainWiring,
  },
  "resource-policy": {
    counts: sum(REST_DOOR, WEB_ACL, CORS),
    wiring: (graph) => {
      const policy = only(graph, TYPES.restApiPolicy);
      assert.deepEqual(sources(graph, policy, "policy"), ["RestApi front-door-streaming-api"]);
      assert.ok(only(graph, TYPES.deployment).dependencies.includes(policy.urn));
    },
  },
  private: {
    counts: sum(PRIVATE_REST_DOOR, PRIVATE_REST_DOOR, NETWORK, ATTACHED, ATTACHED, {
      [TYPES.securityGroup]: 1,
      [TYPES.securityGroupIngressRule]: 1,
      [TYPES.vpcEndpoint]: 1,
    }),
    wiring: privateWiring,
  },
  "private-existing": {
    counts: sum(
      REST_DOOR,
      WEB_ACL,
      NETWORK,
      ATTACHED,
      { [TYPES.account]: 1, [TYPES.role]: 1, [TYPES.rolePolicy]: 1 },
      { [TYPES.vpcEndpoint]: -1, [TYPES.securityGroupEgressRule]: 1, [TYPES.securityGroupIngressRule]: 1 },
    ),
    wiring: (graph) => {
      restWiring(graph);
      assert.deepEqual(sources(graph, only(graph, TYPES.function), "vpcConfig").sort(), [
        "SecurityGroup front-door-network-functions",
        "SecurityGroup front-door-streaming-api-fn-interfaces",
      ]);
      assert.deepEqual(sources(graph, only(graph, TYPES.stage), "accessLogSettings").sort(), [
        "Account front-door-account-logging",
        "LogGroup front-door-streaming-api-access-log",
      ]);
    },
  },
  all: {
    counts: sum(REST_DOOR, REST_DOOR, API_KEY, WEB_ACL, URL_DOOR),
    wiring: (graph) => {
      for (const association of graph.all(TYPES.webAclAssociation)) {
        const [stage] = sources(graph, association, "resourceArn");
        assert.equal(stage, `Stage ${association.name.replace(/-waf$/, "-stage")}`);
      }
    },
  },
};
