import assert from "node:assert/strict";
import { WebAcl, type WebAclArgs } from "../../../components/index";
import { MANAGED_GROUPS, SECRET_HEADERS } from "../../../contract/aws/waf";
import { WAF_ANSWERS } from "../../../contract/wire/wafAnswers";
import { TYPES, type Graph } from "../../../local/program/graph";
import { assertSound, counts, MODES, only, record, sources } from "../../support/program/components";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: { readonly block?: Block; readonly count?: object };
  readonly overrideAction?: object;
  readonly ruleLabels?: object[];
  readonly statement: Record<string, Record<string, unknown>>;
  readonly visibilityConfig: { readonly sampledRequestsEnabled: boolean };
}

interface Block {
  readonly customResponse: {
    readonly responseCode: number;
    readonly customResponseBodyKey: string;
    readonly responseHeaders: readonly { readonly name: string; readonly value: string }[];
  };
}

interface Override {
  readonly name: string;
  readonly actionToUse: { readonly block?: Block; readonly count?: object };
}

const rulesOf = (graph: Graph) => only(graph, TYPES.webAcl).inputs["rules"] as Rule[];

const overridesOf = ({ statement }: Rule) =>
  (statement["managedRuleGroupStatement"]?.["ruleActionOverrides"] ?? []) as Override[];

