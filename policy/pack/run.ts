import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { NO_CONTEXT, PolicyGraph, type PackContext, type Resource, type StackResource } from "../model/graph";
import { provenFirst, type Finding, type Rule } from "../model/rule";
import { plain } from "../model/value";
import { isMarked } from "../reach/marks";
import { scopeOf, type Scope, type ScopeSetting } from "../reach/scope";
import type { GivenSettings } from "./settings";
import { covers, type Waivers } from "./waivers";

/** What holds for all rules, as the settings of `fd-pack` say it. */
export interface PackState extends Waivers {
  readonly strict: boolean;
  readonly scope: ScopeSetting;
  readonly context: PackContext;
}

/** A pack whose `fd-pack` is disabled. */
export const NOTHING: PackState = { strict: false, scope: "doors", context: NO_CONTEXT, active: [], problems: [] };

/** What a run takes from the requests before it. */
interface Shared {
  readonly reported: Set<string>;
  packState(): PackState;
  settingsOf(rule: Rule): GivenSettings;
}

/** Whose findings a policy reports: what is proven, or what is not. */
export type Half = "proven" | "unproven";

/**
 * One request of the engine, about a resource or about the whole stack. The SDK calls each policy on its own and unpacks every resource anew
 * for each, so the first one reads for all, and those that have nothing to say are never called.
 */
export class Run {
  /** Policies that were called. */
  readonly called = new Set<string>();
  /** Rules that are not disabled: the SDK has asked for them. */
  readonly asked = new Set<string>();
  /** What a policy says as soon as the settings of the pack are known. */
  deferred: (() => void) | undefined;
  private readonly made: { pack?: PackState; isJudged?: boolean; whole?: PolicyGraph; scope?: Scope } = {};
  private readonly found = new Map<string, readonly Finding[]>();
  private readonly pending = new Map<string, readonly Finding[]>();
  private types: ReadonlySet<string> | undefined;

  constructor(
    private readonly subject: Resource | readonly StackResource[],
    private readonly memory: Shared,
  ) {}

  get pack(): PackState {
    return (this.made.pack ??= this.memory.packState());
  }

  /** Every resource of the stack. */
  get whole(): PolicyGraph {
    return (this.made.whole ??= new PolicyGraph(this.stack ?? [], this.pack.context));
  }

  /** The resources that are judged. */
  get scope(): Scope {
    return (this.made.scope ??= scopeOf(this.whole, this.pack.scope));
  }

  /** Whether a resource is judged before the stack is known: it shows by itself that it is about an agent. */
  get isJudgedAlone(): boolean {
    return (this.made.isJudged ??= this.pack.scope === "all" || isMarked(this.subject as Resource));
  }

  /** Whether a rule has anything to look at. */
  applies(rule: Rule): boolean {
    const types = typesOf(rule);
    this.types ??= new Set(this.scope.graph.types);
    return types.length === 0 || types.some((type) => this.types?.has(type));
  }

  /** All that a rule finds, waived findings included. */
  findings(rule: Rule): readonly Finding[] {
    let found = this.found.get(rule.id);
    if (!found) this.found.set(rule.id, (found = this.check(rule)));
    return found;
  }

  /** What a rule or its twin has to report: not waived, and not reported by the resource's own validation before. */
  toReport(rule: Rule, half: Half): readonly Finding[] {
    const key = `${half} ${rule.id}`;
    let pending = this.pending.get(key);
    if (!pending) {
      const { strict, active } = this.pack;
      pending = this.findings(rule).filter(
        (each) =>
          (each.status === "fail" || strict) === (half === "proven") &&
          !active.some((waiver) => covers(waiver, rule, each)) &&
          !(this.stack && this.memory.reported.delete(keyOf(rule, each))),
      );
      this.pending.set(key, pending);
    }
    return pending;
  }

  /** Notes what a resource's own validation has reported, if the stack's will see it too. */
  noteReported(rule: Rule, finding: Finding): void {
    if (!this.stack && (rule.stack || this.pack.scope === "doors")) this.memory.reported.add(keyOf(rule, finding));
  }

  private get stack(): readonly StackResource[] | undefined {
    return Array.isArray(this.subject) ? (this.subject as readonly StackResource[]) : undefined;
  }

  private check(rule: Rule): readonly Finding[] {
    if (this.stack) return this.applies(rule) ? this.ofStack(rule) : [];
    const { resource } = rule;
    const subject = this.subject as Resource;
    if (!resource?.types.includes(subject.type) || !this.isJudgedAlone) return [];
    return resource.check(subject, this.memory.settingsOf(rule).settings);
  }

  /**
   * With the scope `doors` a resource alone does not show what it is for, so that its own validation leaves most to the stack's.
   */
  private ofStack(rule: Rule): readonly Finding[] {
    const { resource, stack } = rule;
    const { settings } = this.memory.settingsOf(rule);
    const { graph } = this.scope;
    const found = stack?.check(graph, settings) ?? [];
    if (this.pack.scope === "all" || !resource || resource.inputsOnly) return found;
    const alone = graph.all(...resource.types).flatMap((each) => resource.check(each, settings));
    // What the stack knows better than the resource is not doubted again.
    return provenFirst([...found, ...alone.filter(({ status }) => !stack || status === "fail")]);
  }
}

/** Types without which a rule does not apply; none means any. */
export const typesOf = ({ resource, stack }: Rule): readonly string[] => {
  if (stack?.types.length === 0) return [];
  return [...new Set([...(stack?.types ?? []), ...(resource?.types ?? [])])];
};

const keyOf = ({ id }: Rule, { status, resource, finding }: Finding): string =>
  JSON.stringify([id, status, resource.urn, finding]);

/** A resource as rules see it. */
export function toResource({
  urn,
  type,
  name,
  props,
  opts,
  provider,
}: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "opts" | "provider">): Resource {
  return {
    urn,
    type,
    name,
    props: plain(props) as Resource["props"],
    options: { protect: opts.protect, ignoreChanges: opts.ignoreChanges },
    ...(provider && { provider: plain(provider.props) as Resource["props"] }),
  };
}

export function toStackResource(resource: PolicyResource): StackResource {
  const urns = (resources: readonly { readonly urn: string }[]) => resources.map(({ urn }) => urn);
  return {
    ...toResource(resource),
    ...(resource.parent && { parent: resource.parent.urn }),
    dependencies: urns(resource.dependencies),
    sources: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, from]) => [property, urns(from)]),
    ),
  };
}
