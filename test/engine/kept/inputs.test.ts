import assert from "node:assert/strict";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor, type FrontDoorArgs } from "../../../components/index";
import { TYPES } from "../../../local/program/graph";
import { ROOT } from "../../support/local/frontDoor";
import type { Cloud } from "../provider/cloud/cloud";
import { engineSuite } from "../support/cli";
import { endpoint, runtime } from "../support/config";
import { program, withStack, type EngineStack } from "../support/stack";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});

/** What a program makes beside the door: runtimes and roles, each by a name. */
interface World {
  readonly runtime: (name: string) => pulumi.Output<string>;
  readonly role: (name: string) => pulumi.Output<string>;
}

/** A stack whose program makes agents and callers itself; `deploy` is one update. */
async function withProgram(
  test: (deploy: (args: (world: World) => FrontDoorArgs) => Promise<void>, stack: EngineStack) => Promise<void>,
): Promise<void> {
  let args: (world: World) => FrontDoorArgs = () => ({});
  const deployed = () => {
    const runtimes = new Map<string, pulumi.Output<string>>();
    const agentRole = new aws.iam.Role("agent", { assumeRolePolicy: trust });
    const world: World = {
      // An Output for each name, as a program has it.
      runtime: (name) => {
        const made =
          runtimes.get(name) ??
          new aws.bedrock.AgentcoreAgentRuntime(name, {
            agentRuntimeName: name,
            agentRuntimeArtifact: { containerConfiguration: { containerUri: "registry/agent:1" } },
            roleArn: agentRole.arn,
            networkConfiguration: { networkMode: "PUBLIC" },
          }).agentRuntimeArn;
        runtimes.set(name, made);
        return made;
      },
      role: (name) => new aws.iam.Role(name, { assumeRolePolicy: trust }).arn,
    };
    new FrontDoor("door", { doors: ["streamingUrl"], ...args(world) });
  };
  await withStack({ program: deployed }, async (stack) => {
    await test(async (next) => {
      args = next;
      await stack.preview({});
      await stack.up({});
      assert.deepEqual((await stack.preview()).steps, [], "a preview afterwards");
    }, stack);
  });
}

engineSuite("a program that makes its own agents", () => {
  const MOVES: readonly (readonly [
    title: string,
    before: (world: World) => FrontDoorArgs,
    after: (world: World) => FrontDoorArgs,
  ])[] = [
    [
      "a key is renamed",
      ({ runtime }) => ({ agents: { billing: { agentRuntimeArn: runtime("one") } } }),
      ({ runtime }) => ({
        agents: { invoices: { agentRuntimeArn: runtime("one") } },
        aliasKeys: { invoices: ["billing"] },
      }),
    ],
    [
      "the runtime behind /invoke becomes a named agent's",
      ({ runtime }) => ({ agentRuntimeArn: runtime("one") }),
      ({ runtime }) => ({ agents: { chat: { agentRuntimeArn: runtime("one") } }, aliasKeys: { chat: ["/invoke"] } }),
    ],
    [
      "the first of two keys of a runtime goes",
      ({ runtime }) => ({
        agents: { billing: { agentRuntimeArn: runtime("one") }, invoices: { agentRuntimeArn: runtime("one") } },
      }),
      ({ runtime }) => ({
        agents: { invoices: { agentRuntimeArn: runtime("one") } },
        aliasKeys: { invoices: ["billing"] },
      }),
    ],
    [
      "a key comes before another of its runtime",
      ({ runtime }) => ({ agents: { invoices: { agentRuntimeArn: runtime("one") } } }),
      ({ runtime }) => ({
        agents: { billing: { agentRuntimeArn: runtime("one") }, invoices: { agentRuntimeArn: runtime("one") } },
      }),
    ],
    [
      "two keys swap their runtimes, with new keys",
      ({ runtime }) => ({
        agents: { a: { agentRuntimeArn: runtime("one") }, b: { agentRuntimeArn: runtime("two") } },
      }),
      ({ runtime }) => ({
        agents: { c: { agentRuntimeArn: runtime("two") }, d: { agentRuntimeArn: runtime("one") } },
        aliasKeys: { c: ["b"], d: ["a"] },
      }),
    ],
  ];

  for (const [title, before, after] of MOVES) {
    it(`keeps its locks when ${title}`, async () => {
      await withProgram(async (deploy, { cloud }) => {
        const locked = (args: typeof before) => (world: World) => ({ lockRuntime: true, ...args(world) });
        await deploy(locked(before));
        const arns = runtimeArns(cloud);
        assert.deepEqual(open(cloud, arns), []);
        await deploy(locked(after));
        assert.deepEqual(open(cloud, arns), []);
        for (const arn of arns) assert.ok(!cloud.lockStates.get(arn)?.includes(false), `${arn} stays locked`);
      });
    });
  }

  it("keeps the lock when the Output becomes a plain text, and when the text becomes an Output with the ARN as an alias", async () => {
    await withProgram(async (deploy, { cloud }) => {
      let arn = "";
      await deploy(({ runtime }) => ({ lockRuntime: true, agentRuntimeArn: runtime("one") }));
      [arn = ""] = runtimeArns(cloud);
      await deploy(({ runtime }) => {
        runtime("one");
        return { lockRuntime: true, agentRuntimeArn: arn };
      });
      assert.deepEqual(open(cloud, [arn]), []);
      await deploy(({ runtime }) => ({
        lockRuntime: true,
        agentRuntimeArn: runtime("one"),
        aliasKeys: { "/invoke": [arn] },
      }));
      assert.deepEqual(open(cloud, [arn]), []);
      assert.ok(!cloud.lockStates.get(arn)?.includes(false));
    });
  });

  it("loses the lock of a key that is renamed without the alias, as the page says", async () => {
    await withProgram(async (deploy, { cloud }) => {
      const stackOf = (key: string) => (world: World) => ({
        lockRuntime: true,
        agents: { [key]: { agentRuntimeArn: world.runtime("one") } },
      });
      await deploy(stackOf("billing"));
      await deploy(stackOf("invoices"));
      assert.notDeepEqual(open(cloud, runtimeArns(cloud)), []);
    });
  });

  it("refuses two Outputs of one runtime when they are known", async () => {
    const twice = runtime("twin");
    const twins = () => {
      const late = () => pulumi.output(Promise.resolve(twice));
      new FrontDoor("door", {
        doors: ["streamingUrl"],
        lockRuntime: true,
        agents: { a: { agentRuntimeArn: late() }, b: { agentRuntimeArn: late() } },
      });
    };
    await withStack({ program: twins }, async (stack) => {
      await assert.rejects(stack.preview({}), /are the same runtime/);
    });
  });
});

