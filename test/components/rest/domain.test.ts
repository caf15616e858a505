import assert from "node:assert/strict";
import { ApiDomain } from "../../../components/index";
import { TYPES } from "../../../local/program/graph";
import { assertSound, counts, MODES, only, record, sources } from "../../support/program/components";
import { restApi } from "../../support/program/restApi";

const DOMAIN = { domainName: "agent.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/c" };

for (const { mode, preview } of MODES) {
  describe(`the perimeter of the REST doors, ${mode}`, () => {
    describe("ApiDomain", () => {
      it("is regional, refuses old TLS, answers over IPv4, and has no record for IPv6", async () => {
        const graph = await record(preview, () => {
          new ApiDomain("domain", { ...DOMAIN, hostedZoneId: "Z1" });
        });
        assertSound(graph);
        assert.deepEqual(counts(graph), { [TYPES.domainName]: 1, [TYPES.record]: 1 });
        const { inputs } = only(graph, TYPES.domainName);
        assert.deepEqual(inputs, {
          domainName: DOMAIN.domainName,
          regionalCertificateArn: DOMAIN.certificateArn,
          endpointConfiguration: { types: "REGIONAL", ipAddressType: "ipv4" },
          securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
          endpointAccessMode: "BASIC",
        });
        const alias = only(graph, TYPES.record);
        assert.equal(alias.inputs["type"], "A");
        assert.deepEqual(sources(graph, alias, "aliases"), ["DomainName domain"]);
      });

      it("asks clients for a certificate if there is a truststore", async () => {
        for (const truststore of [
          { truststoreUri: "s3://authorities/clients.pem" },
          { truststoreUri: "s3://authorities/clients.pem", truststoreVersion: "v1" },
        ]) {
          const graph = await record(preview, () => {
            new ApiDomain("domain", { ...DOMAIN, ...truststore });
          });
          assert.deepEqual(only(graph, TYPES.domainName).inputs["mutualTlsAuthentication"], truststore);
        }
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
  });
}
