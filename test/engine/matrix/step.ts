import { isDeepStrictEqual } from "node:util";
import { TYPES } from "../../../local/program/graph";
import { DEFAULTS } from "../../../contract/config/defaults";
import type { Settings } from "../../../contract/config/settings";
import type { Effect } from "../../../docs/effects/effect";
import { ALL_VARIABLE } from "../support/cli";
import type { Cloud, Change } from "../provider/cloud/cloud";
import type { Config, EngineStack, Outcome } from "../support/stack";
import { holdings, type Holdings } from "./held";
import { functionProblems } from "./served/functions";
import { declaredLocks, lockProblems } from "./served/locks";
import { networkProblems } from "./served/network";
import { restProblems } from "./served/rest";
import { tokenProblems } from "./served/tokens";
import { urlProblems } from "./served/url";
import { nameOf, shortType } from "./things";
import type { ConfigKey } from "./walk";

/** What an update did that the config's documentation must say. */
export type Observed = Readonly<Record<keyof Pick<Effect, "replaces" | "gaps" | "moves" | "ends">, readonly string[]>>;

export interface Step {
  /** The keys whose values differ from the update before. */
  readonly keys: readonly ConfigKey[];
  readonly observed: Observed;
  /** What is wrong afterwards: empty for an update as it should be. */
  readonly problems: readonly string[];
}

/**
 * Updates a stack, and asks the model of the cloud what is served, locked and held afterwards.
 *
 * @param isNew whether the stack has not had this config before
 */
export async function takeStep(stack: EngineStack, from: Config, to: Config, isNew: boolean): Promise<Step> {
  const { cloud } = stack;
  const [before, settings] = [holdings(cloud, await stack.outputs()), settingsOf(to)];
  const kept = declaredLocks(cloud, settingsOf(from));
  const moments = new Map([...cloud.lockStates].map(([arn, states]) => [arn, states.length]));
  const first = cloud.changes.length;

  const outcome = await stack.up(to);
  const problems = [...servedProblems(cloud, settings)];
  for (const arn of declaredLocks(cloud, settings).filter((each) => kept.includes(each))) {
    if (cloud.lockStates.get(arn)?.slice(moments.get(arn)).includes(false))
      problems.push(`${arn} was open for a moment`);
  }
  problems.push(...lockedTooEarly(cloud.changes.slice(first)));
  const observed = observe({
    before,
    after: holdings(cloud, await stack.outputs()),
    outcome,
    changes: cloud.changes.slice(first),
  });
  problems.push(...(await furtherProblems(stack, isNew)));
  return { keys: changedKeys(from, to), observed, problems };
}

/** What comes up after the first lock that is put or changed: existing callers are out by then. */
function lockedTooEarly(changes: readonly Change[]): readonly string[] {
  const locked = changes.findIndex(({ op, type }) => op !== "delete" && type === TYPES.resourcePolicy);
  if (locked === -1) return [];
  const late = changes.slice(locked).filter(({ op, type }) => op === "create" && WAY_IN.includes(type));
  return late.map(({ urn }) => `${nameOf(urn)} is made after the locks`);
}

/** What a call passes through. */
const WAY_IN: readonly string[] = [
  TYPES.function,
  TYPES.stage,
  TYPES.functionUrl,
  TYPES.permission,
  TYPES.webAclAssociation,
  TYPES.distribution,
];

/** Everything that differs between what a config declares and what there is. */
export function* servedProblems(cloud: Cloud, settings: Settings): Generator<string> {
  yield* restProblems(cloud, settings);
  yield* urlProblems(cloud, settings);
  yield* functionProblems(cloud, settings);
  yield* tokenProblems(cloud, settings);
  yield* networkProblems(cloud, settings);
  yield* lockProblems(cloud, settings);
}

/** What a preview of the same config proposes, if the config is new to the stack. With `--all` each is previewed, and updated once more. */
async function furtherProblems(stack: EngineStack, isNew: boolean): Promise<readonly string[]> {
  const all = process.env[ALL_VARIABLE] !== undefined;
  const preview = isNew || all ? await stack.preview() : undefined;
  const further = all ? await stack.up() : undefined;
  return [
    ...(preview?.steps ?? []).map(({ op, name }) => `a preview afterwards proposes to ${op} ${name}`),
    ...(further?.steps ?? []).map(({ op, name }) => `a further update would ${op} ${name}`),
  ];
}

interface Moments {
  readonly before: Holdings;
  readonly after: Holdings;
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
}

function observe({ before, after, outcome, changes }: Moments): Observed {
  const replaced = outcome.steps.filter(({ op }) => op === "replace" || op === "create-replacement");
  const gaps = replaced.filter(({ urn }) => {
    const ops = changes.filter((change) => change.urn === urn).map(({ op }) => op);
    return ops.indexOf("delete") !== -1 && ops.indexOf("delete") < ops.indexOf("create");
  });
  const held = [...before];
  return {
    replaces: once(replaced.map(({ type }) => shortType(type))),
    gaps: once(gaps.map(({ type }) => shortType(type))),
    moves: once(
      held.filter(([key, { value }]) => after.has(key) && after.get(key)?.value !== value).map(([, each]) => each.held),
    ),
    ends: once(held.filter(([key]) => !after.has(key)).map(([, each]) => each.held)),
  };
}

export function once(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

/** A config with the defaults of the keys that it leaves out; the engine has checked it. */
export function settingsOf(config: Config): Settings {
  return { ...DEFAULTS, ...config } as unknown as Settings;
}

export function changedKeys(from: Config, to: Config): readonly ConfigKey[] {
  const [one, other] = [settingsOf(from), settingsOf(to)];
  return (Object.keys(DEFAULTS) as ConfigKey[]).filter((key) => !isDeepStrictEqual(one[key], other[key]));
}
