import assert from "node:assert/strict";
import { TYPES, type Graph } from "../../local/program/graph";
import { only, sources } from "../support/program/components";
import {
  type Expectation,
  FUNCTION,
  REST_DOOR,
  WEB_ACL,
  EDGE,
  EDGE_SIGNER,
  SESSION_KEY,
  API_KEY,
  LAMBDA_AUTHORIZER,
  USER_POOL,
  CORS,
  URL_DOOR,
  SAMPLE_AGENT,
  sum,
  restWiring,
} from "./resourceCounts";
import { NETWORK_STACKS } from "./networkExpectations";

/** Checks that every method has this authorization; preflights are open. */
function authWiring(authorization: string, { key, scopes }: { key: boolean; scopes?: string[] }) {
  return (graph: Graph): void => {
    for (const method of graph.all(TYPES.method)) {
      const { inputs, name } = method;
      if (inputs["httpMethod"] === "OPTIONS") {
        assert.equal(inputs["authorization"], "NONE");
        continue;
      }
      const given = [inputs["authorization"], inputs["apiKeyRequired"], inputs["authorizationScopes"]];
      assert.deepEqual(given, [authorization, key, scopes], name);
      const api = sources(graph, method, "restApi");
      const [authorizer] = graph.all(TYPES.authorizer).filter((each) => sameText(sources(graph, each, "restApi"), api));
      assert.deepEqual(sources(graph, method, "authorizerId"), authorizer ? [`Authorizer ${authorizer.name}`] : []);
    }
    for (const deployment of graph.all(TYPES.deployment)) {
      const api = sources(graph, deployment, "restApi");
      for (const authorizer of graph.all(TYPES.authorizer)) {
        const own = sameText(sources(graph, authorizer, "restApi"), api);
        assert.equal(deployment.dependencies.includes(authorizer.urn), own, "the snapshot holds its authorizer");
      }
    }
  };
}

const sameText = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** Checks that each key's plan includes every stage and only that key. */
function keyWiring(graph: Graph): void {
  const stages = graph.all(TYPES.stage).map(({ name }) => `Stage ${name}`);
  for (const plan of graph.all(TYPES.usagePlan)) {
    const opened = sources(graph, plan, "apiStages").filter((name) => name.startsWith("Stage "));
    assert.deepEqual(opened.sort(), stages);
  }
  for (const membership of graph.all(TYPES.usagePlanKey)) {
    const key = membership.name.replace(/-membership$/, "");
    assert.deepEqual(sources(graph, membership, "keyId"), [`ApiKey ${key}`]);
    assert.deepEqual(sources(graph, membership, "usagePlanId"), [`UsagePlan ${key}-plan`]);
  }
}

/** Checks that each API's authorizer calls the one function, and that only these authorizers may call it. */
function jwtWiring(graph: Graph): void {
  for (const authorizer of graph.all(TYPES.authorizer)) {
    assert.deepEqual(sources(graph, authorizer, "authorizerUri"), ["Function front-door-jwt-authorizer"]);
    const permission = graph.all(TYPES.permission).find(({ name }) => name === `${authorizer.name}-permission`);
    assert.ok(permission);
    assert.deepEqual(sources(graph, permission, "function"), ["Function front-door-jwt-authorizer"]);
    const api = authorizer.name.replace(/-authorizer$/, "");
    assert.deepEqual(sources(graph, permission, "sourceArn").sort(), [
      `Authorizer ${authorizer.name}`,
      `RestApi ${api}`,
    ]);
  }
}

