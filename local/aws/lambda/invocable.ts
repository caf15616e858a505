import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { matches } from "../iam/iam";
import type { FunctionDouble } from "./function";
import type { Outcome } from "./runtimeApi";

/** A deployed function of the stack. */
type Deployed = Pick<FunctionDouble, "name" | "arn" | "invoke">;

/** A function or an alias of it. Each has its own permissions. */
export class Invocable {
  private constructor(
    private readonly fn: Deployed,
    /** ARN of the function, or of the alias. */
    readonly arn: string,
    /** Name of the alias. */
    private readonly qualifier: string | undefined,
    private readonly graph: Graph,
  ) {}

  /**
   * Finds the function or alias with this name or ARN. The qualifier is a separate argument or the end of the ARN. Undefined if there is
   * none.
   */
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

  /** Permissions of this function or alias: those of an alias name it, those of the function have no qualifier. */
  get permissions(): readonly Resource[] {
    return this.graph
      .all(TYPES.permission)
      .filter(
        ({ inputs }) =>
          [this.fn.name, this.fn.arn].includes(String(inputs["function"])) && inputs["qualifier"] === this.qualifier,
      );
  }

  /**
   * Whether a permission allows API Gateway to invoke it.
   *
   * @param sources ARNs of the call; a permission for one of them is enough
   */
  allowsApiGateway(...sources: readonly string[]): boolean {
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
 * Number of provisioned sandboxes of a function; undefined if it has no provisioned concurrency.
 *
 * @throws Error if Lambda would refuse the declaration
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
