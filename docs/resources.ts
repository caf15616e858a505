import { FrontDoor } from "../components/index";
import { DOOR_NAMES } from "../contract/wire/doors";
import { readConfig } from "../contract/config/read";
import type { StackConfig } from "../contract/config/schema";
import { runProgram } from "../local/program/program";
import { readStack } from "../local/program/project";

/** Purpose of each resource type, in the order in which a request passes them. */
const PURPOSES: Readonly<Record<string, string>> = {
  "aws:wafv2/webAcl:WebAcl": "blocks by source, rate, size and known attacks before anything else runs",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "puts a stage behind the web ACL",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration":
    "logs what the web ACL decides, without credentials",
  "aws:apigateway/restApi:RestApi": "the endpoint of a REST door",
  "aws:apigateway/resource:Resource": "the paths: `/invoke`, `/agents/{agent}/invoke`, and every other",
  "aws:apigateway/method:Method": "who may call a path, and with which body",
  "aws:apigateway/model:Model": "the shape of a request",
  "aws:apigateway/requestValidator:RequestValidator": "refuses a body of another shape before a function runs",
  "aws:apigateway/integration:Integration":
    "passes a path's requests on to the function; the answer is buffered or streamed",
  "aws:apigateway/response:Response": "API Gateway's own errors in the contract's shape, without ARNs",
  "aws:apigateway/restApiPolicy:RestApiPolicy": "addresses and accounts that may call; neutral if none are named",
  "aws:apigateway/deployment:Deployment": "a snapshot of the paths, created again whenever one changes",
  "aws:apigateway/stage:Stage": "serves the snapshot, with an access log",
  "aws:apigateway/methodSettings:MethodSettings": "throttles the stage, and keeps prompts out of the execution log",
  "aws:apigateway/usagePlan:UsagePlan": "what the holder of a key may use",
  "aws:apigateway/apiKey:ApiKey": "the key",
  "aws:apigateway/usagePlanKey:UsagePlanKey": "puts the key into its plan",
  "aws:lambda/functionUrl:FunctionUrl": "the endpoint of `streamingUrl`, for signed requests only",
  "aws:lambda/alias:Alias": "the published version of the function that the Function URL is on",
  "aws:lambda/permission:Permission": "lets one stage, or one caller of the Function URL, invoke the function",
  "aws:lambda/function:Function": "the request pipeline: checks, translates, calls the agent, streams or collects",
  "aws:iam/role:Role": "who the function is",
  "aws:iam/rolePolicy:RolePolicy": "what it may do: call this one runtime, write this one log",
  "aws:cloudwatch/logGroup:LogGroup": "the function's log, and the stage's access log",
};

/**
 * The text of docs/resources.md.
 *
 * @throws Error naming a type that has no purpose in this file
 */
export async function resourcesPage(): Promise<string> {
  return `# Resources

The program deploys only what the config requires. The columns are each door alone with the defaults, and all three with API keys as in
\`Pulumi.dev.yaml\`. This page is made by \`npm run docs\`; do not edit it.

${await table()}

The pages of the [components](components/README.md) list the resources that further keys create. Other programs and languages can also use the
components.
`;
}

/** The number of resources of each type, with its purpose: for each door alone, and for the stack \`dev\`. */
async function table(): Promise<string> {
  const dev = readStack("dev");
  const devConfig = readConfig(dev.config, dev.project);
  const stacks = [
    ...DOOR_NAMES.map((door) => ({ title: `\`${door}\``, config: { ...devOnly(devConfig), doors: [door] } })),
    { title: "`dev`", config: devConfig },
  ];
  const counted: ReadonlyMap<string, number>[] = [];
  for (const { config } of stacks) counted.push(await countTypes(config));

  const found = new Set(counted.flatMap((types) => [...types.keys()]));
  for (const type of found) {
    if (!(type in PURPOSES)) throw new Error(`docs/resources.ts does not say what ${type} is for.`);
  }
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  const rows = Object.entries(PURPOSES).flatMap(([type, purpose]) => {
    if (!found.has(type)) return [];
    const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
    return [row([`\`${module}.${name}\``, ...counted.map((types) => types.get(type) ?? ""), purpose])];
  });
  const totals = counted.map((types) => `**${[...types.values()].reduce((sum, n) => sum + n, 0)}**`);
  return [
    row(["resource", ...stacks.map(({ title }) => title), "what it is for"]),
    row(["---", ...stacks.map(() => "---:"), "---"]),
    ...rows,
    row(["**in all**", ...totals, ""]),
  ].join("\n");
}

/** Only the keys that a stack must set; the others have their defaults. */
function devOnly({ agentRuntimeArn = "" }: StackConfig): StackConfig {
  return { agentRuntimeArn };
}

async function countTypes(config: StackConfig): Promise<ReadonlyMap<string, number>> {
  const graph = await runProgram(
    { project: "agentcore-front-door", stack: "docs", config: {} },
    { preview: true, place: { region: "us-east-1", accountId: "123456789012" } },
    () => {
      new FrontDoor("front-door", config);
    },
  );
  const types = new Map<string, number>();
  for (const { type, custom } of graph.resources) if (custom) types.set(type, (types.get(type) ?? 0) + 1);
  return types;
}
