import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { engineSuite, share } from "../support/cli";
import { endpoint, runtime, URL_ONLY } from "../support/config";
import { withStack, type Config } from "../support/stack";

const [ONE, TWO, THREE] = [runtime("one"), runtime("two"), runtime("three")];
const agents = (byName: Record<string, string>) => ({
  agents: Object.fromEntries(Object.entries(byName).map(([name, agentRuntimeArn]) => [name, { agentRuntimeArn }])),
});
const locked = (config: Config): Config => ({ ...URL_ONLY, lockRuntime: true, ...config });

interface Change {
  readonly title: string;
  readonly from: Config;
  readonly to: Config;
  /** What must be locked from the first update on. */
  readonly kept: readonly string[];
  /** What must be locked after the second update. */
  readonly added?: readonly string[];
  /** What must be open after the second update. */
  readonly freed?: readonly string[];
}

const both = (...arns: string[]) => arns.flatMap((arn) => [arn, endpoint(arn)]);

const CHANGES: readonly Change[] = [
  {
    title: "an agent that gets another name",
    from: agents({ billing: ONE }),
    to: agents({ invoices: ONE }),
    kept: both(ONE),
  },
  {
    title: "the runtime behind /invoke that becomes a named agent's",
    from: { agentRuntimeArn: ONE },
    to: agents({ chat: ONE }),
    kept: both(ONE),
  },
  {
    title: "a named agent's runtime that becomes the one behind /invoke",
    from: agents({ chat: ONE }),
    to: { agentRuntimeArn: ONE },
    kept: both(ONE),
  },
  {
    title: "the first of two agents of a runtime that goes",
    from: agents({ billing: ONE, invoices: ONE }),
    to: agents({ invoices: ONE }),
    kept: both(ONE),
  },
  {
    title: "the second of two agents of a runtime that goes",
    from: agents({ billing: ONE, invoices: ONE }),
    to: agents({ billing: ONE }),
    kept: both(ONE),
  },
  {
    title: "an agent that comes before another of its runtime",
    from: agents({ invoices: ONE }),
    to: agents({ billing: ONE, invoices: ONE }),
    kept: both(ONE),
  },
  {
    title: "two agents that swap their runtimes",
    from: agents({ billing: ONE, search: TWO }),
    to: agents({ billing: TWO, search: ONE }),
    kept: both(ONE, TWO),
  },
  {
    title: "a named agent and the one behind /invoke that swap their runtimes",
    from: { agentRuntimeArn: ONE, ...agents({ search: TWO }) },
    to: { agentRuntimeArn: TWO, ...agents({ search: ONE }) },
    kept: both(ONE, TWO),
  },
  {
    title: "three agents that pass their runtimes on",
    from: agents({ a: ONE, b: TWO, c: THREE }),
    to: agents({ a: TWO, b: THREE, c: ONE }),
    kept: both(ONE, TWO, THREE),
  },
  {
    title: "a runtime that takes another's place",
    from: { agentRuntimeArn: ONE },
    to: { agentRuntimeArn: TWO },
    kept: [],
    added: both(TWO),
    freed: both(ONE),
  },
  {
    title: "an agent that comes",
    from: { agentRuntimeArn: ONE },
    to: { agentRuntimeArn: ONE, ...agents({ search: TWO }) },
    kept: both(ONE),
    added: both(TWO),
  },
  {
    title: "a canary that comes",
    from: { agentRuntimeArn: ONE },
    to: { agentRuntimeArn: ONE, canary: { qualifier: "next", weight: 10 } },
    kept: both(ONE),
    added: [endpoint(ONE, "next")],
  },
  {
    title: "a canary that goes",
    from: { agentRuntimeArn: ONE, canary: { qualifier: "next", weight: 10 } },
    to: { agentRuntimeArn: ONE },
    kept: both(ONE),
    freed: [endpoint(ONE, "next")],
  },
  {
    title: "a canary that becomes the endpoint",
    from: { agentRuntimeArn: ONE, canary: { qualifier: "next", weight: 10 } },
    to: { agentRuntimeArn: ONE, qualifier: "next" },
    kept: [ONE, endpoint(ONE, "next")],
    freed: [endpoint(ONE)],
  },
  {
    title: "an endpoint that moves with the runtime to a named agent",
    from: { agentRuntimeArn: ONE, qualifier: "live" },
    to: { agents: { chat: { agentRuntimeArn: ONE, qualifier: "live" } } },
    kept: [ONE, endpoint(ONE, "live")],
  },
  {
    title: "a door that comes",
    from: { agentRuntimeArn: ONE },
    to: { agentRuntimeArn: ONE, doors: ["streamingUrl", "bufferedApi"] },
    kept: both(ONE),
  },
  {
    title: "a lock that is taken off",
    from: { agentRuntimeArn: ONE },
    to: { agentRuntimeArn: ONE, lockRuntime: false },
    kept: [],
    freed: both(ONE),
  },
  {
    title: "a lock that is put on later",
    from: { agentRuntimeArn: ONE, lockRuntime: false },
    to: { agentRuntimeArn: ONE },
    kept: [],
    added: both(ONE),
  },
];

