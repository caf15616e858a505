import assert from "node:assert/strict";
import { partition } from "@aws-sdk/core/client";
import { dnsSuffixOf, loginHostOf, partitionOf } from "../../../contract/aws/partitions";

/** Regions of every partition that the AWS SDK knows. */
const REGIONS = [
  ...["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-7", "il-central-1", "mx-central-1"],
  ...["cn-north-1", "cn-northwest-1", "us-gov-west-1", "us-gov-east-1", "eusc-de-east-1"],
  ...["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"],
];

describe("the partition of a Region", () => {
  for (const region of REGIONS) {
    it(`has the AWS SDK's name and domain: ${region}`, () => {
      const { name, dnsSuffix } = partition(region);
      assert.deepEqual([partitionOf(region), dnsSuffixOf(region)], [name, dnsSuffix]);
    });
  }

  it("decides the host of a user pool's login page", () => {
    const hosts = REGIONS.flatMap((region) => loginHostOf(region) ?? []);
    assert.deepEqual(hosts, [
      "auth.us-east-1.amazoncognito.com",
      "auth.us-west-2.amazoncognito.com",
      "auth.eu-west-1.amazoncognito.com",
      "auth.eu-central-1.amazoncognito.com",
      "auth.ap-southeast-7.amazoncognito.com",
      "auth.il-central-1.amazoncognito.com",
      "auth.mx-central-1.amazoncognito.com",
      "auth-fips.us-gov-west-1.amazoncognito.com",
      "auth-fips.us-gov-east-1.amazoncognito.com",
      "auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu",
    ]);
    assert.equal(loginHostOf("cn-north-1"), undefined);
  });
});
