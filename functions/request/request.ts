import type { APIGatewayProxyEvent, LambdaFunctionURLEventWithIAMAuthorizer } from "aws-lambda";
import { restCaller, urlCaller, type Caller } from "./caller/caller";
import type { Ownership } from "../../contract/runtime/sessionOwner";
import type { SessionIds } from "./caller/session";

/** A request, independent of the service that delivered it. */
export interface DoorRequest {
  readonly method: string;
  /** Without stage and query. */
  readonly path: string;
  /** A header's value by its lower-case name. Several values are joined with a comma. */
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** Undefined if the service in front has verified no caller, and behind a public edge. */
  readonly caller: Caller | undefined;
  /** True behind a public edge, which signs every request: the caller is anonymous, and that is allowed. */
  readonly isPublic: boolean;
  /** Which session ids open a session, if only those do that the door has issued: behind a public edge without users. */
  readonly ids?: SessionIds;
}

/** REST event (1.0) or Function URL event (2.0). */
type DoorEvent = APIGatewayProxyEvent | LambdaFunctionURLEventWithIAMAuthorizer;

/** By default a role owns the sessions of all its role sessions. */
const BY_ROLE: Ownership = { sessionOwner: "role", perSessionRoles: [] };

/**
 * Normalises an event.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 *
 * @param publicEdge true if an edge signs every request: the principal in the event is then not the caller
 * @param ownership which IAM principals own sessions
 * @returns undefined for any other event, such as a direct invocation
 */
export function readRequest(event: unknown, publicEdge = false, ownership = BY_ROLE): DoorRequest | undefined {
  if (!isDoorEvent(event, publicEdge)) return undefined;
  const common = { header: lookup(event), body: bytes(event.body, event.isBase64Encoded) };
  return isFunctionUrlEvent(event)
    ? {
        ...common,
        method: event.requestContext.http.method,
        path: event.rawPath,
        caller: publicEdge ? undefined : urlCaller({ ...event.requestContext.authorizer.iam }, ownership),
        isPublic: publicEdge,
      }
    : {
        ...common,
        method: event.httpMethod,
        path: withoutBasePath(event),
        caller: restCaller(event.requestContext, ownership),
        // A public edge calls only a Function URL.
        isPublic: false,
      };
}

/**
 * The path without a custom domain's base path, which `path` includes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
function withoutBasePath({ path, resource, pathParameters }: Partial<APIGatewayProxyEvent> & { path: string }): string {
  if (typeof resource !== "string" || resource === "/") return path;
  const known = resource.replace(/\{([^{}+]+)\+?\}/g, (part, name: string) => pathParameters?.[name] ?? part);
  return path.endsWith(known) ? known : path;
}

function isDoorEvent(event: unknown, publicEdge: boolean): event is DoorEvent {
  if (!isObject(event)) return false;
  const { requestContext, httpMethod, path, rawPath, body, version, headers, isBase64Encoded } = event;
  if (!isObject(requestContext) || (body != null && typeof body !== "string")) return false;
  if ((headers != null && !isObject(headers)) || (isBase64Encoded != null && typeof isBase64Encoded !== "boolean"))
    return false;
  const { identity, http, authorizer } = requestContext;
  return version === "2.0"
    ? typeof rawPath === "string" &&
        isObject(http) &&
        typeof http["method"] === "string" &&
        (publicEdge || (isObject(authorizer) && isObject(authorizer["iam"])))
    : version === undefined && typeof httpMethod === "string" && typeof path === "string" && isObject(identity);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFunctionUrlEvent(event: DoorEvent): event is LambdaFunctionURLEventWithIAMAuthorizer {
  return "version" in event && event.version === "2.0";
}

// API Gateway keeps the caller's spelling of a header name, sends null for no headers, and has only the last of several values in
// `headers`.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
function lookup(event: DoorEvent): DoorRequest["header"] {
  const several = "multiValueHeaders" in event && isObject(event.multiValueHeaders) ? event.multiValueHeaders : {};
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...event.headers, ...several })) {
    const values = [value].flat().filter((text): text is string => typeof text === "string");
    if (values.length === 0) continue;
    const key = name.toLowerCase();
    const earlier = byName.get(key);
    byName.set(key, [...(earlier === undefined ? [] : [earlier]), ...values].join(","));
  }
  return (name) => byName.get(name);
}

function bytes(body: string | null | undefined, isBase64Encoded: boolean | undefined): Uint8Array {
  return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}