/** Locks were named after the agent that they were for. */
const FORMER: readonly [title: string, config: Config, former: string][] = [
  ["the runtime behind /invoke", { agentRuntimeArn: ONE }, "lock"],
  ["a named agent", agents({ billing: ONE }), "lock-billing"],
];

/** What AWS refuses, once the first door is up. */
const OUTAGES: readonly [title: string, refused: Cloud["refuses"]][] = [
  ["another door's stage", ({ type }) => type === TYPES.stage],
  ["the change of a lock", ({ op, type }) => op === "update" && type === TYPES.resourcePolicy],
  ["the end of the first door", ({ op, type }) => op === "delete" && type === TYPES.functionUrl],
];

engineSuite("locks over updates", () => {
  for (const { title, from, to, kept, added = [], freed = [] } of share(CHANGES, 6)) {
    it(`hold for ${title}`, async () => {
      await withStack({}, async (stack) => {
        const { cloud } = stack;
        await stack.up(locked(from));
        assert.deepEqual(open(cloud, kept), [], "after the first update");
        const before = moments(cloud, kept);

        await stack.up(locked(to));
        assert.deepEqual(open(cloud, [...kept, ...added]), [], "after the second update");
        const { changes } = await stack.up();
        assert.deepEqual(Object.keys(changes), ["same"]);
        assert.deepEqual(open(cloud, [...kept, ...added]), [], "after the third update");
        assert.deepEqual(open(cloud, freed), freed);
        for (const arn of kept) {
          const later = cloudStates(cloud, arn).slice(before.get(arn));
          assert.ok(!later.includes(false), `${arn} was open for a moment: ${String(later)}`);
        }
        for (const arn of [...kept, ...added]) {
          for (const role of rolesOf(cloud)) assert.ok(cloud.mayInvoke(arn, role), `${role} may invoke ${arn}`);
        }
      });
    });
  }

  for (const [title, config, former] of share(FORMER, 1)) {
    it(`hold for ${title} whose lock has the name of an earlier version`, async () => {
      await withStack({}, async (stack) => {
        await stack.up(locked(config));
        const renamed: string[] = [];
        stack.rename((name) => {
          const earlier = name.replace(/^front-door-runtime-lock-[^-]+/, `front-door-${former}`);
          if (earlier !== name) renamed.push(earlier);
          return earlier;
        });
        assert.ok(renamed.includes(`front-door-${former}-runtime`), renamed.join(", "));
        await stack.up();
        for (const arn of both(ONE)) assert.ok(!cloudStates(stack.cloud, arn).includes(false), `${arn} stays locked`);
        assert.deepEqual(open(stack.cloud, both(ONE)), []);
      });
    });
  }

  for (const [title, refused] of share(OUTAGES, 2)) {
    it(`hold when ${title} fails in the middle of an update`, async () => {
      await withStack({}, async (stack) => {
        const { cloud } = stack;
        const to = locked({ agentRuntimeArn: ONE, doors: ["bufferedApi"], canary: { qualifier: "next", weight: 10 } });
        await stack.up(locked(agents({ billing: ONE })));
        cloud.refuses = refused;
        await assert.rejects(stack.up(to), /ServiceUnavailableException/);
        assert.deepEqual(open(cloud, both(ONE)), [], "after the failure");
        cloud.refuses = () => false;
        await stack.up(to);
        assert.deepEqual(open(cloud, [...both(ONE), endpoint(ONE, "next")]), [], "after the next update");
        for (const arn of both(ONE)) assert.ok(!cloudStates(cloud, arn).includes(false), `${arn} stays locked`);
      });
    });
  }

  it("are put when the doors are up", async () => {
    await withStack({}, async (stack) => {
      await stack.up(locked({ agentRuntimeArn: ONE, doors: ["bufferedApi", "streamingUrl", "streamingApi"] }));
      const made = stack.cloud.changes.map(({ type }) => type);
      const first = made.indexOf(TYPES.resourcePolicy);
      for (const type of [TYPES.function, TYPES.stage, TYPES.functionUrl, TYPES.permission, TYPES.webAclAssociation]) {
        assert.ok(made.lastIndexOf(type) < first, `${type} comes before the locks`);
      }
    });
  });

  it("go with the stack", async () => {
    await withStack({}, async (stack) => {
      await stack.up(locked({ agentRuntimeArn: ONE, canary: { qualifier: "next", weight: 10 } }));
      await stack.destroy();
      assert.deepEqual(stack.cloud.everything, []);
    });
  });
});

function open(cloud: Cloud, arns: readonly string[]): string[] {
  return arns.filter((arn) => !cloud.isLocked(arn));
}

function cloudStates(cloud: Cloud, arn: string): readonly boolean[] {
  return cloud.lockStates.get(arn) ?? [];
}

/** How many states each has had so far. */
function moments(cloud: Cloud, arns: readonly string[]): Map<string, number> {
  return new Map(arns.map((arn) => [arn, cloudStates(cloud, arn).length]));
}

function rolesOf(cloud: Cloud): string[] {
  return cloud.all(TYPES.role).map(({ outputs }) => String(outputs["arn"]));
}
