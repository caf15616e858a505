import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { matches } from "../iam/iam";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string | string[] };
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Condition keys that say where a caller is: here everybody is on loopback, so they decide nothing. */
export const PLACES = ["aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce"];

/** API Gateway accepts HTTPS only, and HTTP on loopback stands for it: a denial of plain HTTP applies to nobody. */
const TRANSPORT = "aws:SecureTransport";

/** The resource policy of a REST API, as far as it can be evaluated here: who may call which route. */
export class ResourcePolicyDouble {
  private readonly statements: readonly Statement[];

  /** @throws Error for a condition on anything but the caller's place and transport: a guess could open what AWS closes */
  private constructor(policy: Resource) {
    const { Statement: statements } = JSON.parse(text(policy, "policy")) as { Statement: Statement[] };
    for (const { Condition = {} } of statements) {
      const strange = Object.values(Condition)
        .flatMap(Object.keys)
        .find((key) => key !== TRANSPORT && !PLACES.includes(key));
      if (strange !== undefined) {
        throw new Error(`${policy.type} "${policy.name}": the local target does not evaluate \`${strange}\`.`);
      }
    }
    this.statements = statements;
  }

  /** The policy that the deployment's snapshot holds, or undefined: one that it does not wait for is not in effect. */
  static of(graph: Graph, restApi: Resource, deployment: Resource): ResourcePolicyDouble | undefined {
    const [policy] = graph.where(TYPES.restApiPolicy, "restApiId", restApi.id);
    return policy && graph.closure(deployment).has(policy.urn) ? new ResourcePolicyDouble(policy) : undefined;
  }

  /**
   * Whether a call passes. A signed principal of the API's own account needs no allow here, every other caller does.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   *
   * @param resource ARN of the route that is called
   * @param userArn who signed; undefined for a route that takes no signature
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
