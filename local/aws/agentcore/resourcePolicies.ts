import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { matches } from "../iam/iam";

/** What a resource's own policy decides about a request; "silent" if no statement matches. */
export type Verdict = "allow" | "deny" | "silent";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Conditions that can be evaluated here, by operator and key. */
const CONDITIONS: Readonly<Record<string, (values: readonly string[], principalArn: string) => boolean>> = {
  "ArnNotEquals aws:PrincipalArn": (values, principalArn) => !matches(values, principalArn),
};

/**
 * The declared policies of runtimes and endpoints.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export class ResourcePolicies {
  private readonly statements: ReadonlyMap<string, readonly Statement[]>;

  /** @throws Error for a policy that cannot be evaluated here: a guess could allow what AWS denies */
  constructor(graph: Graph) {
    this.statements = new Map(
      graph.all(TYPES.resourcePolicy).map((policy) => [text(policy, "resourceArn"), statementsOf(policy)]),
    );
  }

  evaluate(resourceArn: string, action: string, principalArn: string): Verdict {
    const applying = (this.statements.get(resourceArn) ?? []).filter(
      (statement) =>
        isPrincipal(statement.Principal, principalArn) &&
        matches(statement.Action, action) &&
        conditionsHold(statement, principalArn),
    );
    if (applying.some(({ Effect }) => Effect === "Deny")) return "deny";
    return applying.length > 0 ? "allow" : "silent";
  }
}

function statementsOf(policy: Resource): Statement[] {
  const where = `${policy.type} "${policy.name}"`;
  const { Statement: statements } = JSON.parse(text(policy, "policy")) as { Statement: Statement[] };
  for (const { Resource: resource, Condition = {} } of statements) {
    if (resource !== text(policy, "resourceArn"))
      throw new Error(`${where}: AgentCore accepts the exact ARN of the resource only, and refuses ${resource}.`);
    const strange = conditionsOf(Condition).find(([name]) => !(name in CONDITIONS))?.[0];
    if (strange) throw new Error(`${where}: the local target does not evaluate \`${strange}\`.`);
  }
  return statements;
}

function isPrincipal(principal: Statement["Principal"], principalArn: string): boolean {
  return principal === "*" || [principal.AWS].flat().includes(principalArn);
}

function conditionsHold({ Condition = {} }: Statement, principalArn: string): boolean {
  return conditionsOf(Condition).every(([name, values]) => CONDITIONS[name]?.(values, principalArn) === true);
}

function conditionsOf(condition: NonNullable<Statement["Condition"]>): [name: string, values: readonly string[]][] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): [string, readonly string[]] => [`${operator} ${key}`, [values].flat()]),
  );
}