for (const { mode, preview } of MODES) {
  describe(`the firewall and the edge, ${mode}`, () => {
    const acl = async (args: WebAclArgs) => {
      const graph = await record(preview, () => new WebAcl("acl", args));
      assertSound(graph);
      return graph;
    };

    describe("WebAcl", () => {
      const LISTS = { blockIps: ["192.0.2.0/24", "2001:db8::/32"], allowIps: ["198.51.100.7/32"] };

      it("is made in us-east-1 with all that belongs to it where it is for CloudFront", async () => {
        const graph = await acl({ scope: "CLOUDFRONT", ...LISTS });
        for (const type of [TYPES.webAcl, TYPES.ipSet, TYPES.logGroup, TYPES.webAclLoggingConfiguration]) {
          for (const { inputs, name } of graph.all(type)) assert.equal(inputs["region"], "us-east-1", name);
        }
        const { scope, associationConfig } = only(graph, TYPES.webAcl).inputs;
        const cloudfront = { defaultSizeInspectionLimit: "KB_64" };
        assert.deepEqual([scope, associationConfig], ["CLOUDFRONT", { requestBodies: [{ cloudfront }] }]);
      });

      it("is made where the provider is otherwise", async () => {
        const graph = await acl(LISTS);
        for (const { inputs, custom } of graph.resources) assert.ok(!custom || inputs["region"] === undefined);
        const apiGateway = { defaultSizeInspectionLimit: "KB_64" };
        assert.deepEqual(only(graph, TYPES.webAcl).inputs["associationConfig"], { requestBodies: [{ apiGateway }] });
      });

      it("asks for addresses first, then for size, rate and known attacks", async () => {
        const rules = rulesOf(await acl(LISTS));
        assert.deepEqual(
          rules.map(({ name }) => name),
          ["blocked-addresses", "allowed-addresses", "body-size", "rate", ...MANAGED_GROUPS.map(({ name }) => name)],
        );
        assert.deepEqual(
          rules.map(({ priority }) => priority),
          rules.map((_, index) => index),
        );
      });

      it("lets no address past the rules on bodies and attacks", async () => {
        const rules = rulesOf(await acl(LISTS));
        assert.ok(rules.every(({ action }) => !action || !("allow" in action)));
        const spared = rules.filter(({ statement }) => JSON.stringify(statement).includes("scopeDownStatement"));
        assert.deepEqual(
          spared.map(({ name }) => name),
          ["rate", "AWSManagedRulesAmazonIpReputationList"],
        );
        const label = rules.find(({ name }) => name === "allowed-addresses")?.ruleLabels;
        assert.deepEqual(label, [{ name: "front-door:allowed" }]);
      });

      it("has an IP set for each version of each list, and none without a list", async () => {
        const sets = (graph: Graph) =>
          graph.all(TYPES.ipSet).map(({ name, inputs }) => [name, inputs["ipAddressVersion"]]);
        assert.deepEqual(sets(await acl(LISTS)), [
          ["acl-allow-v4", "IPV4"],
          ["acl-block-v4", "IPV4"],
          ["acl-block-v6", "IPV6"],
        ]);
        assert.deepEqual(sets(await acl({})), []);
        assert.equal(rulesOf(await acl({})).length, 2 + MANAGED_GROUPS.length);
      });

      it("counts every rule on bodies of AWS's groups, and blocks by all others, in the contract's shape", async () => {
        const overrides = rulesOf(await acl({ corsOrigin: "https://app.example.com" })).flatMap(overridesOf);
        assert.equal(new Set(overrides.map(({ name }) => name)).size, overrides.length);
        for (const { name, actionToUse } of overrides) {
          assert.equal(actionToUse.count !== undefined, name.endsWith("_BODY"), name);
          if (actionToUse.count) continue;
          const { responseCode, customResponseBodyKey, responseHeaders = [] } = actionToUse.block?.customResponse ?? {};
          assert.deepEqual([responseCode, customResponseBodyKey], [403, "REQUEST_BLOCKED"], name);
          assert.deepEqual(responseHeaders.slice(0, 2), [
            { name: "X-Reference", value: name },
            { name: "Cache-Control", value: "no-store, no-transform" },
          ]);
        }
      });

      it("stays within what WAF takes of custom answers", async () => {
        const graph = await acl({ ...LISTS, corsOrigin: "https://app.example.com" });
        const rules = rulesOf(graph);
        const blocks = [
          ...rules.flatMap(({ action }) => action?.block ?? []),
          ...rules.flatMap(overridesOf).flatMap(({ actionToUse }) => actionToUse.block ?? []),
        ];
        const headers = blocks.flatMap(({ customResponse }) => customResponse.responseHeaders);
        // https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
        assert.ok(headers.length <= 100, `${headers.length} headers`);
        const bodies = only(graph, TYPES.webAcl).inputs["customResponseBodies"] as { key: string; content: string }[];
        assert.deepEqual(
          bodies.map(({ key }) => key),
          WAF_ANSWERS,
        );
        for (const { key, content } of bodies) {
          assert.ok(content.length <= 4096);
          assert.equal((JSON.parse(content) as { error: { code: string } }).error.code, key);
        }
      });

      it("logs without credentials, and keeps no samples", async () => {
        const graph = await acl({ scope: "CLOUDFRONT", logRetentionInDays: 7 });
        const [group, logging] = [only(graph, TYPES.logGroup), only(graph, TYPES.webAclLoggingConfiguration)];
        assert.match(String(group.inputs["namePrefix"]), /^aws-waf-logs-/);
        assert.equal(group.inputs["retentionInDays"], 7);
        assert.deepEqual(sources(graph, logging, "logDestinationConfigs"), ["LogGroup acl-logs"]);
        assert.deepEqual(sources(graph, logging, "resourceArn"), ["WebAcl acl"]);
        const redacted = logging.inputs["redactedFields"] as { singleHeader?: { name: string } }[];
        assert.deepEqual(
          redacted.flatMap(({ singleHeader }) => singleHeader?.name ?? []),
          SECRET_HEADERS,
        );
        assert.ok(redacted.some((field) => "queryString" in field) && redacted.some((field) => "uriPath" in field));
        const { visibilityConfig, dataProtectionConfig } = only(graph, TYPES.webAcl).inputs;
        for (const { visibilityConfig: own } of [
          ...rulesOf(graph),
          { visibilityConfig: visibilityConfig as Rule["visibilityConfig"] },
        ]) {
          assert.equal(own.sampledRequestsEnabled, false);
        }
        assert.match(JSON.stringify(dataProtectionConfig), /"SUBSTITUTION".*"x-auth-token"/);
      });

      it("has no log where none is wanted", async () => {
        assert.deepEqual(counts(await acl({ logging: false })), { [TYPES.webAcl]: 1 });
      });

      it("counts by the address that a proxy names, where it is told to", async () => {
        const rules = rulesOf(await acl({ ...LISTS, rateKey: "forwardedIp" }));
        const rate = rules.find(({ name }) => name === "rate")?.statement["rateBasedStatement"];
        assert.equal(rate?.["aggregateKeyType"], "FORWARDED_IP");
        assert.deepEqual(rate["forwardedIpConfig"], { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" });
        const allowed = JSON.stringify(rules.find(({ name }) => name === "allowed-addresses")?.statement);
        assert.match(allowed, /"position":"LAST"/);
        const blocked = rules.find(({ name }) => name === "blocked-addresses")?.statement["orStatement"]?.[
          "statements"
        ];
        assert.equal((blocked as object[]).length, 4);
      });

      for (const [args, says] of [
        [{ scope: "GLOBAL" }, /`scope` of acl is "GLOBAL"\. Use REGIONAL or CLOUDFRONT/],
        [{ rateKey: "header" }, /`rateKey` of acl is "header"/],
        [{ allowIps: ["nobody"] }, /acl-allow contains "nobody"/],
      ] as [WebAclArgs, RegExp][]) {
        it(`refuses ${JSON.stringify(args)}`, async () => {
          await assert.rejects(acl(args), says);
        });
      }
    });
  });
}
