import type { PolicyGraph, StackResource } from "../model/graph";
import { TYPES } from "../aws/types";
import { eachText } from "./texts";

/** Which resources of the stack each one names, by outputs that flowed into it or by the texts of its properties. */
export interface References {
  readonly to: (urn: string) => ReadonlySet<string>;
  readonly from: (urn: string) => ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export function referencesOf(graph: PolicyGraph): References {
  return graph.once("references", () => {
    const named = namesOf(graph);
    const [to, from] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
    const add = (one: string, other: string) => {
      if (one === other) return;
      put(to, one, other);
      put(from, other, one);
    };
    for (const resource of graph.resources) {
      for (const urns of Object.values(resource.sources))
        for (const urn of urns) if (graph.get(urn)) add(resource.urn, urn);
      eachText(resource, (text, key) => {
        for (const name of namedIn(text, key)) for (const urn of named.get(name) ?? []) add(resource.urn, urn);
      });
    }
    return { to: (urn) => to.get(urn) ?? NONE, from: (urn) => from.get(urn) ?? NONE };
  });
}

/** Resources by what names them in a text. */
function namesOf(graph: PolicyGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const { urn, type, props } of graph.resources) {
    const text = (property: string) => (typeof props[property] === "string" ? props[property] : undefined);
    const names = [
      text("arn"),
      ...(type === TYPES.function ? [`function:${text("name") ?? ""}`] : []),
      ...(type === TYPES.role ? [`role:${text("name") ?? ""}`] : []),
      ...(type === TYPES.restApi ? [`api:${text("id") ?? ""}`] : []),
      ...(type === TYPES.functionUrl ? [`url:${text("urlId") ?? ""}`] : []),
      ...(type === TYPES.agentRuntime ? [`runtime:${text("agentRuntimeId") ?? ""}`] : []),
      ...(isLong(text("id")) ? [`id:${text("id") ?? ""}`] : []),
    ];
    for (const name of names) if (name !== undefined && !name.endsWith(":")) put(named, name, urn);
  }
  return named;
}

const isLong = (id: string | undefined): boolean => id !== undefined && id.length >= 8;

const ARN = /arn:aws[\w-]*:[\w-]+:[\w-]*:(?:\d{12}|aws)?:[^\s"',\\}\]]+/g;
const HOST = /([a-z0-9]+)\.(lambda-url|execute-api)\./g;

function* namedIn(text: string, key: string): Generator<string> {
  if (text.length > 1_000_000) return;
  for (const [arn] of text.matchAll(ARN)) {
    yield arn;
    yield* partsOf(arn);
  }
  for (const [, id = "", kind] of text.matchAll(HOST)) yield `${kind === "lambda-url" ? "url" : "api"}:${id}`;
  if (text.length > 256 || /\s/.test(text)) return;
  if (/function|lambda|target/i.test(key)) yield `function:${text.replace(/:[\w$-]+$/, "")}`;
  if (/role/i.test(key)) yield `role:${text}`;
  if (/api/i.test(key)) yield `api:${text}`;
  yield `id:${text}`;
}

/** What is named by a part of an ARN: the function behind an alias or an invocation URI, the API behind a stage. */
function* partsOf(arn: string): Generator<string> {
  const part = (pattern: RegExp, kind: string) =>
    [pattern.exec(arn)?.[1]].flatMap((id) => (id ? [`${kind}:${id}`] : []));
  yield* part(/:function:([\w-]+)/, "function");
  yield* part(/:role\/(?:[^*?]*\/)?([\w+=,.@-]+)$/, "role");
  yield* part(/(?:\/restapis\/|:execute-api:[\w-]*:\d*:)([a-z0-9]+)/, "api");
  yield* part(/:runtime\/([\w-]+)/, "runtime");
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}

export const refersTo = (graph: PolicyGraph, { urn }: StackResource): readonly StackResource[] =>
  [...referencesOf(graph).to(urn)].flatMap((each) => graph.get(each) ?? []);

export const referredFrom = (graph: PolicyGraph, { urn }: StackResource): readonly StackResource[] =>
  [...referencesOf(graph).from(urn)].flatMap((each) => graph.get(each) ?? []);
