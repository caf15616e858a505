import type { Door, FrontDoor } from "../../contract/wire/doors";
import { BODY_HASH_HEADER } from "../../contract/aws/cloudfront";
import { TOKEN_HEADER } from "../../contract/wire/headers";
import type { Graph, Resource } from "../program/graph";

/** The resources as a tree, by their parents. */
export function resourceTree(graph: Graph): string {
  const roots = graph.resources.filter(({ parent }) => parent === "");
  return roots.flatMap((root) => branch(graph, root, "")).join("\n");
}

function branch(graph: Graph, resource: Resource, indent: string): string[] {
  const children = [...graph.children(resource.urn)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    `${indent}${resource.name}  ${resource.type.replace(/^aws:(\w+)\/\w+:/, "aws.$1.").replace(/^agentcore-front-door:index:/, "")}`,
    ...children.flatMap((child) => branch(graph, child, `${indent}  `)),
  ];
}

/** One curl command for each door, ready to be pasted into a shell. */
export function curlLines({ doors, credentials }: FrontDoor): string[] {
  return doors.map((door) => {
    const body = `'{"prompt": "count 5 every 300"}'`;
    const json = `-H 'Content-Type: application/json' -d`;
    if (door.auth.type === "EDGE") {
      const hash = `$(printf %s "$body" | openssl dgst -sha256 -r | cut -d ' ' -f 1)`;
      const token = door.auth.token === undefined ? "" : `-H '${TOKEN_HEADER}: ${door.auth.token}' `;
      return `# ${door.name}\nbody=${body}; curl -sS -N -H "${BODY_HASH_HEADER}: ${hash}" ${token}${json} "$body" ${door.url}/invoke`;
    }
    return `# ${door.name}\ncurl -sS -N ${authOptions(door.auth, door.apiKey, credentials)} ${json} ${body} ${door.url}/invoke`;
  });
}

type Signed = Exclude<Door["auth"], { readonly type: "EDGE" }>;

function authOptions(
  auth: Signed,
  apiKey: Door["apiKey"],
  { accessKeyId, secretAccessKey }: FrontDoor["credentials"],
): string {
  const own =
    auth.type === "AWS_IAM"
      ? `--aws-sigv4 'aws:amz:${auth.region}:${auth.service}' --user '${accessKeyId}:${secretAccessKey}'`
      : `-H '${auth.header}: ${auth.value}'`;
  return apiKey ? `${own} -H '${apiKey.header}: ${apiKey.value}'` : own;
}

/** The name of each further caller, for `npm run ask`. */
export function callerLines({ callers = [] }: FrontDoor): string[] {
  return callers.map(
    ({ arn, identityId }) => `Another caller: npm run ask -- <door> "prompt" --as ${identityId ?? arn}`,
  );
}

/** How long the printed bearer tokens are valid, and how to get a token of another user; empty if no door accepts tokens. */
export function tokenLines({ tokens }: FrontDoor): string[] {
  if (!tokens) return [];
  const hours = tokens.livesSeconds / 3600;
  return [
    `The bearer tokens live ${hours} hours, and end with this process.`,
    `Another caller's: curl -sS -d '{"sub": "ann"}' ${tokens.url}`,
  ];
}
