import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { matches } from "../iam/iam";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string | string[] };
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Condition keys about the caller's network. All callers are on loopback here, so these conditions are ignored. */
export const NETWORK_KEYS = ["aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce"];

/** API Gateway accepts only HTTPS. HTTP on loopback replaces it here, so a deny of plain HTTP never applies. */
const TRANSPORT = "aws:SecureTransport";

/** The resource policy of a REST API, as far as it can be evaluated here: which caller may call which route. */
export class ResourcePolicyDouble {
  private readonly statements: readonly Statement[];

  /** @throws Error for a condition on anything but network and transport: a guess could allow what AWS denies */
  private constructor(policy: Resource) {
    const { Statement: statements } = JSON.parse(text(policy, "policy")) as { Statement: Statement[] };
    for (const { Condition = {} } of statements) {
      const strange = Object.values(Condition)
        .flatMap(Object.keys)
        .find((key) => key !== TRANSPORT && !NETWORK_KEYS.includes(key));
      if (strange !== undefined) {
        throw new Error(`${policy.type} "${policy.name}": the local target does not evaluate \`${strange}\`.`);
      }
    }
    this.statements = statements;
  }

  /** The policy in the deployment's snapshot, or undefined. A policy that the deployment does not depend on is not in effect. */
  static of(graph: Graph, restApi: Resource, deployment: Resource): ResourcePolicyDouble | undefined {
    const [policy] = graph.where(TYPES.restApiPolicy, "restApiId", restApi.id);
    return policy && graph.closure(deployment).has(policy.urn) ? new ResourcePolicyDouble(policy) : undefined;
  }

  /**
   * Whether a call is allowed. A signed principal of the API's account needs no allow in this policy; every other caller does.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   *
   * @param resource ARN of the called route
   * @param userArn the signer; undefined for a route without signature
   */
  allows(resource: string, userArn: string | undefined): boolean {
    const applying = this.statements.filter(
      ({ Principal, Resource }) => matches(Resource, resource) && names(Principal, userArn),
    );
    if (applying.some(({ Effect, Condition }) => Effect === "Deny" && !Condition)) return false;
    const [, , , , owner] = resource.split(":");
    const isOwn = userArn !== undefined && userArn.split(":")[4] === owner;
    return isOwn || applying.some(({ Effect }) => Effect === "Allow");
  }
}

function names(principal: Statement["Principal"], userArn: string | undefined): boolean {
  if (principal === "*") return true;
  const account = userArn?.split(":")[4] ?? "";
  return [principal.AWS]
    .flat()
    .some((arn) => arn === "*" || arn === userArn || arn === account || arn.endsWith(`:iam::${account}:root`));
}
