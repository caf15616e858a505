import assert from "node:assert/strict";
import { TYPES } from "../../local/program/graph";
import type { Cloud } from "./provider/cloud/cloud";
import { engineSuite, share } from "./support/cli";
import { POLICY_PACK, runtime } from "./support/config";
import { withStack, type Config } from "./support/stack";

/** A text that is found wherever it stands. */
const CANARY = "canary-7f3a9c";

const policyPacks = [POLICY_PACK];
const BASE = { doors: ["bufferedApi", "streamingApi"], agentRuntimeArn: runtime("one") };

/** Stacks that make secrets, one after the other in one state. */
const WALK: readonly Config[] = [
  { ...BASE, apiAuth: "apiKey", apiKeys: { website: {}, partner: {} } },
  { ...BASE, apiAuth: "cognito", apiKeys: { partner: {} } },
  { ...BASE, apiAuth: "apiKey" },
  { ...BASE, apiAuth: "iam" },
  {
    ...BASE,
    doors: ["bufferedApi", "streamingUrl"],
    apiAuth: "jwt",
    jwt: { issuer: "https://login.example.com/", audience: ["https://agent.example.com"] },
    apiKeys: { partner: {} },
    edge: true,
    callers: [],
  },
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

  /** Canary values in what a person may encrypt: a text, and texts inside objects and lists. */
  const ENCRYPTED: Readonly<Record<string, { readonly path?: boolean; readonly value: string }>> = {
    qualifier: { value: CANARY },
    "cognito.callbackUrls[0]": { path: true, value: `https://${CANARY}.example.com/` },
    "apiKeys.website.description": { path: true, value: CANARY },
    "callers[0]": { path: true, value: `arn:aws:iam::123456789012:role/${CANARY}` },
    "agents.chat.agentRuntimeArn": { path: true, value: runtime(CANARY) },
  };

  for (const [key, { path = false, value }] of share(Object.entries(ENCRYPTED), 2)) {
    it(`are refused as a value of the config, which nothing then shows: ${key}`, async () => {
      await withStack({}, async (stack) => {
        const outer = key.split(/[.[]/)[0] ?? "";
        stack.configure({ ...BASE, apiAuth: "apiKey" });
        await stack.encrypt(key, value, path);
        for (const run of [() => stack.preview(undefined, { diff: true }), () => stack.up()]) {
          await assert.rejects(run(), ({ message }: Error) => {
            assert.ok(message.includes(`\`${outer}\` is secret`), message);
            assert.ok(message.includes("--plaintext"), message);
            assert.ok(!message.includes(CANARY), message);
            return true;
          });
        }
        assert.deepEqual(stack.cloud.everything, []);
        assert.ok(!stack.state().includes(CANARY));
      });
    });
  }

  it("of another package's config are left alone", async () => {
    await withStack({}, async (stack) => {
      stack.configure({ ...BASE, apiAuth: "iam" });
      await stack.encrypt("auth0:clientSecret", CANARY);
      const { log } = await stack.up();
      assert.ok(!log.includes(CANARY) && !stack.state().includes(CANARY));
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
