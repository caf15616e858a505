import type { PolicyGraph, StackResource } from "../model/graph";
import { and, list, UNKNOWN, type Truth } from "../model/value";
import { documentsOf, type PolicyDocument } from "./iamDocuments";
import { link, linkedFrom, strays } from "./links";
import { TYPES } from "./types";

/** A document that a role has. */
export interface RoleDocument extends PolicyDocument<StackResource> {
  /** Whether the role has it: unknown where that is not certain. */
  readonly held: Truth;
}

/** A managed policy that the stack does not make, so nobody can look into it here. */
export interface ForeignPolicy {
  readonly resource: StackResource;
  readonly path: string;
  readonly arn: unknown;
  readonly held: Truth;
}

/** All that says what a role may do. */
export interface RoleRights {
  readonly documents: readonly RoleDocument[];
  readonly foreign: readonly ForeignPolicy[];
}

/** Follows a role's policies: its own, inline ones, and managed ones with what attaches them. */
export function rightsOf(graph: PolicyGraph, role: StackResource): RoleRights {
  const documents: RoleDocument[] = documentsOf(role).map((document) => ({ ...document, held: true }));
  const foreign: ForeignPolicy[] = [];
  const managed = (from: StackResource, property: string, path: string, arn: unknown, held: Truth): void => {
    const { to, sure } = link(graph, from, property, TYPES.policy, arn);
    for (const policy of to)
      documents.push(...documentsOf(policy).map((each): RoleDocument => ({ ...each, held: and(truth(sure), held) })));
    if (to.length === 0) foreign.push({ resource: from, path, arn, held });
  };

  for (const { from, held } of attached(graph, role, TYPES.rolePolicy))
    documents.push(...documentsOf(from).map((document): RoleDocument => ({ ...document, held })));
  for (const { from, held } of [...attached(graph, role, TYPES.rolePolicyAttachment), ...attachedInLists(graph, role)])
    managed(from, "policyArn", "policyArn", from.props["policyArn"], held);
  const property = "managedPolicyArns";
  const arns = list(role.props[property]);
  if (arns === UNKNOWN) managed(role, property, property, UNKNOWN, true);
  else for (const [index, arn] of arns.entries()) managed(role, property, `${property}[${index}]`, arn, true);
  return { documents, foreign };
}

const truth = (sure: boolean): Truth => sure || UNKNOWN;

/** A resource that hangs on a role, and whether that is certain. */
export interface Attached {
  readonly from: StackResource;
  readonly held: Truth;
}

/** What names the role in a property, and what may name it. */
export function attached(
  graph: PolicyGraph,
  role: StackResource,
  type: string,
  property = "role",
): readonly Attached[] {
  return [
    ...linkedFrom(graph, role, type, property).map(({ from, sure }): Attached => ({ from, held: truth(sure) })),
    ...strays(graph, type, property, TYPES.role).map((from): Attached => ({ from, held: truth(false) })),
  ];
}

/** PolicyAttachments, which name their roles in a list. */
function attachedInLists(graph: PolicyGraph, role: StackResource): readonly Attached[] {
  const index = graph.once("roles of policy attachments", () => {
    const back = new Map<string, Attached[]>();
    const add = (key: string, each: Attached) => back.set(key, [...(back.get(key) ?? []), each]);
    for (const from of graph.all(TYPES.policyAttachment)) {
      const roles = list(from.props["roles"]);
      for (const each of roles === UNKNOWN ? [UNKNOWN] : roles) {
        const { to, sure } = link(graph, from, "roles", TYPES.role, each);
        for (const { urn } of to) add(urn, { from, held: truth(sure) });
        if (to.length === 0 && !sure) add(ANY, { from, held: truth(false) });
      }
    }
    return back;
  });
  return [...(index.get(role.urn) ?? []), ...(index.get(ANY) ?? [])];
}

/** In place of a role's URN, for what may be of any role. */
const ANY = "";
