import assert from "node:assert/strict";
import { RestApi } from "../../../components/rest/restApi";
import { TYPES } from "../../../local/program/graph";
import { assertSound, MODES, only, record, sources, UNKNOWN, wire } from "../../support/program/components";
import { statementsOf } from "../../support/program/iam";
import { restApi, restApiArgs } from "../../support/program/restApi";

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
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
          statementsOf(policy)
            .filter(({ Resource }) => !String(Resource).includes("OPTIONS"))
            .map(({ Effect, Principal, Condition }) => [Effect, Principal, Condition]);
        assert.deepEqual(decides(signed), [["Deny", "*", { Bool: { "aws:SecureTransport": ["false"] } }]]);
        assert.deepEqual(decides(unsigned), [["Allow", "*", undefined]]);
      });

      // Methods that answered preflights are still part of the deployment that is created when the last origin is removed.
      it("denies preflights if no page may call", async () => {
        const cors = { origins: ["https://app.example.com"], mappedHeaders: [] };
        for (const auth of ["iam", "apiKey"]) {
          const [without, withPages] = [await policyOf({ auth }), await policyOf({ auth, cors })];
          if (preview) continue;
          const denied = (policy: unknown) =>
            statementsOf(policy).flatMap(({ Effect, Principal, Resource, Condition }) =>
              Effect === "Deny" && Principal === "*" && Condition === undefined
                ? String(Resource).replace(/^.*(?=\/\*\/OPTIONS)/, "")
                : [],
            );
          assert.deepEqual(denied(without), ["/*/OPTIONS/*"], auth);
          assert.deepEqual(denied(withPages), [], auth);
        }
      });

      it("denies addresses and, with signatures, allows nobody by them", async () => {
        const policy = await policyOf({ resourcePolicy: { ...rules, accounts: ["210987654321"] } });
        if (preview) {
          assert.equal(policy, UNKNOWN);
          return;
        }
        const [only1, not2, ...others] = statementsOf(policy);
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
        const everybody = statementsOf(policy).filter(
          ({ Effect, Principal }) => Effect === "Allow" && Principal === "*",
        );
        assert.equal(everybody.length, 1);
        assert.match(String(everybody[0]?.Resource), /\/\*\/OPTIONS\/\?\*$/);
      });

      it("allows everybody where no signature is asked for, as an allow is needed there", async () => {
        const policy = await policyOf({ resourcePolicy: rules, auth: "apiKey" });
        if (preview) return;
        const allows = statementsOf(policy).filter(({ Effect }) => Effect === "Allow");
        assert.deepEqual(
          allows.map(({ Principal, Condition }) => [Principal, Condition]),
          [["*", undefined]],
        );
      });

      it("binds a private API to its endpoints, and to addresses as they are seen there", async () => {
        const policy = await policyOf({ vpcEndpointIds: ["vpce-1"], resourcePolicy: rules });
        if (preview) return;
        const [endpoints, addresses] = statementsOf(policy);
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
  });
}
