import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  Severity,
  StackValidationArgs,
} from "@pulumi/policy";
import { settleArchives } from "./archives";
import type { Memory } from "./memory";
import type { Run } from "./run";

/** Page of what is about the pack itself. */
export const PAGE = "docs/README.md";

/** Messages, with the URN of the resource that each is about. */
export type Said = readonly (readonly [message: string, urn?: string | undefined])[];

export interface PackPolicyOptions {
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  readonly says: (run: Run) => Said;
  readonly remediationSteps?: string;
  readonly configSchema?: PolicyConfigSchema;
  /** It is called in every request, and reads it for all that follow. What it says waits for the pack's settings. */
  readonly isFirst?: true;
}

/** A policy about the whole stack that the SDK sees only if it has something to say. */
export class PackPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: string;
  readonly severity: Severity;
  readonly remediationSteps: string | undefined;
  readonly url = PAGE;
  readonly configSchema: PolicyConfigSchema | undefined;

  constructor(
    private readonly memory: Memory,
    private readonly options: PackPolicyOptions,
  ) {
    this.name = options.name;
    this.description = options.description;
    this.enforcementLevel = options.level;
    this.severity = options.severity;
    this.remediationSteps = options.remediationSteps;
    this.configSchema = options.configSchema;
  }

  get validateResource(): ((args: ResourceValidationArgs) => Promise<void> | undefined) | undefined {
    const { memory, name, options } = this;
    const isNeeded = options.isFirst ?? (memory.current("resource").length > 0 && !memory.knows(name));
    return isNeeded ? this.ofResource : undefined;
  }

  get validateStack(): ((args: StackValidationArgs, report: ReportViolation) => Promise<void> | undefined) | undefined {
    const { memory, name, options } = this;
    const says = (run: Run) => !memory.knows(name) || options.says(run).length > 0;
    return memory.isNeeded("stack", name, says) ? this.ofStack : undefined;
  }

  private readonly enter = (args: ResourceValidationArgs | StackValidationArgs): Run => {
    if (this.options.isFirst) this.memory.anchorTo(this.name);
    return this.memory.enter(this.name, args);
  };

  private readonly ofResource = (args: ResourceValidationArgs): Promise<void> | undefined =>
    this.onceRead(args, () => {
      this.enter(args);
    });

  private readonly ofStack = (args: StackValidationArgs, report: ReportViolation): Promise<void> | undefined =>
    this.onceRead(args, () => {
      const run = this.enter(args);
      const say = () => {
        for (const [message, urn] of this.options.says(run)) report(message, urn);
      };
      if (this.options.isFirst && !this.memory.knows("fd-pack")) run.deferred = say;
      else {
        run.deferred?.();
        run.deferred = undefined;
        say();
      }
    });

  /** The first policy reads a request for all others, and waits for what is in archives. */
  private onceRead(args: ResourceValidationArgs | StackValidationArgs, then: () => void): Promise<void> | undefined {
    const waiting = this.options.isFirst && settleArchives(args);
    if (waiting) return waiting.then(then);
    then();
    return undefined;
  }
}
