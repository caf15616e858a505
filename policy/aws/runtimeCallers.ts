import type { PolicyGraph, StackResource } from "../model/graph";
import { at, hasUnknown, is, or, UNKNOWN, type Truth } from "../model/value";
import { INVOKE, parseRuntimeResource } from "./agentRights";
import { documentsOf, IDENTITY_POLICIES } from "./iamDocuments";
import { allowsSome, type Values } from "./iamPolicy";
import { canonicalName, namesOf } from "./identity";
import { TYPES } from "./types";

/** Whether a policy of an identity lets it call a runtime, with a signature. */
export function isSignedFor(graph: PolicyGraph, runtime: StackResource): Truth {
  const { byId, bySource, unread } = graph.once("runtimes that policies name", () => indexOf(graph));
  const ids = namesOf(runtime.type, runtime.props);
  if (ids.length > 0) return or(...ids.map((id) => byId.get(id) ?? false), unread ? UNKNOWN : false);
  // An id that is not known yet will be the name, and ten characters that AWS adds.
  const names = graph.once(
    "names of runtimes in policies",
    () => new Set([...byId.keys()].map((id) => id.slice(0, -11))),
  );
  const name = at(runtime.props, "agentRuntimeName");
  const named = names.size > 0 && is(name, (known) => names.has(String(known)));
  return named !== false || bySource.has(runtime.urn) ? UNKNOWN : false;
}

/** What the policies of identities say of runtimes, as far as it can be read. */
interface NamedRuntimes {
  readonly byId: ReadonlyMap<string, Truth>;
  /** Runtimes whose outputs flowed into a document that is not all known. */
  readonly bySource: ReadonlySet<string>;
  /** Whether there is such a document. */
  readonly unread: boolean;
}

interface Invoking {
  readonly invokes: Truth;
  readonly resources: Values;
}

function indexOf(graph: PolicyGraph): NamedRuntimes {
  const byId = new Map<string, Truth>();
  const bySource = new Set<string>();
  let unread = false;
  for (const { resource, property, statements } of graph.all(...IDENTITY_POLICIES).flatMap(documentsOf)) {
    const invoking = (statements === UNKNOWN ? [] : statements).flatMap((each): Invoking[] => {
      const invokes = allowsSome(each, [INVOKE]);
      return invokes === false ? [] : [{ invokes, resources: each.resources ?? [] }];
    });
    for (const { invokes, resources } of invoking)
      for (const text of resources === UNKNOWN ? [] : resources)
        for (const id of canonicalName(TYPES.agentRuntime, parseRuntimeResource(text)?.runtime))
          byId.set(id, or(byId.get(id) ?? false, invokes));
    if (statements !== UNKNOWN && !invoking.some(({ resources }) => hasUnknown(resources))) continue;
    unread = true;
    for (const urn of resource.sources[property] ?? []) bySource.add(urn);
  }
  return { byId, bySource, unread };
}