function operationsWiring(graph: Graph): void {
  const [dashboard] = graph.all(TYPES.dashboard);
  assert.ok(dashboard);
  const shown = sources(graph, dashboard, "dashboardBody");
  for (const name of ["buffered-api-fn", "streaming-url-fn", "streaming-api-fn"]) {
    assert.ok(shown.includes(`Function front-door-${name}`), `the dashboard shows ${name}`);
  }
  assert.equal(shown.filter((source) => source.startsWith("MetricAlarm ")).length, graph.all(TYPES.metricAlarm).length);
  for (const alarm of graph.all(TYPES.metricAlarm)) {
    const [, door] = /^front-door-operations-(\w+)-(?:errors|throttles|latency)$/.exec(alarm.name) ?? [];
    const kebab = door?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (kebab) assert.deepEqual(sources(graph, alarm, "dimensions"), [`Function front-door-${kebab}-fn`]);
    assert.deepEqual(alarm.inputs["alarmActions"], ["arn:aws:sns:us-east-1:123456789012:on-call"]);
  }
  for (const { inputs } of graph.all(TYPES.logGroup)) assert.match(String(inputs["kmsKeyId"]), /^arn:aws:kms:/);
}

function edgeWiring(graph: Graph): void {
  const distribution = only(graph, TYPES.distribution);
  const fn = "Function front-door-streaming-url-fn";
  assert.deepEqual(sources(graph, distribution, "webAclId"), ["WebAcl front-door-edge-web-acl"]);
  assert.deepEqual(sources(graph, distribution, "origins").sort(), [
    "FunctionUrl front-door-streaming-url-url",
    "OriginAccessControl front-door-edge-oac",
  ]);
  for (const permission of graph.all(TYPES.permission)) {
    assert.equal(permission.inputs["principal"], "cloudfront.amazonaws.com");
    assert.deepEqual(sources(graph, permission, "sourceArn"), [`Distribution ${distribution.name}`]);
    assert.deepEqual(sources(graph, permission, "function"), [fn]);
  }
  const logging = only(graph, TYPES.webAclLoggingConfiguration);
  assert.deepEqual(sources(graph, logging, "resourceArn"), ["WebAcl front-door-edge-web-acl"]);
  assert.deepEqual(sources(graph, logging, "logDestinationConfigs"), ["LogGroup front-door-edge-web-acl-logs"]);
  for (const { inputs } of [logging, only(graph, TYPES.webAcl)]) assert.equal(inputs["region"], "us-east-1");
}

function sessionKeyWiring(graph: Graph): void {
  edgeWiring(graph);
  const key = "Key front-door-streaming-url-fn-session-key";
  assert.ok(sources(graph, only(graph, TYPES.function), "environment").includes(key));
  assert.ok(sources(graph, only(graph, TYPES.rolePolicy), "policy").includes(key));
}

function edgeSignerWiring(graph: Graph): void {
  edgeWiring(graph);
  const distribution = only(graph, TYPES.distribution);
  assert.deepEqual(sources(graph, distribution, "defaultCacheBehavior").sort(), [
    "Function front-door-edge-signer",
    "ResponseHeadersPolicy front-door-edge-headers",
  ]);
  for (const record of graph.all(TYPES.record)) {
    assert.deepEqual(sources(graph, record, "aliases"), ["Distribution front-door-edge"]);
  }
}

function listsWiring(graph: Graph): void {
  restWiring(graph);
  assert.deepEqual(sources(graph, only(graph, TYPES.webAcl), "rules").sort(), [
    "IpSet front-door-web-acl-allow-v4",
    "IpSet front-door-web-acl-allow-v6",
    "IpSet front-door-web-acl-block-v4",
  ]);
}

