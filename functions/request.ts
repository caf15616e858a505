import type { APIGatewayProxyEvent, LambdaFunctionURLEventWithIAMAuthorizer } from "aws-lambda";

/** Who calls, as the service in front of the function has verified it. `id` never comes from a header or the body. */
export interface Caller {
  readonly kind: "iam" | "apiKey";
  readonly id: string;
}

/** One request, whichever service delivered it. */
export interface DoorRequest {
  readonly method: string;
  /** Without stage and query. */
  readonly path: string;
  /** A header's value by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** Undefined where nobody was authenticated; the doors of this program never allow that. */
  readonly caller: Caller | undefined;
}

/** REST event (1.0) or Function URL event (2.0). */
export type DoorEvent = APIGatewayProxyEvent | LambdaFunctionURLEventWithIAMAuthorizer;

/**
 * Normalises an event.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function readRequest(event: DoorEvent): DoorRequest {
  return isFunctionUrlEvent(event)
    ? {
        method: event.requestContext.http.method,
        path: event.rawPath,
        header: lookup(event.headers),
        body: bytes(event.body, event.isBase64Encoded),
        caller: iamCaller(event.requestContext.authorizer.iam.userArn),
      }
    : {
        method: event.httpMethod,
        path: event.path,
        header: lookup(event.headers),
        body: bytes(event.body, event.isBase64Encoded),
        caller: restCaller(event.requestContext.identity),
      };
}

function isFunctionUrlEvent(event: DoorEvent): event is LambdaFunctionURLEventWithIAMAuthorizer {
  return "version" in event && event.version === "2.0";
}

// API Gateway keeps the caller's spelling of a header, and sends null where there is none.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
function lookup(headers: Readonly<Record<string, string | undefined>> | null): DoorRequest["header"] {
  const byName = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(name);
}

function bytes(body: string | null | undefined, isBase64Encoded: boolean): Uint8Array {
  return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

// The verified principal comes first: with a usage plan an IAM caller can carry a key as well.
function restCaller(identity: APIGatewayProxyEvent["requestContext"]["identity"]): Caller | undefined {
  return iamCaller(identity.userArn) ?? (identity.apiKeyId ? { kind: "apiKey", id: identity.apiKeyId } : undefined);
}

function iamCaller(arn: string | null | undefined): Caller | undefined {
  return arn ? { kind: "iam", id: arn } : undefined;
}
