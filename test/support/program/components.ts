import assert from "node:assert/strict";
import { TYPES, type Graph, type Resource } from "../../../local/program/graph";
import { runProgram } from "../../../local/program/program";
import type { Place } from "../../../local/program/services/creation";

export const RUNTIME_ARN = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";
export const PLACE: Place = { region: "us-east-1", accountId: "123456789012" };

export interface Mode {
  readonly mode: "update" | "preview";
  readonly preview: boolean;
}

/** Every component is tested in both modes, because no code may branch on a value that is unknown in preview. */
export const MODES: readonly Mode[] = [
  { mode: "update", preview: false },
  { mode: "preview", preview: true },
];

/** The wire format of an unknown output. */
export { UNKNOWN } from "../../../local/program/program";

/** What a recorded program finds around it, if it is not the default. */
export interface Around {
  readonly place?: Place;
  readonly project?: string;
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** Runs `program` and returns the recorded graph. */
export async function record(preview: boolean, program: () => unknown, around: Around = {}): Promise<Graph> {
  const { place = PLACE, project = "proj", stack = "test", config = {} } = around;
  return await withoutStackTraces(() => runProgram({ project, stack, config }, { preview, place }, program));
}

/**
 * Records a program without stack traces: the SDK makes several for each resource, which needs more than half of the time. Messages of
 * errors stay. Set `STACKS=1` to keep the traces when you look for the source of an error.
 */
export async function withoutStackTraces<T>(recording: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  if (process.env["STACKS"] === undefined) Error.stackTraceLimit = 0;
  try {
    return await recording();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The only resource of a type. */
export function only(graph: Graph, type: string): Resource {
  const found = graph.all(type);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`Expected one ${type}, found ${found.length}.`);
  return first;
}

/** Number of resources of each type, without components and the stack. */
export function counts(graph: Graph): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { type, custom } of graph.resources) if (custom) result[type] = (result[type] ?? 0) + 1;
  return result;
}

/** Names of the resources whose outputs are in an input. */
export function sources(graph: Graph, resource: Resource, input: string): string[] {
  const urns = resource.propertyDependencies.get(input) ?? [];
  return graph.resources
    .filter(({ urn }) => urns.includes(urn))
    .map(({ type, name }) => `${type.split(":")[2] ?? ""} ${name}`);
}

/** The inputs in the wire format. */
export function wire(resource: Resource): Record<string, unknown> {
  return resource.wire?.toJavaScript() ?? {};
}

/** Checks what is true of every component. */
export function assertSound(graph: Graph): void {
  const urns = graph.resources.map(({ urn }) => urn);
  assert.equal(new Set(urns).size, urns.length, "URNs are unique");
  for (const resource of graph.resources) {
    // The word may occur in the code of a bundle.
    const { code, source, ...inputs } = wire(resource);
    assert.ok(code === undefined || resource.type === TYPES.function);
    assert.ok(source === undefined || resource.type === TYPES.bucketObject);
    assert.doesNotMatch(JSON.stringify(inputs), /undefined/, `${resource.name} has no "undefined" in its inputs`);
    if (resource.custom)
      assert.match(resource.parent, /agentcore-front-door:index:/, `${resource.name} has a component as parent`);
  }
}
