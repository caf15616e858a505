import assert from "node:assert/strict";
import { EdgeDistribution, EdgeSigner, StreamingUrl, WebAcl } from "../../../components/index";
import { TYPES, type Graph } from "../../../local/program/graph";
import { assertSound, MODES, only, record, RUNTIME_ARN, sources } from "../../support/program/components";

for (const { mode, preview } of MODES) {
  describe(`the firewall and the edge, ${mode}`, () => {
    describe("EdgeDistribution", () => {
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          const door = new StreamingUrl("door", {
            agentRuntimeArn: RUNTIME_ARN,
            maxDurationSeconds: 300,
            publicEdge: true,
          });
          new EdgeDistribution("edge", {
            functionUrl: door.url,
            functionName: door.functionName,
            webAclArn: new WebAcl("acl", { scope: "CLOUDFRONT" }).arn,
          });
        });
      });

      it("asks the Function URL by https, signed, and waits longer than the door is silent", () => {
        assertSound(graph);
        const distribution = only(graph, TYPES.distribution);
        const [origin] = distribution.inputs["origins"] as Record<string, Record<string, unknown>>[];
        assert.deepEqual(origin?.["customOriginConfig"], {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
          originReadTimeout: 60,
        });
        assert.deepEqual(sources(graph, distribution, "origins").sort(), [
          "FunctionUrl door-url",
          "OriginAccessControl edge-oac",
        ]);
        const { originAccessControlOriginType, signingBehavior, signingProtocol } = only(
          graph,
          TYPES.originAccessControl,
        ).inputs;
        assert.deepEqual(
          [originAccessControlOriginType, signingBehavior, signingProtocol],
          ["lambda", "always", "sigv4"],
        );
        if (!preview) {
          const url = String(only(graph, TYPES.functionUrl).outputs["functionUrl"]);
          assert.equal(`https://${origin["domainName"] as unknown as string}/`, url);
        }
      });

      it("keeps nothing, compresses nothing, and forwards every header but Host", () => {
        const { defaultCacheBehavior, customErrorResponses } = only(graph, TYPES.distribution).inputs;
        const behavior = defaultCacheBehavior as Record<string, unknown>;
        assert.equal(behavior["cachePolicyId"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
        assert.equal(behavior["originRequestPolicyId"], "b689b0a8-53d0-40ab-baf2-68738e2966ac");
        assert.equal(behavior["viewerProtocolPolicy"], "https-only");
        assert.equal(behavior["compress"], false);
        assert.equal(behavior["lambdaFunctionAssociations"], undefined);
        for (const { errorCachingMinTtl } of customErrorResponses as { errorCachingMinTtl: number }[]) {
          assert.equal(errorCachingMinTtl, 0);
        }
      });

      it("is let in by both permissions, and nobody else is", () => {
        const permissions = graph.all(TYPES.permission);
        assert.deepEqual(permissions.map(({ inputs }) => inputs["action"]).sort(), [
          "lambda:InvokeFunction",
          "lambda:InvokeFunctionUrl",
        ]);
        for (const permission of permissions) {
          assert.equal(permission.inputs["principal"], "cloudfront.amazonaws.com");
          assert.deepEqual(sources(graph, permission, "sourceArn"), ["Distribution edge"]);
        }
        assert.equal(permissions.find(({ name }) => name === "edge-url")?.inputs["functionUrlAuthType"], "AWS_IAM");
        assert.equal(permissions.find(({ name }) => name === "edge-function")?.inputs["invokedViaFunctionUrl"], true);
      });

      it("logs nothing unless it is asked to, and then no field in which a client can send a secret", async () => {
        assert.equal(graph.all(TYPES.logDelivery).length, 0);
        const own = await record(preview, () => {
          const args = { functionUrl: "https://x.lambda-url.us-east-1.on.aws/", functionName: "fn", webAclArn: "arn" };
          new EdgeDistribution("edge", { ...args, accessLog: true, logRetentionInDays: 7 });
        });
        assertSound(own);
        const delivery = only(own, TYPES.logDelivery);
        assert.deepEqual(sources(own, delivery, "deliverySourceName"), ["LogDeliverySource edge-access-log"]);
        assert.deepEqual(sources(own, delivery, "deliveryDestinationArn"), ["LogDeliveryDestination edge-access-log"]);
        assert.deepEqual(sources(own, only(own, TYPES.logDeliverySource), "resourceArn"), ["Distribution edge"]);
        const fields = delivery.inputs["recordFields"] as string[];
        assert.ok(fields.includes("c-ip") && fields.includes("sc-status"));
        assert.deepEqual(
          fields.filter((field) => /uri|query|cookie|referer|agent|forwarded|host/i.test(field)),
          [],
        );
        for (const type of [TYPES.logDelivery, TYPES.logDeliverySource, TYPES.logDeliveryDestination, TYPES.logGroup]) {
          assert.equal(only(own, type).inputs["region"], "us-east-1");
        }
        const { retentionInDays, namePrefix } = only(own, TYPES.logGroup).inputs;
        assert.equal(retentionInDays, 7);
        assert.match(String(namePrefix), /^\/aws\/vendedlogs\/edge-/);
      });

      it("has no domain of its own unless it is given one", () => {
        const { aliases, viewerCertificate } = only(graph, TYPES.distribution).inputs;
        assert.deepEqual([aliases, viewerCertificate], [undefined, { cloudfrontDefaultCertificate: true }]);
        assert.equal(graph.all(TYPES.record).length, 0);
      });

      it("answers for its domain by TLS 1.2 or newer, with records for both kinds of addresses", async () => {
        const own = await record(preview, () => {
          const domain = {
            name: "agent.example.com",
            certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
          };
          const args = { functionUrl: "https://x.lambda-url.us-east-1.on.aws/", functionName: "fn", webAclArn: "arn" };
          new EdgeDistribution("edge", { ...args, domain: { ...domain, hostedZoneId: "Z1" } });
          new EdgeDistribution("bare", { ...args, domain });
        });
        assertSound(own);
        for (const { inputs } of own.all(TYPES.distribution)) {
          assert.deepEqual(inputs["aliases"], ["agent.example.com"]);
          const { minimumProtocolVersion, sslSupportMethod } = inputs["viewerCertificate"] as Record<string, unknown>;
          assert.deepEqual([minimumProtocolVersion, sslSupportMethod], ["TLSv1.2_2021", "sni-only"]);
        }
        assert.deepEqual(
          own.all(TYPES.record).map(({ inputs }) => inputs["type"]),
          ["A", "AAAA"],
        );
      });
    });

    it("two edges live in one stack", async () => {
      const graph = await record(preview, () => {
        for (const name of ["a", "b"]) {
          const door = new StreamingUrl(`${name}-door`, {
            agentRuntimeArn: RUNTIME_ARN,
            maxDurationSeconds: 300,
            publicEdge: true,
          });
          new EdgeDistribution(`${name}-edge`, {
            functionUrl: door.url,
            functionName: door.functionName,
            webAclArn: new WebAcl(`${name}-acl`, { scope: "CLOUDFRONT", blockIps: ["192.0.2.0/24"] }).arn,
            bodySignerArn: new EdgeSigner(`${name}-signer`).qualifiedArn,
          });
        }
      });
      assertSound(graph);
      assert.equal(graph.all(TYPES.distribution).length, 2);
    });
  });
}
