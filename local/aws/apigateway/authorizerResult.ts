import { matches } from "../iam/iam";

/** API Gateway does not accept the authorizer's answer. The message says why. */
export class PolicyError extends Error {}

/** The decision of a Lambda authorizer. It can be cached and used for other routes. */
export interface AuthorizerResult {
  /** True if the policy allows the method and no statement denies it. */
  readonly allows: (methodArn: string) => boolean;
  /** `requestContext.authorizer` in the event of the integration's function. */
  readonly context: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly Effect: unknown;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/**
 * Reads a Lambda authorizer's output.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 *
 * @throws PolicyError for an output that AWS would not accept, and for a statement with conditions, which cannot be evaluated here
 */
export function readAuthorizerResult(body: Buffer, latencyMs: number): AuthorizerResult {
  const { principalId, policyDocument, context = {} } = parse(body);
  if (typeof principalId !== "string") throw new PolicyError("without a `principalId`");
  const { Statement: given } = (policyDocument ?? {}) as { Statement?: unknown };
  const statements = (Array.isArray(given) ? (given as unknown[]) : [given]).map(readStatement);
  if (statements.length === 0) throw new PolicyError("without a policy");
  if (typeof context !== "object" || context === null) throw new PolicyError("with a `context` that is not an object");
  const values = Object.entries(context).map(([name, value]: [string, unknown]) => {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw new PolicyError(`with \`context.${name}\`, which is neither text, number nor boolean`);
    }
    return [name, String(value)];
  });
  return {
    allows: (methodArn) => {
      const applying = statements.filter(
        ({ Action, Resource }) => matches(Action, "execute-api:Invoke") && matches(Resource, methodArn),
      );
      return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
    },
    context: { ...(Object.fromEntries(values) as Record<string, string>), principalId, integrationLatency: latencyMs },
  };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return (JSON.parse(body.toString()) as Record<string, unknown> | null) ?? {};
  } catch {
    throw new PolicyError("with no JSON");
  }
}

function readStatement(value: unknown): Statement {
  const statement = (value ?? {}) as Record<string, unknown>;
  const strange = Object.keys(statement).find((key) => !["Sid", "Effect", "Action", "Resource"].includes(key));
  if (strange !== undefined) throw new PolicyError(`with \`${strange}\` in a statement`);
  const { Effect, Action, Resource } = statement;
  if ((Effect !== "Allow" && Effect !== "Deny") || !isPattern(Action) || !isPattern(Resource)) {
    throw new PolicyError("with a malformed statement");
  }
  return { Effect, Action, Resource };
}

function isPattern(value: unknown): value is string | string[] {
  return [value].flat().every((text) => typeof text === "string");
}
