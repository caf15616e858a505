import type { BehaviourName } from "../provider/behaviours";
import { Cloud } from "../provider/cloud/cloud";
import { placeOf, withStack, type EngineStack, type Outcome } from "../support/stack";

/** Where a scenario runs: a stack of its own in an account of its own, whose programs can differ from update to update. */
export interface Bench {
  readonly cloud: Cloud;
  readonly stack: EngineStack;
  readonly up: (program: () => unknown) => Promise<Outcome>;
  readonly preview: (program: () => unknown) => Promise<Outcome>;
  /** The engine's output of an operation that AWS or the provider refuses; empty if it passes. */
  readonly refusal: (operation: Promise<unknown>) => Promise<string>;
}

/** What a behaviour does to a program that is not prepared for it. */
export interface Scenario {
  /** The file of test/engine that would pass with a faulty program if the behaviour were not modelled. */
  readonly guards: string;
  readonly region?: string;
  readonly fresh?: boolean;
  /** Resolves to whether it was seen. */
  readonly shows: (bench: Bench) => Promise<boolean>;
}

export type Scenarios = Partial<Readonly<Record<BehaviourName, Scenario>>>;

/** Plays a scenario in an account that lacks some behaviours. */
export async function play(
  { region = "us-east-1", fresh = false, shows }: Scenario,
  without: readonly BehaviourName[],
): Promise<boolean> {
  const cloud = new Cloud(placeOf(region), { fresh, without });
  let current: () => unknown = () => ({});
  const program = () => {
    current();
    return {};
  };
  return await withStack({ region, cloud, program }, async (stack) => {
    const run = (program: () => unknown): EngineStack => {
      current = program;
      return stack.configure({});
    };
    return await shows({
      cloud,
      stack,
      up: (program) => run(program).up(),
      preview: (program) => run(program).preview(),
      refusal: async (operation) => {
        try {
          await operation;
          return "";
        } catch (error) {
          return String(error);
        }
      },
    });
  });
}
