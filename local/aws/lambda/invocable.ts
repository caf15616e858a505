import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { matches } from "../iam/iam";
import type { FunctionDouble } from "./function";
import type { Outcome } from "./runtimeApi";

/** A function of the stack. */
type Deployed = Pick<FunctionDouble, "name" | "arn" | "invoke">;

/** What can be invoked: a function, or an alias of it. Each has permissions of its own. */
export class Invocable {
  private constructor(
    private readonly fn: Deployed,
    /** Of the function, or of the alias. */
    readonly arn: string,
    /** Name of the alias. */
    private readonly qualifier: string | undefined,
    private readonly graph: Graph,
  ) {}

  /** What a name or ARN of a function stands for, with the qualifier beside it or behind it; undefined where there is no such thing. */
  static find(
    graph: Graph,
    functions: readonly Deployed[],
    nameOrArn: string,
    qualifier?: string,
  ): Invocable | undefined {
    const fn = functions.find(({ name, arn }) => [name, arn].includes(nameOrArn) || nameOrArn.startsWith(`${arn}:`));
    if (!fn) return undefined;
    const alias = qualifier ?? (nameOrArn.startsWith(`${fn.arn}:`) ? nameOrArn.slice(fn.arn.length + 1) : undefined);
    if (alias === undefined) return new Invocable(fn, fn.arn, undefined, graph);
    const declared = aliasesOf(graph, fn).find((each) => text(each, "name") === alias);
    return declared && new Invocable(fn, text(declared, "arn"), alias, graph);
  }

  /** The permissions that count: those of an alias name it, those of the function name none. */
  get permissions(): readonly Resource[] {
    return this.graph
      .all(TYPES.permission)
      .filter(
        ({ inputs }) =>
          [this.fn.name, this.fn.arn].includes(String(inputs["function"])) && inputs["qualifier"] === this.qualifier,
      );
  }

  /**
   * Whether a permission lets API Gateway invoke it.
   *
   * @param sources ARNs that the call can stand for; one of them is enough
   */
  admitsGateway(...sources: readonly string[]): boolean {
    return this.permissions.some(({ inputs }) => {
      const { action, principal, sourceArn } = inputs as Record<string, string | undefined>;
      return (
        action === "lambda:InvokeFunction" &&
        principal === "apigateway.amazonaws.com" &&
        (sourceArn === undefined || sources.some((source) => matches(sourceArn, source)))
      );
    });
  }

  async invoke(event: unknown): Promise<Outcome> {
    return await this.fn.invoke(event, this.arn);
  }
}

/**
 * How many sandboxes of a function are kept warm; undefined where none are.
 *
 * @throws Error where it is declared in a way that Lambda refuses
 */
export function provisioned(graph: Graph, fn: Resource): number | undefined {
  const config = graph.where(TYPES.provisionedConcurrency, "functionName", text(fn, "name"))[0];
  if (!config) return undefined;
  const alias = graph
    .where(TYPES.alias, "functionName", text(fn, "name"))
    .find(({ inputs }) => inputs["name"] === config.inputs["qualifier"]);
  const count = Number(config.inputs["provisionedConcurrentExecutions"]);
  const reserved = Number(fn.inputs["reservedConcurrentExecutions"] ?? -1);
  if (!alias || alias.inputs["functionVersion"] === "$LATEST")
    throw new Error(
      `${config.type} "${config.name}" names no alias of a published version: $LATEST cannot be kept warm.`,
    );
  if (reserved >= 0 && count > reserved)
    throw new Error(`${config.type} "${config.name}" provisions ${String(count)} of ${String(reserved)} reserved.`);
  return count;
}

function aliasesOf(graph: Graph, fn: Deployed): readonly Resource[] {
  return graph.all(TYPES.alias).filter(({ inputs }) => [fn.name, fn.arn].includes(String(inputs["functionName"])));
}
