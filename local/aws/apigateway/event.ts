import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Resource } from "../../program/graph";
import { headerPairs } from "../http";
import type { PoolUser } from "../iam/sigv4";
import type { Match } from "./routes";

/** The caller that passed the method's authorization. */
export interface Principal {
  readonly userArn?: string;
  readonly accessKey?: string;
  readonly poolUser?: PoolUser | undefined;
  readonly apiKey?: string;
  readonly apiKeyId?: string;
  /** The context that an authorizer adds to the event. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

export interface EventOptions {
  readonly restApi: Resource;
  readonly stageName: string;
  /** What precedes the path in the URL: the stage, or the base path of a custom domain. */
  readonly basePath: string;
  readonly accountId: string;
  /** The path without `basePath`. */
  readonly path: string;
  readonly principal: Principal;
}

/**
 * The event of a Lambda proxy integration (1.0). Absent collections are null; headers keep the client's spelling.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(request: IncomingMessage, body: Buffer, route: Match, options: EventOptions): object {
  const { method: httpMethod = "", url = "" } = request;
  const { searchParams } = new URL(url, "http://localhost");
  const { restApi, stageName, basePath, accountId, path, principal } = options;
  // API Gateway verifies the signature and does not pass it on.
  const headers = headerPairs(request).filter(
    ([name]) => !(principal.userArn && name.toLowerCase() === "authorization"),
  );
  return {
    resource: route.resourcePath,
    // The stage is removed from the path, a domain's base path is not.
    path: basePath === `/${stageName}` ? path : `${basePath}${path}`,
    httpMethod,
    headers: Object.fromEntries(headers),
    multiValueHeaders: grouped(headers),
    queryStringParameters: searchParams.size > 0 ? Object.fromEntries(searchParams) : null,
    multiValueQueryStringParameters: searchParams.size > 0 ? grouped([...searchParams]) : null,
    pathParameters: route.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId,
      apiId: restApi.id,
      ...(principal.authorizer && { authorizer: principal.authorizer }),
      domainName: request.headers.host,
      domainPrefix: restApi.id,
      extendedRequestId: randomUUID(),
      httpMethod,
      identity: {
        accessKey: principal.accessKey ?? null,
        accountId: principal.userArn?.split(":")[4] ?? null,
        apiKey: principal.apiKey ?? null,
        apiKeyId: principal.apiKeyId ?? null,
        caller: principal.accessKey ?? null,
        ...cognitoOf(principal.poolUser),
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        user: principal.accessKey ?? null,
        userAgent: request.headers["user-agent"] ?? null,
        userArn: principal.userArn ?? null,
      },
      path: `${basePath}${path}`,
      protocol: "HTTP/1.1",
      requestId: randomUUID(),
      requestTime: new Date().toUTCString(),
      requestTimeEpoch: Date.now(),
      resourceId: route.method.inputs["resourceId"],
      resourcePath: route.resourcePath,
      stage: stageName,
    },
    body: body.byteLength > 0 ? body.toString("utf8") : null,
    isBase64Encoded: false,
  };
}

/**
 * The fields of a user of an identity pool; null for every other caller.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
function cognitoOf(user: PoolUser | undefined): object {
  const [region] = user?.poolId.split(":") ?? [];
  const provider = `cognito-idp.${region ?? ""}.amazonaws.com/${region ?? ""}_local`;
  return {
    cognitoAuthenticationProvider: user ? `${provider},${provider}:CognitoSignIn:${user.identityId}` : null,
    cognitoAuthenticationType: user ? "authenticated" : null,
    cognitoIdentityId: user?.identityId ?? null,
    cognitoIdentityPoolId: user?.poolId ?? null,
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) (groups[name] ??= []).push(value);
  return groups;
}
