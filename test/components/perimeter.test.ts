import assert from "node:assert/strict";
import { AccountLogging, ApiDomain, PrivateNetwork } from "../../components";
import { AgentFunction } from "../../components/function/agentFunction";
import { RestApi } from "../../components/rest/restApi";
import { accessLogFormat } from "../../components/rest/accessLog";
import { ACCESS_LOG_TEMPLATE_BYTES } from "../../contract/aws/limits";
import { timeouts } from "../../contract/aws/timeouts";
import { TYPES, type Graph } from "../../local/program/graph";
import {
  assertSound,
  counts,
  MODES,
  only,
  record,
  RUNTIME_ARN,
  sources,
  UNKNOWN,
  wire,
} from "../support/program/components";
import { restApi, restApiArgs } from "../support/program/restApi";

const DOMAIN = { domainName: "agent.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/c" };

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

function statements(policy: unknown): Statement[] {
  return (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
}

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
    describe("ApiDomain", () => {
      it("is regional, refuses old TLS, and gets records for both kinds of address", async () => {
        const graph = await record(preview, () => {
          new ApiDomain("domain", { ...DOMAIN, hostedZoneId: "Z1" });
        });
        assertSound(graph);
        assert.deepEqual(counts(graph), { [TYPES.domainName]: 1, [TYPES.record]: 2 });
        const { inputs } = only(graph, TYPES.domainName);
        assert.deepEqual(inputs, {
          domainName: DOMAIN.domainName,
          regionalCertificateArn: DOMAIN.certificateArn,
          endpointConfiguration: { types: "REGIONAL" },
          securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
          endpointAccessMode: "BASIC",
        });
        const records = graph.all(TYPES.record);
        assert.deepEqual(
          records.map(({ inputs: { type } }) => type),
          ["A", "AAAA"],
        );
        for (const each of records) assert.deepEqual(sources(graph, each, "aliases"), ["DomainName domain"]);
      });

      it("makes no record without a zone, and no access mode for a policy that has none", async () => {
        const graph = await record(preview, () => {
          new ApiDomain("domain", { ...DOMAIN, securityPolicy: "TLS_1_2" });
        });
        assert.deepEqual(counts(graph), { [TYPES.domainName]: 1 });
        assert.equal(only(graph, TYPES.domainName).inputs["endpointAccessMode"], undefined);
      });
    });

    describe("RestApi behind a domain", () => {
      it("switches its own address off and takes the domain's", async () => {
        let url = "";
        const graph = await record(preview, () => {
          const domain = new ApiDomain("domain", DOMAIN);
          restApi({ domain: { domainName: domain.domainName, basePath: "buffered" } }).url.apply(
            (text) => (url = text),
          );
        });
        assertSound(graph);
        assert.equal(only(graph, TYPES.restApi).inputs["disableExecuteApiEndpoint"], true);
        assert.equal(url, "https://agent.example.com/buffered");
        const mapping = only(graph, TYPES.basePathMapping);
        assert.deepEqual(sources(graph, mapping, "domainName"), ["DomainName domain"]);
        assert.deepEqual(sources(graph, mapping, "restApi"), ["RestApi api"]);
      });
    });

    describe("RestApi with a resource policy", () => {
      const policyOf = async (change: Parameters<typeof restApi>[0]) => {
        const graph = await record(preview, () => void restApi(change));
        assertSound(graph);
        const policy = only(graph, TYPES.restApiPolicy);
        assert.deepEqual(sources(graph, policy, "restApiId"), ["RestApi api"]);
        assert.ok(only(graph, TYPES.deployment).dependencies.includes(policy.urn), "the deployment waits for it");
        return wire(policy)["policy"];
      };
      const rules = { allowIps: ["203.0.113.0/24"], denyIps: ["203.0.113.9/32"] };

      it("must have a web ACL, unless it is private", async () => {
        const args = restApiArgs();
        delete args.webAclArn;
        await assert.rejects(
          record(preview, () => {
            new RestApi("api", args);
          }),
          /`webAclArn` of api is missing.*`vpcEndpointIds`/,
        );
      });

      // A deployment's snapshot keeps a policy that is deleted later.
      it("is neutral with nothing to restrict: with signatures it decides nothing, without it allows everybody", async () => {
        const signed = await policyOf({ resourcePolicy: {} });
        const unsigned = await policyOf({ auth: "apiKey" });
        if (preview) return;
        const decides = (policy: unknown) =>
          statements(policy).map(({ Effect, Principal, Condition }) => [Effect, Principal, Condition]);
        assert.deepEqual(decides(signed), [["Deny", "*", { Bool: { "aws:SecureTransport": ["false"] } }]]);
        assert.deepEqual(decides(unsigned), [["Allow", "*", undefined]]);
      });

      it("denies addresses and, with signatures, allows nobody by them", async () => {
        const policy = await policyOf({ resourcePolicy: { ...rules, accounts: ["210987654321"] } });
        if (preview) {
          assert.equal(policy, UNKNOWN);
          return;
        }
        const [only1, not2, ...others] = statements(policy);
        assert.deepEqual(only1?.Condition, { NotIpAddress: { "aws:SourceIp": rules.allowIps } });
        assert.deepEqual(not2?.Condition, { IpAddress: { "aws:SourceIp": rules.denyIps } });
        assert.deepEqual([only1.Effect, not2.Effect], ["Deny", "Deny"]);
        assert.deepEqual(
          others.filter(({ Effect }) => Effect === "Allow").map(({ Effect, Principal }) => [Effect, Principal]),
          [["Allow", { AWS: ["arn:aws:iam::210987654321:root"] }]],
        );
      });

      it("lets preflights in, which nobody signs, and no other method", async () => {
        const cors = { origins: ["https://app.example.com"], mappedHeaders: [] };
        const policy = await policyOf({ resourcePolicy: rules, cors });
        if (preview) return;
        const everybody = statements(policy).filter(({ Effect, Principal }) => Effect === "Allow" && Principal === "*");
        assert.equal(everybody.length, 1);
        assert.match(String(everybody[0]?.Resource), /\/\*\/OPTIONS\/\?\*$/);
      });

      it("allows everybody where no signature is asked for, as an allow is needed there", async () => {
        const policy = await policyOf({ resourcePolicy: rules, auth: "apiKey" });
        if (preview) return;
        const allows = statements(policy).filter(({ Effect }) => Effect === "Allow");
        assert.deepEqual(
          allows.map(({ Principal, Condition }) => [Principal, Condition]),
          [["*", undefined]],
        );
      });

      it("binds a private API to its endpoints, and to addresses as they are seen there", async () => {
        const policy = await policyOf({ vpcEndpointIds: ["vpce-1"], resourcePolicy: rules });
        if (preview) return;
        const [endpoints, addresses] = statements(policy);
        assert.deepEqual(endpoints?.Condition, { StringNotEquals: { "aws:SourceVpce": ["vpce-1"] } });
        assert.deepEqual(addresses?.Condition, { NotIpAddress: { "aws:VpcSourceIp": rules.allowIps } });
      });

      if (!preview) {
        it("is deployed again when it changes", async () => {
          const trigger = async (denyIps: string[]) => {
            const graph = await record(false, () => void restApi({ resourcePolicy: { denyIps } }));
            return wire(only(graph, TYPES.deployment))["triggers"];
          };
          assert.notDeepEqual(await trigger(["10.0.0.0/8"]), await trigger(["10.0.0.0/9"]));
        });
      }
    });

    describe("RestApi with throttles of its routes", () => {
      it("repeats for each what keeps prompts out of the log", async () => {
        const graph = await record(
          preview,
          () =>
            void restApi({
              methodThrottles: {
                "POST /invoke": { rateLimit: 5, burstLimit: 10 },
                "ANY /{proxy+}": { rateLimit: 1, burstLimit: 2 },
              },
            }),
        );
        assertSound(graph);
        const settings = graph.all(TYPES.methodSettings).map(({ inputs }) => inputs);
        assert.deepEqual(settings.map(({ methodPath }) => methodPath).sort(), [
          "*/*",
          "~1invoke/POST",
          "~1{proxy+}/ANY",
        ]);
        for (const { settings: each } of settings) {
          const { loggingLevel, dataTraceEnabled, metricsEnabled } = each as Record<string, unknown>;
          assert.deepEqual([loggingLevel, dataTraceEnabled, metricsEnabled], ["OFF", false, true]);
        }
      });
    });

    describe("PrivateNetwork", () => {
      const network = (change: object = {}) =>
        record(preview, () => {
          new PrivateNetwork("net", { agentRuntimeArns: [RUNTIME_ARN], ...change });
        });
      const policyOf = (graph: Graph, service: string) => {
        const endpoint = graph.all(TYPES.vpcEndpoint).find(({ name }) => name === `net-${service}`);
        assert.ok(endpoint);
        return statements(endpoint.inputs["policy"]);
      };

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
      const policy = wire(only(graph, TYPES.rolePolicy))["policy"];
      if (preview) return;
      const wild = statements(policy).filter(({ Resource }) => Resource === "*");
      assert.deepEqual(
        wild.map(({ Sid, Condition }) => [Sid, Condition]),
        [["AttachToSubnets", { Null: { "lambda:SourceFunctionArn": "true" } }]],
      );
    });

    it("AccountLogging comes before the stage that logs", async () => {
      const graph = await record(preview, () => {
        const logging = new AccountLogging("logging");
        restApi({ accountLogging: logging.settingsId });
      });
      assertSound(graph);
      const account = only(graph, TYPES.account);
      assert.deepEqual(sources(graph, account, "cloudwatchRoleArn"), ["Role logging-role"]);
      assert.ok(only(graph, TYPES.stage).dependencies.includes(account.urn));
      const [rights] = statements(only(graph, TYPES.rolePolicy).inputs["policy"]);
      assert.equal(rights?.Resource, "arn:aws:logs:us-east-1:123456789012:log-group:*");
    });

    it("two of everything live in one stack", async () => {
      const graph = await record(preview, () => {
        for (const name of ["a", "b"]) {
          const domain = new ApiDomain(`${name}-domain`, { ...DOMAIN, hostedZoneId: "Z1" });
          const logging = new AccountLogging(`${name}-logging`);
          new PrivateNetwork(`${name}-net`, { agentRuntimeArns: [RUNTIME_ARN], executeApi: true });
          restApi({ domain: { domainName: domain.domainName }, accountLogging: logging.settingsId }, `${name}-api`);
        }
      });
      assertSound(graph);
      assert.equal(graph.all(TYPES.vpcEndpoint).length, 8);
    });
  });
}