engineSuite("examples/agent-and-caller", () => {
  it("goes up, and stays as it is", async () => {
    await withStack({ program: () => program(join(ROOT, "examples", "agent-and-caller")) }, async (stack) => {
      await stack.preview({});
      await stack.up({});
      assert.deepEqual((await stack.preview()).steps, []);
      assert.deepEqual(open(stack.cloud, runtimeArns(stack.cloud)), []);
      assert.equal(principals(stack.cloud).length, 1);
    });
  });
});

engineSuite("a program that makes its own callers", () => {
  it("lets each in as long as it is named, however keys come, go, swap and are renamed", async () => {
    await withProgram(async (deploy, { cloud }) => {
      const { watch } = watched(cloud);
      const stackOf = (callers: (world: World) => FrontDoorArgs["callers"]) => (world: World) => ({
        agentRuntimeArn: runtime("one"),
        callers: callers(world) ?? {},
      });
      const named = async (kept: readonly string[], callers: (world: World) => FrontDoorArgs["callers"]) => {
        const admitted = principals(cloud).filter((arn) => kept.some((name) => arn.includes(`/${name}-`)));
        const lost = watch(admitted);
        await deploy(stackOf(callers));
        assert.deepEqual(lost(), [], "no permission falls for a moment");
      };
      await named([], ({ role }) => ({ a: role("one"), b: role("two") }));
      assert.equal(principals(cloud).length, 2);
      await named(["one", "two"], ({ role }) => ({ a: role("one"), b: role("two"), c: role("three") }));
      assert.equal(principals(cloud).length, 3);
      await named(["one", "three"], ({ role }) => ({ a: role("one"), c: role("three") }));
      assert.equal(principals(cloud).length, 2);
      await named(["one", "three"], ({ role }) => ({ a: role("three"), c: role("one") }));
      assert.equal(principals(cloud).length, 2);
      await named(["one", "three"], ({ role }) => ({ first: role("three"), last: role("one") }));
      assert.equal(principals(cloud).length, 2);
    });
  });

  it("moves from a list of texts to a map and back, and every caller stays", async () => {
    const arns = ["arn:aws:iam::210987654321:role/one", "210987654321"];
    await withProgram(async (deploy, { cloud }) => {
      const { watch } = watched(cloud);
      const base = { agentRuntimeArn: runtime("one") };
      await deploy(() => ({ ...base, callers: arns }));
      const all = principals(cloud);
      assert.equal(all.length, 2);
      for (const callers of [{ one: arns[0] ?? "", all: arns[1] ?? "" }, arns]) {
        const lost = watch(all);
        await deploy(() => ({ ...base, callers }));
        assert.deepEqual(lost(), []);
        assert.deepEqual(principals(cloud), all);
      }
    });
  });
});

function runtimeArns(cloud: Cloud): string[] {
  return cloud
    .all(TYPES.agentRuntime)
    .map(({ outputs }) => String(outputs["agentRuntimeArn"]))
    .flatMap((arn) => [arn, endpoint(arn)]);
}

function open(cloud: Cloud, arns: readonly string[]): string[] {
  return arns.filter((arn) => !cloud.isLocked(arn));
}

/** Principals that may do both that a call of the URL asks for. */
function principals(cloud: Cloud): string[] {
  const may = (action: string) =>
    cloud
      .all(TYPES.permission)
      .filter(({ outputs }) => outputs["action"] === action)
      .map(({ outputs }) => String(outputs["principal"]));
  const both = may("lambda:InvokeFunctionUrl").filter((arn) => may("lambda:InvokeFunction").includes(arn));
  return [...new Set(both)].sort();
}

/** `watch` looks after each change of the account; what it returns says who lost a right. */
function watched(cloud: Cloud): { watch: (arns: readonly string[]) => () => string[] } {
  let lost: string[] = [];
  let kept: readonly string[] = [];
  cloud.watch = () => {
    lost.push(...kept.filter((arn) => !principals(cloud).includes(arn)));
  };
  return {
    watch: (arns) => {
      [kept, lost] = [arns, []];
      return () => lost;
    },
  };
}
