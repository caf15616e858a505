import { createHash } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";
import type { Ownership } from "../../../contract/runtime/sessionOwner";
import { ownerOf } from "./principal";

/** The caller, as verified by the service in front of the function. Nothing of it comes from a header or the body. */
export interface Caller {
  readonly kind: "iam" | "cognitoIdentity" | "apiKey" | "jwt" | "authorizer";
  /** The owner of the caller's sessions, unique among the callers of its kind. */
  readonly id: string;
  /**
   * The verified name alone: a token's `sub`, the ARN of the IAM principal that owns the sessions, an identity's id, the id of an API key, or
   * an authorizer's principal. It is unique only together with what verified it, such as a token's issuer.
   */
  readonly subject: string;
}

/** The first hexadecimal digits of the SHA-256 of `[kind, id]`: a pseudonym of a caller, the same in the log and for the agent. */
export function ownerHash({ kind, id }: Caller, digits: number): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, id]))
    .digest("hex")
    .slice(0, digits);
}

/**
 * The caller of a Function URL. AWS documents `cognitoIdentity` as null there; a user of an identity pool is known only if it is set.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function urlCaller(
  { userArn, cognitoIdentity }: Readonly<Record<string, unknown>>,
  ownership: Ownership,
): Caller | undefined {
  const { identityId, identityPoolId } = (cognitoIdentity ?? {}) as Readonly<Record<string, unknown>>;
  return principal({ userArn, identityId, poolId: identityPoolId }, ownership);
}

/**
 * The caller of a REST API: a token's subject, a Lambda authorizer's principal, an IAM principal, or an API key. A verified principal comes
 * first, because with a usage plan it can also send a key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function restCaller(
  { identity, authorizer }: APIGatewayProxyEvent["requestContext"],
  ownership: Ownership,
): Caller | undefined {
  const { userArn, cognitoIdentityId: identityId, cognitoIdentityPoolId: poolId, apiKeyId } = identity;
  const { claims, principalId, iss, sub } = (authorizer ?? {}) as Subject & {
    claims?: Subject | null;
    principalId?: unknown;
  };
  return (
    jwtCaller(claims ?? {}) ??
    // The context of the bundled authorizer. Any other authorizer defines its own principal.
    (isText(iss) && sub === principalId ? jwtCaller({ iss, sub }) : undefined) ??
    named("authorizer", principalId) ??
    principal({ userArn, identityId, poolId }, ownership) ??
    // An API key does not identify a user of a pool either: several users can share one.
    (isPoolUser(userArn) ? undefined : named("apiKey", apiKeyId))
  );
}

/**
 * An IAM principal, or the user of an identity pool who signs as one.
 *
 * @returns undefined for a pool user without an identity: all users of a pool have the same ARN
 */
function principal({ userArn, identityId, poolId }: Signer, ownership: Ownership): Caller | undefined {
  if (isText(identityId)) {
    return { kind: "cognitoIdentity", id: JSON.stringify([poolId, identityId]), subject: identityId };
  }
  const owner = isText(userArn) && !isPoolUser(userArn) ? ownerOf(userArn, ownership) : undefined;
  return owner && { kind: "iam", id: owner.id, subject: owner.arn };
}

interface Signer {
  readonly userArn: unknown;
  readonly identityId: unknown;
  readonly poolId: unknown;
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
export function jwtCaller({ iss, sub }: Subject): Caller | undefined {
  return isText(sub) ? { kind: "jwt", id: JSON.stringify([iss, sub]), subject: sub } : undefined;
}

/** A caller whose name is unique by itself. */
function named(kind: "apiKey" | "authorizer", name: unknown): Caller | undefined {
  return isText(name) ? { kind, id: name, subject: name } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
