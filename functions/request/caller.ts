import type { APIGatewayProxyEvent } from "aws-lambda";

/** Who calls, as the service in front of the function has verified it. `id` never comes from a header or the body. */
export interface Caller {
  readonly kind: "iam" | "cognitoIdentity" | "apiKey" | "jwt" | "authorizer";
  readonly id: string;
}

/**
 * The caller of a Function URL. AWS says that `cognitoIdentity` is null there; a user of an identity pool is known only if it is not.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function urlCaller({ userArn, cognitoIdentity }: Readonly<Record<string, unknown>>): Caller | undefined {
  const { identityId, identityPoolId } = (cognitoIdentity ?? {}) as Readonly<Record<string, unknown>>;
  return principal(userArn, identityId, identityPoolId);
}

/**
 * The caller of a REST API: a token's subject, a Lambda authorizer's principal, an IAM principal, or an API key. The verified
 * principal comes first: with a usage plan it can carry a key as well.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function restCaller({ identity, authorizer }: APIGatewayProxyEvent["requestContext"]): Caller | undefined {
  const { claims, principalId, iss, sub } = (authorizer ?? {}) as Subject & {
    claims?: Subject | null;
    principalId?: unknown;
  };
  return (
    subject(claims ?? {}) ??
    // The bundled authorizer's context; another function's principal is its own.
    (isText(iss) && sub === principalId ? subject({ iss, sub }) : undefined) ??
    known("authorizer", principalId) ??
    principal(identity.userArn, identity.cognitoIdentityId, identity.cognitoIdentityPoolId) ??
    // The users of a pool can share a key as well.
    (isPoolUser(identity.userArn) ? undefined : known("apiKey", identity.apiKeyId))
  );
}

/**
 * An IAM principal, or the user of an identity pool who signs as one.
 *
 * @returns undefined also for a user of a pool whose identity is not known: any other user of the pool has the same ARN
 */
function principal(userArn: unknown, identityId: unknown, poolId: unknown): Caller | undefined {
  if (isText(identityId)) return known("cognitoIdentity", JSON.stringify([poolId, identityId]));
  return isPoolUser(userArn) ? undefined : known("iam", userArn);
}

/**
 * The name that Cognito gives to the role session of every user of every identity pool (enhanced flow). No page of AWS's says so; its
 * Amplify knows such callers by the name as well: https://github.com/aws-amplify/amplify-category-api
 */
const POOL_USER = /^arn:[^:]+:sts:[^:]*:[^:]*:assumed-role\/.+\/CognitoIdentityCredentials$/;

function isPoolUser(userArn: unknown): boolean {
  return typeof userArn === "string" && POOL_USER.test(userArn);
}

interface Subject {
  readonly iss?: unknown;
  readonly sub?: unknown;
}

/** A token's subject is unique within its issuer only. */
function subject({ iss, sub }: Subject): Caller | undefined {
  return isText(sub) ? known("jwt", JSON.stringify([iss, sub])) : undefined;
}

function known(kind: Caller["kind"], id: unknown): Caller | undefined {
  return isText(id) ? { kind, id } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
