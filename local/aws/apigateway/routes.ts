import { text, TYPES, type Graph, type Resource } from "../../program/graph";

/** A method with its integration, from the deployment's snapshot. */
export interface Route {
  readonly method: Resource;
  readonly integration: Resource;
  /** For example `/invoke` or `/{proxy+}`. */
  readonly resourcePath: string;
}

export interface Match extends Route {
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

interface PathNode {
  readonly path: string;
  readonly segments: readonly string[];
  readonly methods: ReadonlyMap<string, Route>;
}

/**
 * The routes of a stage: only methods that its deployment depends on. On AWS, other methods may be missing from the snapshot, so they are
 * missing here.
 */
export class Routes {
  private readonly nodes: readonly PathNode[];

  constructor(graph: Graph, restApi: Resource, deployment: Resource) {
    const snapshot = graph.closure(deployment);
    const served = (type: string) => graph.where(type, "restApi", restApi.id).filter(({ urn }) => snapshot.has(urn));
    const integrations = served(TYPES.integration);
    const paths = new Map([[text(restApi, "rootResourceId"), "/"]]);
    for (let added = true; added;) {
      added = false;
      for (const { id, inputs } of graph.where(TYPES.resource, "restApi", restApi.id)) {
        const parent = paths.get(String(inputs["parentId"]));
        if (paths.has(id) || parent === undefined) continue;
        paths.set(id, `${parent === "/" ? "" : parent}/${String(inputs["pathPart"])}`);
        added = true;
      }
    }
    this.nodes = [...paths].map(([resourceId, path]) => {
      const methods = served(TYPES.method)
        .filter(({ inputs }) => inputs["resourceId"] === resourceId)
        .flatMap((method): [string, Route][] => {
          const httpMethod = text(method, "httpMethod");
          const integration = integrations.find(
            ({ inputs }) => inputs["resourceId"] === resourceId && inputs["httpMethod"] === httpMethod,
          );
          return integration ? [[httpMethod, { method, integration, resourcePath: path }]] : [];
        });
      return { path, segments: split(path), methods: new Map(methods) };
    });
  }

  /** The route with the most specific path; undefined if no path matches, or if that path has no such method. */
  match(method: string, path: string): Match | undefined {
    const segments = split(path);
    const fitting = this.nodes
      .flatMap((node) => {
        const pathParameters = fit(node.segments, segments);
        return pathParameters ? [{ node, pathParameters }] : [];
      })
      .sort((a, b) => weight(b.node.segments) - weight(a.node.segments));
    const best = fitting[0];
    const route = best?.node.methods.get(method) ?? best?.node.methods.get("ANY");
    if (!best || !route) return undefined;
    const { pathParameters } = best;
    return { ...route, pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null };
  }
}

function split(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function fit(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = segments[index];
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    if (value === undefined) return undefined;
    if (!name && part !== value) return undefined;
    if (name?.[2] === "+") return { ...parameters, [name[1] ?? ""]: segments.slice(index).join("/") };
    if (name) parameters[name[1] ?? ""] = value;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

// A literal segment precedes a parameter, and a parameter precedes a greedy one.
function weight(pattern: readonly string[]): number {
  return pattern.reduce((sum, part) => sum * 4 + (part.endsWith("+}") ? 1 : part.startsWith("{") ? 2 : 3), 0);
}