/** What each stack in stacks/ registers. */
export const STACKS: Readonly<Record<string, Expectation>> = {
  ...NETWORK_STACKS,
  "api-key": {
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, API_KEY, API_KEY),
    wiring: (graph) => {
      authWiring("NONE", { key: true })(graph);
      keyWiring(graph);
      const [partner, website] = graph.all(TYPES.usagePlan).map(({ inputs }) => inputs);
      assert.deepEqual(partner?.["quotaSettings"], { limit: 1000, period: "DAY" });
      assert.deepEqual(website?.["throttleSettings"], { rateLimit: 20, burstLimit: 40 });
    },
  },
  cognito: {
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, CORS, CORS, USER_POOL, { [TYPES.authorizer]: 2 }),
    wiring: (graph) => {
      authWiring("COGNITO_USER_POOLS", { key: false, scopes: ["agent/invoke"] })(graph);
      for (const authorizer of graph.all(TYPES.authorizer)) {
        assert.deepEqual(sources(graph, authorizer, "providerArns"), ["UserPool front-door-user-pool"]);
      }
      for (const [type, name] of [
        [TYPES.userPoolClient, "client"],
        [TYPES.userPoolDomain, "domain"],
        [TYPES.resourceServer, "server"],
      ] as const) {
        const resource = only(graph, type);
        assert.equal(resource.name, `front-door-user-pool-${name}`);
        assert.deepEqual(sources(graph, resource, "userPoolId"), ["UserPool front-door-user-pool"]);
      }
    },
  },
  "cognito-existing": {
    counts: sum(REST_DOOR, WEB_ACL, { [TYPES.authorizer]: 1 }),
    wiring: authWiring("COGNITO_USER_POOLS", { key: false, scopes: ["my-api/invoke"] }),
  },
  jwt: {
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, FUNCTION, LAMBDA_AUTHORIZER, LAMBDA_AUTHORIZER),
    wiring: (graph) => {
      authWiring("CUSTOM", { key: false })(graph);
      jwtWiring(graph);
    },
  },
  "jwt-with-key": {
    counts: sum(REST_DOOR, WEB_ACL, FUNCTION, LAMBDA_AUTHORIZER, API_KEY),
    wiring: (graph) => {
      authWiring("CUSTOM", { key: true })(graph);
      jwtWiring(graph);
      keyWiring(graph);
    },
  },
  custom: {
    counts: sum(REST_DOOR, WEB_ACL, LAMBDA_AUTHORIZER),
    wiring: (graph) => {
      authWiring("CUSTOM", { key: false })(graph);
      const permission = graph.all(TYPES.permission).find(({ inputs }) => "qualifier" in inputs);
      assert.equal(permission?.inputs["qualifier"], "live");
      assert.equal(permission.inputs["function"], "arn:aws:lambda:us-east-1:123456789012:function:my-authorizer");
      assert.match(
        String(only(graph, TYPES.authorizer).inputs["authorizerUri"]),
        /^arn:aws:apigateway:us-east-1:lambda:path\/2015-03-31\/functions\/arn:aws:.*:my-authorizer:live\/invocations$/,
      );
    },
  },
  "public-edge": { counts: sum(EDGE, WEB_ACL, SESSION_KEY), wiring: sessionKeyWiring },
  "public-edge-users": { counts: sum(EDGE, WEB_ACL), wiring: edgeWiring },
  "public-edge-signer": {
    counts: sum(EDGE, EDGE_SIGNER, WEB_ACL, SESSION_KEY, { [TYPES.record]: 2 }),
    wiring: edgeSignerWiring,
  },
  "waf-lists": { counts: sum(REST_DOOR, WEB_ACL, { [TYPES.ipSet]: 3 }), wiring: listsWiring },
  buffered: { counts: sum(REST_DOOR, WEB_ACL), wiring: restWiring },
  operations: {
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, URL_DOOR, {
      [TYPES.dashboard]: 1,
      // Five for each door, and those of the web ACL and the spend.
      [TYPES.metricAlarm]: 17,
    }),
    wiring: operationsWiring,
  },
  production: {
    // Two endpoints: the runtime's own and the default.
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, {
      [TYPES.resourcePolicy]: 2,
      [TYPES.dashboard]: 1,
      // Five a door, the web ACL's and the spend's.
      [TYPES.metricAlarm]: 12,
    }),
    wiring: (graph) => {
      for (const { inputs } of graph.all(TYPES.function)) assert.equal(inputs["reservedConcurrentExecutions"], 50);
    },
  },
  streaming: {
    counts: sum(REST_DOOR, WEB_ACL),
    wiring: (graph) => {
      restWiring(graph);
      // A new account has a quota of 10, and nothing to reserve.
      assert.equal(only(graph, TYPES.function).inputs["reservedConcurrentExecutions"], -1);
    },
  },
  url: {
    counts: sum(URL_DOOR),
    wiring: (graph) => {
      const fn = `Function ${only(graph, TYPES.function).name}`;
      assert.deepEqual(sources(graph, only(graph, TYPES.functionUrl), "functionName"), [fn]);
      for (const permission of graph.all(TYPES.permission)) {
        assert.deepEqual(sources(graph, permission, "function"), [fn]);
      }
    },
  },
  "two-agents-canary": {
    counts: sum(URL_DOOR, REST_DOOR, WEB_ACL),
    wiring: (graph) => {
      const named = graph.all(TYPES.method).filter(({ name }) => name.endsWith("agent-invoke-post"));
      assert.equal(named.length, 1);
      for (const method of named) {
        assert.deepEqual(sources(graph, method, "resourceId"), [
          "Resource front-door-streaming-api-agents-agent-invoke",
        ]);
        assert.deepEqual(sources(graph, method, "requestModels"), ["Model front-door-streaming-api-model"]);
        assert.deepEqual(sources(graph, method, "requestValidatorId"), [
          "RequestValidator front-door-streaming-api-validator",
        ]);
      }
      for (const integration of graph.all(TYPES.integration)) {
        assert.deepEqual(sources(graph, integration, "uri"), ["Function front-door-streaming-api-fn"]);
      }
    },
  },
  locked: {
    // For the runtime and its two endpoints.
    counts: sum(REST_DOOR, REST_DOOR, WEB_ACL, { [TYPES.resourcePolicy]: 3 }),
    wiring: (graph) => {
      for (const policy of graph.all(TYPES.resourcePolicy)) {
        assert.deepEqual(sources(graph, policy, "policy").sort(), [
          "Role front-door-buffered-api-fn-role",
          "Role front-door-streaming-api-fn-role",
        ]);
      }
    },
  },
  "sample-agent": {
    counts: sum(REST_DOOR, WEB_ACL, SAMPLE_AGENT),
    wiring: (graph) => {
      const runtime = only(graph, TYPES.agentRuntime);
      const from = `AgentcoreAgentRuntime ${runtime.name}`;
      assert.deepEqual(sources(graph, only(graph, TYPES.function), "environment"), [from]);
      const rights = graph.all(TYPES.rolePolicy).find(({ name }) => name === "front-door-streaming-api-fn-policy");
      assert.ok(rights);
      assert.deepEqual(sources(graph, rights, "policy").sort(), [from, "LogGroup front-door-streaming-api-fn-logs"]);
      assert.deepEqual(sources(graph, runtime, "roleArn"), ["Role front-door-sample-agent-role"]);
      assert.deepEqual(sources(graph, runtime, "agentRuntimeArtifact"), [
        "BucketObjectv2 front-door-sample-agent-package",
      ]);
    },
  },
  provisioned: {
    counts: sum(REST_DOOR, REST_DOOR, URL_DOOR, WEB_ACL, { [TYPES.alias]: 2, [TYPES.provisionedConcurrency]: 3 }),
    wiring: (graph) => {
      for (const integration of graph.all(TYPES.integration)) {
        const [source = "", ...others] = sources(graph, integration, "uri");
        assert.match(source, /^Alias front-door-(?:buffered|streaming)-api-fn-live$/);
        assert.deepEqual(others, []);
      }
      for (const resource of [...graph.all(TYPES.permission), only(graph, TYPES.functionUrl)]) {
        const [alias, ...url] = sources(graph, resource, "qualifier");
        assert.match(alias ?? "", /^Alias front-door-[a-z-]+-fn-live$/);
        // Callers follow the URL, which may be on the function itself since an earlier version.
        const isCaller = resource.name.includes("-caller-");
        assert.deepEqual(url, isCaller ? ["FunctionUrl front-door-streaming-url-url"] : []);
      }
    },
  },
};
