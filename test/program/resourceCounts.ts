import assert from "node:assert/strict";
import { TYPES, type Graph } from "../../local/program/graph";
import { only, sources } from "../support/program/components";

export interface Expectation {
  /** Number of resources of each type, without components. */
  readonly counts: Readonly<Record<string, number>>;
  /** Asserts where values come from: in a preview ARNs and ids are unknown, but their sources are known. */
  readonly wiring?: (graph: Graph) => void;
}

export const FUNCTION = { [TYPES.function]: 1, [TYPES.logGroup]: 1, [TYPES.role]: 1, [TYPES.rolePolicy]: 1 };

export const REST_DOOR = {
  ...FUNCTION,
  [TYPES.restApi]: 1,
  [TYPES.model]: 1,
  [TYPES.requestValidator]: 1,
  // `/invoke`, `/{proxy+}`, `/agents`, `/agents/{agent}`, its `/invoke` and its `/{proxy+}`.
  [TYPES.resource]: 6,
  [TYPES.method]: 9,
  [TYPES.integration]: 9,
  [TYPES.response]: 6,
  [TYPES.restApiPolicy]: 1,
  [TYPES.deployment]: 1,
  [TYPES.stage]: 1,
  // The function's and the access log.
  [TYPES.logGroup]: 2,
  [TYPES.methodSettings]: 1,
  [TYPES.permission]: 1,
  [TYPES.webAclAssociation]: 1,
};

export const WEB_ACL = { [TYPES.webAcl]: 1, [TYPES.webAclLoggingConfiguration]: 1, [TYPES.logGroup]: 1 };

export const URL_DOOR = { ...FUNCTION, [TYPES.alias]: 1, [TYPES.functionUrl]: 1, [TYPES.permission]: 2 };

/** The key of the session ids at an anonymous edge. */
export const SESSION_KEY = { [TYPES.kmsKey]: 1 };

/** The URL door behind its distribution. The distribution's permissions replace the callers'. */
export const EDGE = {
  ...URL_DOOR,
  [TYPES.distribution]: 1,
  [TYPES.originAccessControl]: 1,
  [TYPES.responseHeadersPolicy]: 1,
};

export const EDGE_SIGNER = { [TYPES.function]: 1, [TYPES.role]: 1, [TYPES.rolePolicy]: 1 };

/** A key and its plan. */
export const API_KEY = { [TYPES.apiKey]: 1, [TYPES.usagePlan]: 1, [TYPES.usagePlanKey]: 1 };
/** For each REST API with a Lambda authorizer. */
export const LAMBDA_AUTHORIZER = { [TYPES.authorizer]: 1, [TYPES.permission]: 1 };
export const USER_POOL = {
  [TYPES.userPool]: 1,
  [TYPES.resourceServer]: 1,
  [TYPES.userPoolDomain]: 1,
  [TYPES.userPoolClient]: 1,
};
/** The preflights of four paths. */
export const CORS = {
  [TYPES.method]: 4,
  [TYPES.integration]: 4,
  [TYPES.methodResponse]: 4,
  [TYPES.integrationResponse]: 4,
};

export const SAMPLE_AGENT = {
  [TYPES.agentRuntime]: 1,
  [TYPES.bucket]: 1,
  [TYPES.bucketEncryption]: 1,
  [TYPES.bucketObject]: 1,
  [TYPES.bucketPolicy]: 1,
  [TYPES.bucketPublicAccessBlock]: 1,
  [TYPES.role]: 1,
  [TYPES.rolePolicy]: 1,
};

export function sum(...parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const part of parts) for (const [type, n] of Object.entries(part)) total[type] = (total[type] ?? 0) + n;
  return total;
}

export function restWiring(graph: Graph): void {
  const [stage, association] = [only(graph, TYPES.stage), only(graph, TYPES.webAclAssociation)];
  assert.deepEqual(sources(graph, association, "resourceArn"), [`Stage ${stage.name}`]);
  assert.deepEqual(sources(graph, association, "webAclArn"), ["WebAcl front-door-web-acl"]);
  for (const integration of graph.all(TYPES.integration)) {
    assert.deepEqual(sources(graph, integration, "uri"), [`Function ${only(graph, TYPES.function).name}`]);
  }
}
