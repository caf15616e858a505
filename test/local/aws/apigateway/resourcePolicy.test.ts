import assert from "node:assert/strict";
import { ResourcePolicyDouble } from "../../../../local/aws/apigateway/resourcePolicy";
import { TYPES } from "../../../../local/program/graph";
import { only, record } from "../../../support/program/components";
import { restApi } from "../../../support/program/restApi";

const OWN = "arn:aws:iam::123456789012:user/local";
const PARTNER = "arn:aws:sts::210987654321:assumed-role/partner/session";
const STRANGER = "arn:aws:iam::999999999999:user/x";

async function policyOf(change: Parameters<typeof restApi>[0]) {
  const graph = await record(false, () => void restApi(change));
  const api = only(graph, TYPES.restApi);
  const policy = ResourcePolicyDouble.of(graph, api, only(graph, TYPES.deployment));
  const route = `${String(api.outputs["executionArn"])}/live/POST/invoke`;
  return { graph, api, policy, route };
}

describe("the double of a resource policy", () => {
  it("lets signed principals of the own and of named accounts in, and nobody else", async () => {
    const { policy, route } = await policyOf({ resourcePolicy: { accounts: ["210987654321"] } });
    assert.deepEqual(
      [OWN, PARTNER, STRANGER].map((arn) => policy?.allows(route, arn)),
      [true, true, false],
    );
  });

  it("lets unsigned calls in only where an allow says so", async () => {
    const signed = await policyOf({ resourcePolicy: { denyIps: ["10.0.0.0/8"] } });
    assert.equal(signed.policy?.allows(signed.route, undefined), false);
    const open = await policyOf({ resourcePolicy: { denyIps: ["10.0.0.0/8"] }, auth: "apiKey" });
    assert.equal(open.policy?.allows(open.route, undefined), true);
  });

  it("lets preflights in", async () => {
    const cors = { origins: ["https://app.example.com"], mappedHeaders: [] };
    const { policy, route } = await policyOf({ resourcePolicy: { denyIps: ["10.0.0.0/8"] }, cors });
    assert.equal(policy?.allows(route.replace("POST", "OPTIONS"), undefined), true);
    assert.equal(policy.allows(route, undefined), false);
  });

  it("denies preflights if no page may call", async () => {
    for (const auth of ["iam", "apiKey"]) {
      const { policy, route } = await policyOf({ auth });
      assert.equal(policy?.allows(route.replace("POST", "OPTIONS"), auth === "iam" ? OWN : undefined), false, auth);
      assert.equal(policy.allows(route, auth === "iam" ? OWN : undefined), true, auth);
    }
  });

  it("is not in effect where the deployment does not wait for it", async () => {
    const { graph, api } = await policyOf({ resourcePolicy: { denyIps: ["10.0.0.0/8"] } });
    const stale = { ...only(graph, TYPES.deployment), urn: "urn:none", dependencies: [] };
    assert.equal(ResourcePolicyDouble.of(graph, api, stale), undefined);
  });
});
