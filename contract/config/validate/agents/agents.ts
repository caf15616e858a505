import {
  DEFAULT_AGENT,
  isAgentName,
  MAX_AGENTS,
  packAgents,
  packCanary,
  type AgentConfig,
} from "../../../runtime/agents";
import { parseRuntimeArn } from "../../../aws/arn";
import { ENVIRONMENT } from "../../../runtime/environment";
import { ENVIRONMENT_BYTES } from "../../../aws/limits";
import type { Settings } from "../../settings";
import { isObject, formatValue, validateKnownKeys } from "../shape";
import { validateReading } from "./answers";
import { validateRuntimeArn, validateCanary, validateQualifier } from "./target";

/** Bytes of the environment that are reserved for the function's other variables. */
export const RESERVED_BYTES = 768;

/** Validates the named agents. */
export function* validateAgents(settings: Settings, region: string | undefined): Generator<string> {
  const agents: unknown = settings.agents;
  if (!isObject(agents)) {
    yield `\`agents\` is ${formatValue(agents)}. Use an object: a name, and below it \`agentRuntimeArn\`.`;
    return;
  }
  const names = Object.keys(agents);
  if (names.length > MAX_AGENTS) {
    yield `\`agents\` names ${names.length} agents. Use ${MAX_AGENTS} at the most: each is given to every function in its environment variables, which take ${ENVIRONMENT_BYTES} bytes. Deploy another stack for the others.`;
  }
  let invalid = false;
  for (const [name, agent] of Object.entries(agents)) {
    for (const error of validateAgent(name, agent, region)) {
      invalid = true;
      yield error;
    }
  }
  if (invalid) return;
  yield* validateAllAgents(settings, agents as Record<string, AgentConfig>);
}

function* validateAgent(name: string, agent: unknown, region: string | undefined): Generator<string> {
  const key = `agents.${name}`;
  if (!isAgentName(name)) {
    yield `\`agents\` has the name ${formatValue(name)}, which cannot stand in the path /agents/{name}/invoke. Use a lower-case letter, then up to 31 lower-case letters, digits or hyphens.`;
  }
  if (name === DEFAULT_AGENT) {
    yield `\`agents\` has the name "${name}", which logs and metrics give to the agent behind POST /invoke. Use another name.`;
  }
  if (!isObject(agent)) {
    yield `\`${key}\` is ${formatValue(agent)}. Use an object with \`agentRuntimeArn\`.`;
    return;
  }
  const { agentRuntimeArn, qualifier = "DEFAULT", canary = {} } = agent;
  yield* validateKnownKeys(key, agent, ["agentRuntimeArn", "qualifier", "canary", "dialect", "answer"]);
  yield* validateRuntimeArn(`${key}.agentRuntimeArn`, agentRuntimeArn, region);
  yield* validateQualifier(`${key}.qualifier`, qualifier);
  yield* validateCanary(`${key}.canary`, canary, qualifier);
  yield* validateReading(`${key}.`, agent);
}

/** Validates all agents together: one client calls them in one region, and one environment variable contains them. */
function* validateAllAgents(
  { agentRuntimeArn, canary }: Settings,
  agents: Readonly<Record<string, AgentConfig>>,
): Generator<string> {
  const runtimes = Object.entries(agents).map(([name, agent]) => ({
    key: `agents.${name}.agentRuntimeArn`,
    arn: parseRuntimeArn(agent.agentRuntimeArn),
  }));
  const first = [{ key: "agentRuntimeArn", arn: parseRuntimeArn(agentRuntimeArn) }, ...runtimes].find(({ arn }) => arn);
  for (const { key, arn } of runtimes) {
    if (!first?.arn || !arn) continue;
    if (arn.region === first.arn.region && arn.partition === first.arn.partition) continue;
    yield `\`${key}\` is in ${arn.partition} ${arn.region}, but \`${first.key}\` is in ${first.arn.partition} ${first.arn.region}. The doors call runtimes of one region: deploy another stack for the other.`;
  }

  const bytes =
    Buffer.byteLength(JSON.stringify(packAgents(agents))) +
    Buffer.byteLength(JSON.stringify(packCanary(isObject(canary) ? canary : undefined)));
  const most = ENVIRONMENT_BYTES - RESERVED_BYTES;
  if (bytes > most) {
    yield `\`agents\` needs ${bytes} bytes in the environment variable ${ENVIRONMENT.agents}, but there is room for ${most} (Lambda's ${ENVIRONMENT_BYTES} for all variables, less ${RESERVED_BYTES} for the others). Use shorter names, or deploy another stack for some of the agents.`;
  }
}
