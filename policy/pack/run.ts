import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { NO_CONTEXT, PolicyGraph, type PackContext, type Resource, type StackResource } from "../model/graph";
import type { Finding } from "../model/rule";
import { plain } from "../model/value";
import { isMarked } from "../reach/marks";
import { scopeOf, type Scope, type ScopeSetting } from "../reach/scope";
import type { Waivers } from "./waivers";

/** What holds for all rules, as `fd-pack` has read it. */
export interface PackState extends Waivers {
  readonly strict: boolean;
  readonly scope: ScopeSetting;
  readonly context: PackContext;
}

const NOTHING: PackState = { strict: false, scope: "doors", context: NO_CONTEXT, active: [], problems: [] };

/**
 * What the policies of the pack share while one request of the engine is answered: the SDK calls each on its own and unpacks
 * every resource anew for each.
 */
export class Run {
  pack: PackState = NOTHING;
  /** Types of what the request is about; `undefined` until `fd-pack` has seen it. */
  types: ReadonlySet<string> | undefined;
  /** All that the rules found, waived findings included, by rule id. */
  readonly found = new Map<string, readonly Finding[]>();
  readonly served = new Set<string>();
  private made: { resource?: Resource; isMarked?: boolean; whole?: PolicyGraph; scope?: Scope } = {};

  resource(args: ResourceValidationArgs): Resource {
    return (this.made.resource ??= toResource(args));
  }

  /** Every resource of the stack. */
  whole(resources: readonly PolicyResource[]): PolicyGraph {
    return (this.made.whole ??= new PolicyGraph(resources.map(toStackResource), this.pack.context));
  }

  /** The resources that are judged. */
  scope(resources: readonly PolicyResource[]): Scope {
    return (this.made.scope ??= scopeOf(this.whole(resources), this.pack.scope));
  }

  graph(resources: readonly PolicyResource[]): PolicyGraph {
    return this.scope(resources).graph;
  }

  /** Whether a resource is judged before the stack is known: it shows by itself that it is about an agent. */
  isJudgedAlone(resource: Resource): boolean {
    return this.pack.scope === "all" || (this.made.isMarked ??= isMarked(resource));
  }
}

let current: Run | undefined;

/**
 * The run that a call of a policy belongs to. The SDK calls the policies of a pack one after another and each once a request,
 * so a policy that comes a second time starts a new run; and within one turn of the event loop, so a later turn does too.
 */
export function runOf(policy: string): Run {
  if (!current || current.served.has(policy)) {
    const run = new Run();
    current = run;
    setImmediate(() => {
      if (current === run) current = undefined;
    });
  }
  current.served.add(policy);
  return current;
}

/** The run that a policy is about to be called in, if that is certain: it has begun, and the policy has not been in it. */
export function runAhead(policy: string): Run | undefined {
  return current?.types && !current.served.has(policy) ? current : undefined;
}

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

function toStackResource(resource: PolicyResource): StackResource {
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
