import type { StackConfig } from "../../../contract/config/schema";
import type { Config } from "../support/stack";

export type ConfigKey = keyof StackConfig;

/** Updates of one stack, one after the other, each with its whole config. */
export interface Walk {
  readonly title: string;
  /** The key whose effect (docs/effects) these updates must show, whole; undefined if several keys change. */
  readonly key?: ConfigKey;
  /** Where the walk begins, and ends again. */
  readonly without: Config;
  readonly stops: readonly Config[];
  /** What stays in the account after the way back, because the program retains it. */
  readonly leaves?: RegExp;
  /** Whether every run takes all stops. Without it, one without `--all` takes the first, and the way back. */
  readonly always?: boolean;
}

/** From a stack without a key to one with it, to each further value, and back. */
export function keyWalk(key: ConfigKey, without: Config, values: readonly unknown[]): Walk {
  return walk(
    key,
    without,
    values.map((value) => ({ [key]: value })),
  );
}

/** The same with other keys that the value needs. */
export function walk(key: ConfigKey, without: Config, changes: readonly Config[]): Walk {
  return { title: key, key, without, stops: changes.map((change) => ({ ...without, ...change })) };
}

/** Updates that change several keys. */
export function journey(title: string, without: Config, changes: readonly Config[]): Walk {
  return { title, without, stops: changes.map((change) => ({ ...without, ...change })) };
}

/** A walk of which every run takes all stops. */
export function always(walk: Walk): Walk {
  return { ...walk, always: true };
}

/** How many updates a walk has: its stops, and the way back. */
export function stepsOf({ stops }: Walk): number {
  return stops.length + 1;
}
