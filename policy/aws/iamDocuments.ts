import type { PolicyGraph, Resource, StackResource } from "../model/graph";
import { judge, type Finding, type ResourceForm, type SettingSchema, type StackForm } from "../model/rule";
import { at, list, UNKNOWN } from "../model/value";
import { statementsOf, type Statement, type Statements } from "./iamPolicy";
import { TYPES } from "./types";

/** A policy document of a resource. */
export interface PolicyDocument<R extends Resource = Resource> {
  readonly resource: R;
  /** Top-level property that it stands in. */
  readonly property: string;
  /** Where it stands, for the id of a finding about all of it. */
  readonly path: string;
  /** Before the path of a statement, for ids of findings. */
  readonly prefix: string;
  readonly statements: Statements;
}

/** Types whose documents say what an identity may do. */
export const IDENTITY_POLICIES: readonly string[] = [
  TYPES.role,
  TYPES.rolePolicy,
  TYPES.policy,
  TYPES.userPolicy,
  TYPES.groupPolicy,
];

/** The documents of a resource that say what somebody may do; a role's trust policy is not one of them. */
export function documentsOf<R extends Resource>(resource: R): readonly PolicyDocument<R>[] {
  if (resource.type !== TYPES.role) {
    const policy = resource.props["policy"];
    return [{ resource, property: "policy", path: "policy", prefix: "", statements: statementsOf(policy) }];
  }
  const property = "inlinePolicies";
  const inline = list(resource.props[property]);
  if (inline === UNKNOWN) return [{ resource, property, path: property, prefix: "", statements: UNKNOWN }];
  return inline.map((each, index) => {
    const path = `${property}[${index}]`;
    return {
      resource,
      property,
      path: `${path}.policy`,
      prefix: `${path}.`,
      statements: statementsOf(at(each, "policy")),
    };
  });
}

/** What a rule about documents lets a stack set. */
export interface FollowSettings {
  readonly previewSources: readonly string[];
}

/**
 * One unknown ARN makes a whole document unknown, so a first preview could never be without findings. Where only such resources
 * flowed in, the judgement is left to the update, where the document is known: a resource form judges it before its resource is
 * changed, a form that needs the whole stack afterwards.
 */
export const PREVIEW_SOURCES: SettingSchema = {
  type: "array",
  items: { type: "string" },
  default: [TYPES.logGroup, TYPES.agentRuntime, TYPES.agentRuntimeEndpoint, TYPES.function, TYPES.role, TYPES.key],
  description:
    "Types of resources whose outputs may make a policy document unknown in a preview without a finding: it is judged in the update. An empty list reports every unknown document.",
};

/** Whether a property that is unknown in a preview may wait for the update. */
export function mayWait(
  graph: PolicyGraph,
  { resource, property }: Pick<PolicyDocument<StackResource>, "resource" | "property">,
  { previewSources }: FollowSettings,
): boolean {
  const sources = resource.sources[property] ?? [];
  return sources.length > 0 && sources.every((urn) => previewSources.includes(graph.get(urn)?.type ?? ""));
}

/**
 * Both forms of a rule that looks at one statement at a time. The resource form says nothing about a document that is unknown
 * as a whole: the stack form sees what flowed into it.
 */
export function statementForms<S extends FollowSettings>(
  types: readonly string[],
  check: (statement: Statement, document: PolicyDocument, settings: S) => readonly Finding[],
): { readonly resource: ResourceForm<S>; readonly stack: StackForm<S> } {
  const known = (document: PolicyDocument, settings: S): readonly Finding[] =>
    document.statements === UNKNOWN ? [] : document.statements.flatMap((each) => check(each, document, settings));
  return {
    resource: {
      types,
      check: (resource, settings) => documentsOf(resource).flatMap((document) => known(document, settings)),
    },
    stack: {
      types,
      check: (graph, settings) =>
        graph
          .all(...types)
          .flatMap(documentsOf)
          .flatMap((document) => [
            ...known(document, settings),
            ...(document.statements === UNKNOWN && !mayWait(graph, document, settings) ? unread(document) : []),
          ]),
    },
  };
}

/** Says that a document cannot be judged. */
export function unread({ resource, path }: PolicyDocument): readonly Finding[] {
  return judge(resource, UNKNOWN, {
    finding: path,
    seen: `the policy document in \`${path}\` is not known, or is no JSON`,
    wanted: "a document that can be read, or one made of this stack's own resources",
  });
}
