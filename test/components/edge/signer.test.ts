import assert from "node:assert/strict";
import { EdgeDistribution, EdgeSigner } from "../../../components/index";
import { TYPES, type Graph } from "../../../local/program/graph";
import { assertSound, MODES, only, record, sources } from "../../support/program/components";

for (const { mode, preview } of MODES) {
  describe(`the firewall and the edge, ${mode}`, () => {
    describe("EdgeSigner", () => {
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          const signer = new EdgeSigner("signer");
          const args = { functionUrl: "https://x.lambda-url.us-east-1.on.aws/", functionName: "fn", webAclArn: "arn" };
          new EdgeDistribution("edge", { ...args, bodySignerArn: signer.qualifiedArn });
        });
      });

      it("is what Lambda@Edge runs", () => {
        assertSound(graph);
        const { inputs } = only(graph, TYPES.function);
        assert.deepEqual(
          ["region", "runtime", "architectures", "publish", "environment", "loggingConfig", "vpcConfig"].map(
            (key) => inputs[key],
          ),
          ["us-east-1", "nodejs22.x", ["x86_64"], true, undefined, undefined, undefined],
        );
        assert.ok(Number(inputs["timeout"]) <= 30);
        const trust = JSON.parse(String(only(graph, TYPES.role).inputs["assumeRolePolicy"])) as {
          Statement: { Principal: { Service: string[] } }[];
        };
        assert.deepEqual(trust.Statement[0]?.Principal.Service, ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]);
      });

      it("sees bodies on their way to the origin, in its published version", () => {
        const distribution = only(graph, TYPES.distribution);
        const { lambdaFunctionAssociations } = distribution.inputs["defaultCacheBehavior"] as {
          lambdaFunctionAssociations: Record<string, unknown>[];
        };
        const [association] = lambdaFunctionAssociations;
        assert.deepEqual([association?.["eventType"], association?.["includeBody"]], ["origin-request", true]);
        assert.ok(sources(graph, distribution, "defaultCacheBehavior").includes("Function signer"));
        if (!preview)
          assert.match(String(association?.["lambdaArn"]), /^arn:aws:lambda:us-east-1:\d+:function:[\w-]+:1$/);
      });
    });
  });
}
