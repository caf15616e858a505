import assert from "node:assert/strict";
import { AccountLogging, ApiDomain, PrivateNetwork } from "../../../components/index";
import { TYPES } from "../../../local/program/graph";
import { assertSound, MODES, record, RUNTIME_ARN } from "../../support/program/components";
import { restApi } from "../../support/program/restApi";

const DOMAIN = { domainName: "agent.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/c" };

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
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