describe("the access log", () => {
  const format = accessLogFormat();
  const variables: readonly string[] = format.match(/\$context\.[\w.]+/g) ?? [];

  it("fits into a stage's template", () => {
    assert.ok(Buffer.byteLength(format) <= ACCESS_LOG_TEMPLATE_BYTES);
  });

  it("answers who called what, when, and how long it took", () => {
    for (const variable of [
      "identity.userArn",
      "identity.apiKeyId",
      "identity.sourceIp",
      "authorizer.principalId",
      "authorizer.claims.sub",
      "httpMethod",
      "resourcePath",
      "requestTime",
      "status",
      "responseLatency",
      "integration.latency",
      "integration.responseTransferMode",
      "tlsVersion",
      "wafResponseCode",
      "error.responseType",
      "extendedRequestId",
    ]) {
      assert.ok(variables.includes(`$context.${variable}`), variable);
    }
  });

  it("holds no key, token, body, query, path or text of an error, and of an authorizer only ids", () => {
    for (const variable of variables) {
      assert.doesNotMatch(
        variable,
        /identity\.(?:apiKey|accessKey|cognitoAuthenticationProvider|userAgent)$|identity\.clientCert|(?:request|response)Override|error\.message|errorMessage|messageString|validationErrorString|\$context\.path$|\.body|stageVariables/,
      );
      if (variable.startsWith("$context.authorizer."))
        assert.match(variable, /^\$context\.authorizer\.(?:principalId|claims\.sub)$/);
    }
    assert.doesNotMatch(format, /\$(?:input|stageVariables|util)/);
  });

  it("is JSON also where API Gateway has nothing to say, which it writes as a dash", () => {
    const always = new Set(["$context.status", "$context.responseLatency", "$context.responseLength"]);
    const line = JSON.parse(format.replace(/\$context\.[\w.]+/g, (name) => (always.has(name) ? "1" : "-"))) as object;
    assert.equal(Object.keys(line).length, variables.length);
  });
});
