import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Effect } from "../../../docs/effects/effect";
import { EFFECTS } from "../../../docs/effects";
import { ALL_VARIABLE, engineSuite, share, STEPS_VARIABLE } from "../support/cli";
import { EngineStack, type Config } from "../support/stack";
import { once, takeStep, type Observed, type Step } from "./step";
import { inventory } from "./things";
import type { ConfigKey, Walk } from "./walk";

/** Longest time that an update with its checks takes, on a machine with other work. */
export const STEP_MS = 60_000;

const KINDS = ["replaces", "gaps", "moves", "ends"] as const;

/** Takes walks in one stack, one after the other: the way from the end of one to the beginning of the next is an update like any other. */
export function matrixSuite(title: string, walks: readonly Walk[]): void {
  engineSuite(`matrix: ${title}`, () => {
    let stack: EngineStack;
    const walker = new Walker(() => stack);
    before(async () => {
      stack = await EngineStack.open();
    });
    after(() => {
      stack.close();
      console.log(`    ${String(walker.steps)} steps`);
    });
    // Journeys show how the effects of keys go together: with `--all`.
    for (const walk of walks.filter(({ key }) => key !== undefined || process.env[ALL_VARIABLE] !== undefined)) {
      const stops = walk.always === true ? walk.stops : share(walk.stops, 1);
      it(walk.title, async () => {
        const { problems, shown } = await walker.take({ ...walk, stops });
        assert.deepEqual(problems, []);
        // A share of the stops shows a share of the effect, and nothing else: what is not declared is a problem.
        if (walk.key === undefined || stops.length < walk.stops.length) return;
        assert.deepEqual(shown, declared(EFFECTS[walk.key]), `docs/effects of ${walk.key}`);
      }).timeout((stops.length + 2) * STEP_MS);
    }
  });
}

/** What a walk showed: what was wrong after its updates, and the effects of those that changed its key. */
interface Taken {
  readonly problems: readonly string[];
  readonly shown: Observed;
}

/** Takes walks in a stack. */
export class Walker {
  steps = 0;
  private at: Config | undefined;
  private readonly known = new Set<string>();

  constructor(private readonly stack: () => EngineStack) {}

  async take({ key, without, stops, leaves }: Walk): Promise<Taken> {
    const problems: string[] = [];
    const shown: Observed[] = [];
    if (!isDeepStrictEqual(this.at, without)) problems.push(...(await this.step(without)).problems);
    const begin = inventory(this.stack().cloud);
    for (const config of [...stops, without]) {
      const step = await this.step(config);
      problems.push(...step.problems);
      if (key !== undefined && step.keys.includes(key)) shown.push(onlyOf(key, step));
    }
    const end = inventory(this.stack().cloud);
    problems.push(
      ...begin.filter((each) => !end.includes(each)).map((each) => `after the way back there is not: ${each}`),
    );
    const more = end.filter((each) => !begin.includes(each) && leaves?.test(each) !== true);
    problems.push(...more.map((each) => `after the way back there is: ${each}`));
    return { problems, shown: joined(shown) };
  }

  private async step(to: Config): Promise<Step> {
    const from = this.at;
    // Known again only if it succeeds: a failed update leaves something in between.
    this.at = undefined;
    const config = JSON.stringify(to);
    const step = await takeStep(this.stack(), from ?? {}, to, !this.known.has(config));
    this.known.add(config);
    this.at = to;
    this.steps += 1;
    const file = process.env[STEPS_VARIABLE];
    if (file !== undefined) appendFileSync(file, ".");
    const way = `${step.keys.join(", ") || "the same again"} to ${JSON.stringify(pick(to, step.keys))}`;
    const undeclared = from === undefined ? [] : undeclaredEffects(step);
    return { ...step, problems: [...step.problems, ...undeclared].map((problem) => `${way}: ${problem}`) };
  }
}

/** What happened that no changed key's effect says. */
function undeclaredEffects({ keys, observed }: Step): readonly string[] {
  return KINDS.flatMap((kind) => {
    const allowed = keys.flatMap((key) => [...(EFFECTS[key][kind] ?? [])]);
    return observed[kind]
      .filter((each) => !allowed.some((other) => other === each))
      .map(
        (each) => `docs/effects has no \`${kind}\` "${each}" for ${keys.join(", ") || "an update without a change"}`,
      );
  });
}

/** What an update shows of its key: what other keys that it changed declare as well may be theirs. */
function onlyOf(key: ConfigKey, { keys, observed }: Step): Observed {
  const others = keys.filter((each) => each !== key);
  const says = (of: ConfigKey, kind: (typeof KINDS)[number], each: string) =>
    EFFECTS[of][kind]?.some((declaredOne) => declaredOne === each) === true;
  const isOthers = (kind: (typeof KINDS)[number], each: string) =>
    !says(key, kind, each) && others.some((other) => says(other, kind, each));
  return byKind((kind) => observed[kind].filter((each) => !isOthers(kind, each)));
}

function declared(effect: Effect): Observed {
  return byKind((kind) => once(effect[kind] ?? []));
}

function joined(all: readonly Observed[]): Observed {
  return byKind((kind) => once(all.flatMap((each) => each[kind])));
}

function byKind(values: (kind: (typeof KINDS)[number]) => readonly string[]): Observed {
  return { replaces: values("replaces"), gaps: values("gaps"), moves: values("moves"), ends: values("ends") };
}

function pick(config: Config, keys: readonly string[]): Config {
  return Object.fromEntries(keys.map((key) => [key, config[key]]));
}
