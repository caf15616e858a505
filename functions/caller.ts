import type { APIGatewayProxyEvent, LambdaFunctionURLEventWithIAMAuthorizer } from "aws-lambda";

/** Who calls, as the service in front of the function has verified it. `id` never comes from a header or the body. */
export interface Caller {
  readonly kind: "iam" | "apiKey" | "jwt" | "authorizer";
  readonly id: string;
}

/** The caller of a Function URL. */
export function urlCaller({
  userArn,
}: LambdaFunctionURLEventWithIAMAuthorizer["requestContext"]["authorizer"]["iam"]): Caller | undefined {
  return known("iam", userArn);
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
    known("iam", identity.userArn) ??
    known("apiKey", identity.apiKeyId)
  );
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
  return typeof value === "string" && value !== "";
}
