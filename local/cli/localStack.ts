import { isDeepStrictEqual } from "node:util";
import type { FrontDoor, LocalCaller } from "../../contract/wire/doors";
import type { Target, TargetOptions } from "../aws/target";
import { Graph, TYPES, type Resource } from "../program/graph";
import { localCallers, type CallerOption } from "./callers";

/** What has changed between two recordings of a stack. */
export type Change =
  | { readonly kind: "none" }
  /** Only the code of these functions. */
  | { readonly kind: "code"; readonly functions: readonly Resource[] }
  | { readonly kind: "resources" };

/** Compares two recordings of a stack. */
export function changeOf(before: readonly Resource[], after: readonly Resource[]): Change {
  if (!isDeepStrictEqual(before.map(withoutCode), after.map(withoutCode))) return { kind: "resources" };
  const functions = after.filter(
    ({ type, inputs }, index) =>
      type === TYPES.function && !isDeepStrictEqual(inputs["code"], before[index]?.inputs["code"]),
  );
  return functions.length === 0 ? { kind: "none" } : { kind: "code", functions };
}

function withoutCode({ type, urn, inputs, outputs, dependencies }: Resource): object {
  if (type !== TYPES.function) return { urn, inputs, outputs, dependencies };
  return { urn, inputs: { ...inputs, code: undefined }, dependencies };
}

/** The doubles of a stack that runs, and what they were made of. */
export class LocalStack {
  private readonly callers: readonly LocalCaller[];

  private constructor(
    private target: Target,
    private recorded: readonly Resource[],
    private readonly options: TargetOptions,
    private readonly named: readonly CallerOption[],
  ) {
    this.callers = localCallers(named, target.addCaller);
  }

  /** @param callers further principals that get credentials */
  static async deploy(
    resources: readonly Resource[],
    options: TargetOptions,
    callers: readonly CallerOption[],
  ): Promise<LocalStack> {
    return new LocalStack(await deploy(resources, options), resources, options, callers);
  }

  get frontDoor(): FrontDoor {
    return { ...this.target.frontDoor, ...(this.callers.length > 0 && { callers: this.callers }) };
  }

  get notEmulated(): readonly string[] {
    return this.target.notEmulated;
  }

  get addCaller(): Target["addCaller"] {
    return this.target.addCaller;
  }

  /**
   * Serves another recording of the stack from the same ports. If only code has changed, answers in progress go on.
   *
   * @throws Error if it cannot run; what ran before runs on
   */
  async update(resources: readonly Resource[], runtimeAuth = this.options.runtimeAuth): Promise<Change> {
    const change = changeOf(this.recorded, resources);
    if (change.kind === "code") await this.target.replaceCode(change.functions);
    if (change.kind === "resources") await this.replace(resources, runtimeAuth);
    this.recorded = resources;
    return change;
  }

  async stop(): Promise<void> {
    await this.target.stop();
  }

  private async replace(resources: readonly Resource[], runtimeAuth: TargetOptions["runtimeAuth"]): Promise<void> {
    const options = { ...this.options, runtimeAuth, former: this.target.frontDoor };
    await this.target.stop();
    try {
      this.target = await deploy(resources, options);
    } catch (error) {
      this.target = await deploy(this.recorded, { ...options, runtimeAuth: this.options.runtimeAuth });
      throw error;
    } finally {
      // The new doubles know their keys again.
      localCallers(this.named, this.target.addCaller, this.callers);
    }
  }
}

async function deploy(resources: readonly Resource[], options: TargetOptions): Promise<Target> {
  const { Target: Doubles } = await import("../aws/target.js");
  return await Doubles.deploy(new Graph(resources), options);
}
