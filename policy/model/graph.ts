/** A resource as a rule sees it: plain data, an unknown value is `UNKNOWN`. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Inputs for a resource rule; inputs and outputs, as far as they are known, for a stack rule. */
  readonly props: Readonly<Record<string, unknown>>;
  readonly options: { readonly protect: boolean; readonly ignoreChanges: readonly string[] };
  /** Properties of an explicit provider. */
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** A resource and what it hangs on. Only a stack rule sees this. */
export interface StackResource extends Resource {
  readonly parent?: string;
  /** URNs of everything that it depends on, `dependsOn` included. */
  readonly dependencies: readonly string[];
  /** Top-level property to the URNs of the resources whose outputs flowed into it. Known in preview. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** What the pack's settings say to every rule that looks at a whole stack. */
export interface PackContext {
  /** Accounts that belong to the stack's owner, beside those that its own resources show. */
  readonly accounts: readonly string[];
  /** What other teams look after, by exact ARNs. */
  readonly managedElsewhere: ManagedElsewhere;
}

export interface ManagedElsewhere {
  readonly webAcls: readonly string[];
  readonly logging: readonly string[];
  readonly alarms: readonly string[];
  /** Accounts of which every web ACL, log destination and alarm is another team's. */
  readonly accounts: readonly string[];
}

export const NO_CONTEXT: PackContext = {
  accounts: [],
  managedElsewhere: { webAcls: [], logging: [], alarms: [], accounts: [] },
};

/** Whether an ARN is of what another team looks after: it is listed, or of an account of that team. */
export function isManagedElsewhere(
  { managedElsewhere }: PackContext,
  what: "webAcls" | "logging" | "alarms",
  arn: unknown,
): boolean {
  if (typeof arn !== "string") return false;
  const { accounts } = managedElsewhere;
  return managedElsewhere[what].includes(arn) || accounts.includes(arn.split(":")[4] ?? "");
}

/** The resources of a stack, indexed once: no rule walks over all of them. */
export class PolicyGraph {
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byUrn = new Map<string, StackResource>();
  private readonly made = new Map<string, unknown>();

  constructor(
    readonly resources: readonly StackResource[],
    readonly context: PackContext = NO_CONTEXT,
  ) {
    for (const resource of resources) {
      this.byUrn.set(resource.urn, resource);
      const same = this.byType.get(resource.type);
      if (same) same.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  /** Every resource of some types. */
  all(...types: readonly string[]): readonly StackResource[] {
    const [only = "", ...more] = types;
    if (more.length === 0) return this.byType.get(only) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  get types(): readonly string[] {
    return [...this.byType.keys()];
  }

  get(urn: string): StackResource | undefined {
    return this.byUrn.get(urn);
  }

  /** Resources of a type whose outputs flowed into a property. */
  sources(resource: StackResource, property: string, type: string): readonly StackResource[] {
    return (resource.sources[property] ?? []).flatMap((urn) => {
      const source = this.byUrn.get(urn);
      return source?.type === type ? [source] : [];
    });
  }

  /** An index of one's own, built at its first use and kept for the graph's life: rules stay linear in the size of the stack. */
  once<T>(key: string, build: () => T): T {
    if (!this.made.has(key)) this.made.set(key, build());
    return this.made.get(key) as T;
  }
}
