import assert from "node:assert/strict";
import type { Cloud } from "./provider/cloud/cloud";
import { engineSuite, share } from "./support/cli";
import { endpoint, runtime } from "./support/config";
import { contentOf } from "./support/content";
import { entrances } from "./support/entrances";
import { withStack, type Config } from "./support/stack";

const [ONE, TWO] = [runtime("one"), runtime("two")];
const both = (...arns: string[]) => arns.flatMap((arn) => [arn, endpoint(arn)]);
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** How many calls fail, one in each update, spread over all calls of the update; and how many without `--all`. */
const FAILURES = 20;
const SHARE = 2;

/** Two updates on a busy machine, milliseconds. */
const STEP_MS = 60_000;

const REST: Config = {
  doors: ["bufferedApi"],
  lockRuntime: true,
  agentRuntimeArn: ONE,
  apiAuth: "apiKey",
  apiKeys: { website: {}, partner: {} },
  domain: { name: "agent.example.com", certificateArn },
  resourcePolicy: { allowIps: ["203.0.113.0/24"] },
};
const REST_CHANGED: Config = {
  doors: ["bufferedApi", "streamingApi"],
  lockRuntime: true,
  agents: { chat: { agentRuntimeArn: ONE }, search: { agentRuntimeArn: TWO } },
  apiAuth: "iam",
  apiKeys: { website: {} },
  resourcePolicy: { denyIps: ["198.51.100.0/24"] },
};
const URL: Config = {
  doors: ["streamingUrl"],
  lockRuntime: true,
  agentRuntimeArn: ONE,
  callers: ["210987654321", ...["one", "two", "three", "four", "five", "six", "seven"].map(role)],
};
const URL_WITH_EDGE: Config = {
  doors: ["streamingUrl"],
  lockRuntime: true,
  agents: { chat: { agentRuntimeArn: ONE, canary: { qualifier: "next", weight: 10 } } },
  edge: true,
  edgeSigner: true,
};

interface Update {
  readonly title: string;
  /** The stack before; without it, there is none. */
  readonly from?: Config;
  readonly to: Config;
  /** What must be locked from the first moment of its lock on. */
  readonly locked: readonly string[];
}

const UPDATES: readonly Update[] = [
  { title: "the first update of a REST stack", to: REST, locked: both(ONE) },
  { title: "a REST stack whose auth, keys, agents and doors change", from: REST, to: REST_CHANGED, locked: both(ONE) },
  { title: "the first update of a Function URL with callers", to: URL, locked: both(ONE) },
  { title: "a Function URL that gets an edge for its callers", from: URL, to: URL_WITH_EDGE, locked: both(ONE) },
];

engineSuite("an update whose Nth call fails", () => {
  for (const { title, from, to, locked } of UPDATES) {
    it(`is made good by the next, and opens nothing: ${title}`, async () => {
      await withStack({}, async (stack) => {
        const { cloud } = stack;
        if (from) await stack.up(from);
        else stack.configure(to);
        const before = entrances(cloud);
        const back = stack.save();

        const first = cloud.calls;
        await stack.up(to);
        const calls = cloud.calls - first;
        const undisturbed = contentOf(cloud);
        const declared = new Set([...before, ...entrances(cloud)]);

        assert.ok(calls >= FAILURES, `${String(calls)} calls`);
        const spread = Array.from({ length: FAILURES }, (_, index) => 1 + Math.floor((index * calls) / FAILURES));
        for (const n of share(spread, SHARE)) {
          back();
          const opened = watch(cloud, locked, declared);
          failOnce(cloud, cloud.calls + n);
          const handlers = process.listenerCount("unhandledRejection");
          await assert.rejects(stack.up(to), /ServiceUnavailableException/);
          assert.equal(process.listenerCount("unhandledRejection"), handlers, "handlers of the process");
          await stack.up(to);
          assert.deepEqual(contentOf(cloud), undisturbed, `after the failure of call ${String(n)}`);
          assert.deepEqual([...opened], [], `open at some moment, with the failure of call ${String(n)}`);
        }
      });
    }).timeout((share(Array(FAILURES), SHARE).length + 2) * STEP_MS);
  }
});

function failOnce(cloud: Cloud, call: number): void {
  cloud.refuses = () => cloud.calls === call;
}

/** Collects what is open at any moment from now on that must not be: a lock that is off again, an entrance that no config declares. */
function watch(cloud: Cloud, locked: readonly string[], declared: ReadonlySet<string>): ReadonlySet<string> {
  const opened = new Set<string>();
  const seen = new Set(locked.filter((arn) => cloud.isLocked(arn)));
  cloud.watch = () => {
    for (const arn of locked) {
      if (cloud.isLocked(arn)) seen.add(arn);
      else if (seen.has(arn)) opened.add(`${arn} is not locked`);
    }
    for (const entrance of entrances(cloud)) if (!declared.has(entrance)) opened.add(entrance);
  };
  return opened;
}
