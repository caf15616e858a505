import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor, UserPool } from "../../components/index";
import { TYPES } from "../../local/program/graph";
import { ROOT } from "../support/local/frontDoor";
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

describe("a provider of another Region than aws:region", () => {
  const runtime = (region: string) =>
    `arn:aws:bedrock-agentcore:${region}:${PLACE.accountId}:runtime/my_agent-a1b2c3d4e5`;
  const around = { place: { ...PLACE, region: "eu-west-1" }, config: { "aws:region": "us-east-1" } };

  const team = (name: string, opts: pulumi.ComponentResourceOptions) =>
    new pulumi.ComponentResource("test:index:Team", name, {}, opts);

  /** Every way in which a component gets its provider. */
  const WAYS: Readonly<Record<string, (provider: aws.Provider) => pulumi.ComponentResourceOptions>> = {
    "opts.provider": (provider) => ({ provider }),
    "a list in opts.providers": (provider) => ({ providers: [provider] }),
    "a map in opts.providers": (provider) => ({ providers: { aws: provider } }),
    "its parent": (provider) => ({ parent: team("team", { provider }) }),
    "the parent of its parent": (provider) => ({
      parent: team("team", { parent: team("outer", { providers: [provider] }) }),
    }),
  };

  for (const { mode, preview } of MODES) {
    for (const [title, opts] of Object.entries(WAYS)) {
      const door = (region: string) => () => {
        const provider = new aws.Provider("elsewhere", { region: "eu-west-1" });
        new FrontDoor("front", { agentRuntimeArn: runtime(region), doors: ["bufferedApi"] }, opts(provider));
      };

      it(`decides which Region a runtime has to be in: ${title}, ${mode}`, async () => {
        const graph = await record(preview, door("eu-west-1"), around);
        assert.equal(graph.all(TYPES.function).length, 1);
        await assert.rejects(
          record(preview, door("us-east-1"), around),
          /`agentRuntimeArn` is in us-east-1, but the stack deploys to eu-west-1/,
        );
      });
    }

    it(`does not replace the Region of the config where there is none, ${mode}`, async () => {
      const door = () => new FrontDoor("front", { agentRuntimeArn: runtime("eu-west-1"), doors: ["bufferedApi"] });
      await assert.rejects(record(preview, door, around), /is in eu-west-1, but the stack deploys to us-east-1/);
    });
  }

  it("is asked by one file only", () => {
    const files = readdirSync(join(ROOT, "components"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
      .filter((file) => /aws\.(?:config|get(?:Region|Partition|CallerIdentity)(?:Output)?)\b/.test(read(file)));
    assert.deepEqual(files, [join("shared", "awsContext.ts")]);
  });

  const read = (file: string) => readFileSync(join(ROOT, "components", file), "utf8");
});
