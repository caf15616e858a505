import { agentsIn } from "../../aws/agentVariables";
import { placeOf } from "../../aws/functionPlace";
import { variablesOf } from "../../aws/functionVariables";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { show, UNKNOWN } from "../../model/value";

interface Settings {
  readonly variables: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html */
const RUNTIME_ARN =
  /^arn:(aws(?:-[^:]+)?):bedrock-agentcore:([a-z0-9-]+):(\d{12}):runtime\/[a-zA-Z]\w{0,47}-[a-zA-Z0-9]{10}$/;
const PATH = "environment.variables";
const texts = (description: string, items: object, value: readonly string[]) =>
  ({ type: "array", items: { type: "string", ...items }, description, default: value }) as const;

export const functionAgentRuntime = defineRule<Settings>({
  id: "fd-lambda-function-agent-runtime",
  description:
    "The variables that say which agents a function calls hold ARNs of AgentCore runtimes at the function's own place.",
  rationale:
    "A fixed ARN in the configuration is what keeps a request from choosing whom it reaches. `agent-runtime/` instead of `runtime/`, an endpoint's ARN, an id or a URL fails only when the first caller comes (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-invoke-agent.html). An agent of another account or region is a decision, to be named in the settings. The account is compared as soon as the function's or its role's ARN is known.",
  severity: "high",
  frameworks: { catalogue: ["FD49"] },
  remediationSteps:
    "Set the variable to the runtime's ARN, arn:aws:bedrock-agentcore:<region>:<account>:runtime/<name>-<10 characters>, or to JSON in which each agent's first text is one. Name other accounts and regions that are meant in the settings `accounts` and `regions`.",
  settings: {
    variables: texts(
      "Names of variables that hold the ARN of a runtime, or JSON with several. An empty one is not used, as long as another is.",
      { minLength: 1 },
      ["AGENT_RUNTIME_ARN", "AGENTS"],
    ),
    accounts: texts("Accounts beside the function's own whose agents it may call.", { pattern: "^[0-9]{12}$" }, []),
    regions: texts("Regions beside the function's own whose agents it may call.", { minLength: 1 }, []),
  },
  resource: { types: [TYPES.function], check },
  // Only here is known where unknown values come from.
  stack: {
    types: [TYPES.function],
    check: (graph, settings) =>
      graph.all(TYPES.function).flatMap((fn) => {
        const runtimes = [TYPES.agentRuntime, TYPES.agentRuntimeEndpoint];
        const isOfStack = runtimes.some((type) => graph.sources(fn, "environment", type).length > 0);
        return [...check(fn, settings), ...(isOfStack ? [] : unknowns(fn, settings))];
      }),
  },
});

function judged(fn: Resource, status: false | typeof UNKNOWN, name: string, seen: string): readonly Finding[] {
  const wanted = "the ARN of an AgentCore runtime in the function's account and region";
  return judge(fn, status, { finding: `${PATH}${name}`, seen: `\`${PATH}${name}\` ${seen}`, wanted });
}

function check(fn: Resource, settings: Settings): readonly Finding[] {
  const variables = variablesOf(fn);
  if (variables === UNKNOWN) return [];
  const named = variables.filter(([name]) => settings.variables.includes(name));
  const agents = named.flatMap(([name, value]) => agentsIn(name, value));
  if (named.length > 0 && agents.length === 0 && named.every(([, value]) => value !== UNKNOWN))
    return judged(
      fn,
      false,
      `.${named.map(([name]) => name).sort()[0] ?? ""}`,
      "names no agent, and no other variable does",
    );
  return agents.flatMap(([name, arn]) => {
    const fault = faultOf(fn, arn, settings);
    return fault === undefined ? [] : judged(fn, false, `.${name}`, fault);
  });
}

function unknowns(fn: Resource, settings: Settings): readonly Finding[] {
  const variables = variablesOf(fn);
  if (variables === UNKNOWN) return judged(fn, UNKNOWN, "", "is not known before the update");
  return variables
    .filter(([name, value]) => value === UNKNOWN && settings.variables.includes(name))
    .flatMap(([name]) => judged(fn, UNKNOWN, `.${name}`, "is not known before the update"));
}

function faultOf(fn: Resource, arn: unknown, { accounts, regions }: Settings): string | undefined {
  const [, partition, region = "", account = ""] = (typeof arn === "string" && RUNTIME_ARN.exec(arn)) || [];
  if (partition === undefined) return `is ${show(arn)}`;
  const own = placeOf(fn);
  if (own.partition !== undefined && own.partition !== partition) return `names partition ${partition}`;
  if (own.account !== undefined && own.account !== account && !accounts.includes(account))
    return `names account ${account}`;
  if (own.region !== undefined && own.region !== region && !regions.includes(region)) return `names region ${region}`;
  return undefined;
}
