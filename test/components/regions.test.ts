import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { UserPool } from "../../components";
import { MODES, PLACE, record } from "../support/program/components";

/** Hosts of token endpoints by Region. https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html */
const TOKEN_HOSTS = {
  "us-east-1": "auth.us-east-1.amazoncognito.com",
  "eu-central-1": "auth.eu-central-1.amazoncognito.com",
  "us-gov-west-1": "auth-fips.us-gov-west-1.amazoncognito.com",
  "us-gov-east-1": "auth-fips.us-gov-east-1.amazoncognito.com",
  "eusc-de-east-1": "auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu",
};

describe("UserPool in a Region", () => {
  for (const [region, host] of Object.entries(TOKEN_HOSTS)) {
    it(`has its token endpoint at the partition's host: ${region}`, async () => {
      let endpoint = "";
      const program = () =>
        new UserPool("pool").tokenEndpoint.apply((url) => {
          endpoint = url;
        });
      await record(false, program, { place: { ...PLACE, region } });
      assert.match(endpoint, /^https:\/\/agent-[0-9a-f]{20}\.[a-z0-9.-]+\/oauth2\/token$/);
      assert.equal(new URL(endpoint).hostname.split(".").slice(1).join("."), host);
    });
  }

  for (const { mode, preview } of MODES) {
    it(`is refused if the Region has no user pools, ${mode}`, async () => {
      await assert.rejects(
        record(preview, () => new UserPool("pool"), { place: { ...PLACE, region: "cn-north-1" } }),
        (error: Error) =>
          pulumi.RunError.isInstance(error) && /"pool" is in cn-north-1, which has no Cognito/.test(error.message),
      );
    });
  }
});
