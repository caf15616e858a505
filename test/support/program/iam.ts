import { runSimulation } from "@cloud-copilot/iam-simulate";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { PLACE } from "./components";

/** IAM's decision about a request. */
export type Verdict = "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied" | "no such resource for the action";

export interface AccessRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly identityPolicies: readonly unknown[];
  readonly resourcePolicy?: unknown;
  /** Condition keys, in addition to that of the principal. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Evaluates a request as IAM does, with AWS's service authorization reference. */
export async function evaluate(request: AccessRequest): Promise<Verdict> {
  const { principal, action, resource, identityPolicies, resourcePolicy, context } = request;
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? PLACE.accountId },
        contextVariables: { "aws:PrincipalArn": principal, ...context },
      },
      identityPolicies: identityPolicies.map((policy, index) => ({
        name: `policy-${index}`,
        policy,
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy !== undefined && { resourcePolicy }),
    },
    {},
  );
  if (result.resultType !== "error") return result.overallResult;
  const { message } = result.errors;
  if (/resource/i.test(message) && !/policy|action/i.test(message)) return "no such resource for the action";
  throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
}

/** The declared policies of a role. */
export function policiesOf(graph: Graph, roleArn: string): unknown[] {
  const role = graph.all(TYPES.role).find((resource) => text(resource, "arn") === roleArn);
  return graph.where(TYPES.rolePolicy, "role", role?.id).map((policy) => JSON.parse(text(policy, "policy")) as unknown);
}

/** A statement of a policy that the program has written. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

/** The statements of a policy document. */
export function statementsOf(policy: unknown): Statement[] {
  return (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
}
