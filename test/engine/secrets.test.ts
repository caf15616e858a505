import assert from "node:assert/strict";
import { TYPES } from "../../local/program/graph";
import type { Cloud } from "./provider/cloud";
import { engineSuite } from "./support/cli";
import { POLICY_PACK, runtime } from "./support/config";
import { withStack, type Config } from "./support/stack";

const policyPacks = [POLICY_PACK];
const BASE = { doors: ["bufferedApi", "streamingApi"], agentRuntimeArn: runtime("one") };

/** Stacks that make secrets, one after the other in one state. */
const WALK: readonly Config[] = [
  { ...BASE, apiAuth: "apiKey", apiKeys: { website: {}, partner: {} } },
  { ...BASE, apiAuth: "cognito", apiKeys: { partner: {} } },
  { ...BASE, apiAuth: "apiKey" },
  { ...BASE, apiAuth: "iam" },
];

engineSuite("secrets", () => {
  it("stand in no output, no event and no plain state of any step", async () => {
    await withStack({}, async (stack) => {
      const secrets = new Set<string>();
      const found: string[] = [];
      const search = (where: string, text: string) => {
        for (const secret of secrets) if (text.includes(secret)) found.push(`${where}: ${secret}`);
      };
      const add = () => {
        for (const secret of secretsOf(stack.cloud)) secrets.add(secret);
      };
      stack.cloud.watch = add;
      for (const [step, config] of WALK.entries()) {
        const preview = await stack.preview(config, { diff: true });
        const up = await stack.up(config, step === 0 ? { policyPacks } : {});
        search(`preview ${String(step)}`, preview.log);
        search(`update ${String(step)}`, up.log);
        search(`state ${String(step)}`, stack.state());
        search(`preview after ${String(step)}`, (await stack.preview(config, { diff: true })).log);
      }
      search("destroy", (await stack.destroy()).log);
      assert.ok(secrets.size >= 4, [...secrets].join(", "));
      assert.deepEqual(found, []);
    });
  });
});

/** What AWS made that opens a door. */
function secretsOf(cloud: Cloud): string[] {
  const values = [
    ...cloud.all(TYPES.apiKey).map(({ outputs }) => outputs["value"]),
    ...cloud.all(TYPES.userPoolClient).map(({ outputs }) => outputs["clientSecret"]),
  ];
  return values.filter((value) => typeof value === "string");
}
