import type { APIGatewayProxyEvent } from "aws-lambda";

/** The caller, as verified by the service in front of the function. `id` never comes from a header or the body. */
export interface Caller {
  readonly kind: "iam" | "cognitoIdentity" | "apiKey" | "jwt" | "authorizer";
  readonly id: string;
}

/**
 * The caller of a Function URL. AWS documents `cognitoIdentity` as null there; a user of an identity pool is known only if it is set.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function urlCaller({ userArn, cognitoIdentity }: Readonly<Record<string, unknown>>): Caller | undefined {
  const { identityId, identityPoolId } = (cognitoIdentity ?? {}) as Readonly<Record<string, unknown>>;
  return principal(userArn, identityId, identityPoolId);
}

/**
 * The caller of a REST API: a token's subject, a Lambda authorizer's principal, an IAM principal, or an API key. A verified principal comes
 * first, because with a usage plan it can also send a key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function restCaller({ identity, authorizer }: APIGatewayProxyEvent["requestContext"]): Caller | undefined {
  const { claims, principalId, iss, sub } = (authorizer ?? {}) as Subject & {
    claims?: Subject | null;
    principalId?: unknown;
  };
  return (
    jwtCaller(claims ?? {}) ??
    // The context of the bundled authorizer. Any other authorizer defines its own principal.
    (isText(iss) && sub === principalId ? jwtCaller({ iss, sub }) : undefined) ??
    callerOf("authorizer", principalId) ??
    principal(identity.userArn, identity.cognitoIdentityId, identity.cognitoIdentityPoolId) ??
    // An API key does not identify a user of a pool either: several users can share one.
    (isPoolUser(identity.userArn) ? undefined : callerOf("apiKey", identity.apiKeyId))
  );
}

/**
 * An IAM principal, or the user of an identity pool who signs as one.
 *
 * @returns undefined for a pool user without an identity: all users of a pool have the same ARN
 */
function principal(userArn: unknown, identityId: unknown, poolId: unknown): Caller | undefined {
  if (isText(identityId)) return callerOf("cognitoIdentity", JSON.stringify([poolId, identityId]));
  return isPoolUser(userArn) ? undefined : callerOf("iam", userArn);
}

/**
 * Cognito gives this name to the role sessions of all identity pool users (enhanced flow). AWS does not document it, but Amplify also
 * relies on it: https://github.com/aws-amplify/amplify-category-api
 */
const POOL_USER = /^arn:[^:]+:sts:[^:]*:[^:]*:assumed-role\/.+\/CognitoIdentityCredentials$/;

function isPoolUser(userArn: unknown): boolean {
  return typeof userArn === "string" && POOL_USER.test(userArn);
}

interface Subject {
  readonly iss?: unknown;
  readonly sub?: unknown;
}

/** Includes the issuer, because a subject is unique only within its issuer. */
function jwtCaller({ iss, sub }: Subject): Caller | undefined {
  return isText(sub) ? callerOf("jwt", JSON.stringify([iss, sub])) : undefined;
}

function callerOf(kind: Caller["kind"], id: unknown): Caller | undefined {
  return isText(id) ? { kind, id } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
