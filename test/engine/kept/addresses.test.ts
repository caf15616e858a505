import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { programBefore, withoutAliases } from "../support/before";
import { engineSuite, share } from "../support/cli";
import { POLICY_PACK, runtime, URL_ONLY } from "../support/config";
import { program, withStack } from "../support/stack";

const caller = "arn:aws:iam::123456789012:role/agent-client";
const agentRuntimeArn = runtime("my_agent");
const url = { ...URL_ONLY, agentRuntimeArn, callers: [caller] };
const edge = { ...URL_ONLY, agentRuntimeArn, edge: true };

engineSuite("the Function URL", () => {
  for (const [title, config] of share(Object.entries({ "with callers": url, "behind an edge": edge }), 1)) {
    it(`stays as it is when provisioned concurrency comes, changes and goes: ${title}`, async () => {
      await withStack({}, async (stack) => {
        await stack.up(config);
        const first = urlOf(stack.cloud);
        for (const provisionedConcurrency of [1, 2, 0, 1, 0]) {
          await stack.up({ ...config, provisionedConcurrency });
          assert.deepEqual(urlOf(stack.cloud), first);
          assertOpen(stack.cloud);
          const warm = stack.cloud
            .all(TYPES.provisionedConcurrency)
            .map(({ inputs }) => [inputs["qualifier"], inputs["provisionedConcurrentExecutions"]]);
          assert.deepEqual(warm, provisionedConcurrency > 0 ? [["live", provisionedConcurrency]] : []);
          assert.deepEqual((await stack.preview()).steps, []);
        }
      });
    });
  }

  it("stays where an earlier version made it, on the function or on the alias", async () => {
    for (const provisionedConcurrency of [0, 1]) {
      const versions = { run: provisionedConcurrency === 0 ? programBefore : program };
      await withStack({ program: () => versions.run() }, async (stack) => {
        await stack.up({ ...url, provisionedConcurrency });
        if (provisionedConcurrency === 0) withoutAliases(stack);
        const before = urlOf(stack.cloud);
        assert.equal(before.qualifier, provisionedConcurrency === 0 ? undefined : "live");
        versions.run = program;
        for (const config of [url, { ...url, callers: [caller, "210987654321"], memorySizeMb: 1024 }, url]) {
          await stack.up({ ...config, provisionedConcurrency });
          assert.deepEqual(urlOf(stack.cloud), before);
          assertOpen(stack.cloud);
          assert.deepEqual((await stack.preview()).steps, []);
        }
      });
    }
  });

  it("of an earlier version is not moved to an alias: provisioned concurrency is refused in the preview", async () => {
    const versions = { run: programBefore };
    await withStack({ program: () => versions.run() }, async (stack) => {
      await stack.up(url);
      withoutAliases(stack);
      const before = urlOf(stack.cloud);
      versions.run = program;
      await assert.rejects(
        stack.preview({ ...url, provisionedConcurrency: 1 }),
        /`provisionedConcurrency` of front-door-streaming-url is set, but an earlier version made its Function URL on the function itself.*Set `provisionedConcurrency` to 0.*pulumi destroy --target/s,
      );
      await stack.up(url, { policyPacks: [POLICY_PACK] });
      assert.deepEqual(urlOf(stack.cloud), before);

      // What the message says.
      await stack.destroy("**::front-door-streaming-url-url");
      await stack.up({ ...url, provisionedConcurrency: 1 });
      assert.equal(urlOf(stack.cloud).qualifier, "live");
      assertOpen(stack.cloud);
    });
  });

  it("of an earlier version moves behind an edge, whose address stays", async () => {
    const versions = { run: programBefore };
    await withStack({ program: () => versions.run() }, async (stack) => {
      await stack.up(edge);
      withoutAliases(stack);
      const [distribution] = stack.cloud.all(TYPES.distribution);
      versions.run = program;
      for (const provisionedConcurrency of [0, 1, 0]) {
        await stack.up({ ...edge, provisionedConcurrency });
        assertOpen(stack.cloud);
        assert.deepEqual(
          stack.cloud.all(TYPES.distribution).map(({ id }) => id),
          [distribution?.id],
        );
        const origin = JSON.stringify(stack.cloud.all(TYPES.distribution)[0]?.inputs["origins"]);
        assert.ok(origin.includes(new URL(urlOf(stack.cloud).address).host));
      }
      assert.equal(urlOf(stack.cloud).qualifier, "live");
    });
  });
});

interface Address {
  readonly address: string;
  readonly qualifier: unknown;
}

/** The one URL of the account. */
function urlOf(cloud: Cloud): Address {
  const [thing, ...others] = cloud.all(TYPES.functionUrl);
  assert.ok(thing);
  assert.deepEqual(others, []);
  return { address: String(thing.outputs["functionUrl"]), qualifier: thing.inputs["qualifier"] };
}

/** Every permission counts for the URL: it is on the same qualifier, and both actions are there for each principal. */
function assertOpen(cloud: Cloud): void {
  const { qualifier } = urlOf(cloud);
  const permissions = cloud.all(TYPES.permission);
  assert.ok(permissions.length > 0);
  for (const { inputs } of permissions) assert.equal(inputs["qualifier"], qualifier);
  const principals = (action: string) =>
    permissions
      .filter(({ inputs }) => inputs["action"] === action)
      .map(({ outputs }) => String(outputs["principal"]))
      .sort();
  assert.deepEqual(principals("lambda:InvokeFunctionUrl"), principals("lambda:InvokeFunction"));
}
