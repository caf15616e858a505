import assert from "node:assert/strict";
import { TYPES, type Graph } from "../../local/graph/graph";
import { only, sources } from "../support/components";

interface Expectation {
  /** How many resources of each type, components left out. */
  readonly counts: Readonly<Record<string, number>>;
  /** Asserts where values come from: ARNs and ids are unknown in a preview, their sources are not. */
  readonly wiring?: (graph: Graph) => void;
}

const FUNCTION = { [TYPES.function]: 1, [TYPES.logGroup]: 1, [TYPES.role]: 1, [TYPES.rolePolicy]: 1 };

const REST_DOOR = {
  ...FUNCTION,
  [TYPES.restApi]: 1,
  [TYPES.model]: 1,
  [TYPES.requestValidator]: 1,
  [TYPES.resource]: 2,
  [TYPES.method]: 4,
  [TYPES.integration]: 4,
  [TYPES.response]: 3,
  [TYPES.deployment]: 1,
  [TYPES.stage]: 1,
  // The function's and the access log.
  [TYPES.logGroup]: 2,
  [TYPES.methodSettings]: 1,
  [TYPES.permission]: 1,
  [TYPES.webAclAssociation]: 1,
};

const WEB_ACL = { [TYPES.webAcl]: 1 };

function sum(...parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const part of parts) for (const [type, n] of Object.entries(part)) total[type] = (total[type] ?? 0) + n;
  return total;
}

function restWiring(graph: Graph): void {
  const [stage, association] = [only(graph, TYPES.stage), only(graph, TYPES.webAclAssociation)];
  assert.deepEqual(sources(graph, association, "resourceArn"), [`Stage ${stage.name}`]);
  assert.deepEqual(sources(graph, association, "webAclArn"), ["WebAcl front-door-web-acl"]);
  for (const integration of graph.all(TYPES.integration)) {
    assert.deepEqual(sources(graph, integration, "uri"), [`Function ${only(graph, TYPES.function).name}`]);
  }
}

/** What each stack of test/stacks registers. */
export const STACKS: Readonly<Record<string, Expectation>> = {
  buffered: { counts: sum(REST_DOOR, WEB_ACL), wiring: restWiring },
  streaming: { counts: sum(REST_DOOR, WEB_ACL), wiring: restWiring },
  url: {
    counts: sum(FUNCTION, { [TYPES.functionUrl]: 1, [TYPES.permission]: 2 }),
    wiring: (graph) => {
      const fn = `Function ${only(graph, TYPES.function).name}`;
      assert.deepEqual(sources(graph, only(graph, TYPES.functionUrl), "functionName"), [fn]);
      for (const permission of graph.all(TYPES.permission)) {
        assert.deepEqual(sources(graph, permission, "function"), [fn]);
      }
    },
  },
};
