import * as pulumi from "@pulumi/pulumi";
import { packAgents, packCanary } from "../../contract/runtime/agents";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { DIALECT_NAMES } from "../../contract/wire/dialects/names";
import { requireOneOf } from "../shared/requireOneOf";
import type { AgentsArgs } from "../shared/args";

/** @throws RunError if the function has no agent to call */
export function requireAgent(name: string, { agentRuntimeArn = "", agents = {} }: AgentsArgs): void {
  if (agentRuntimeArn === "" && Object.keys(agents).length === 0)
    throw new pulumi.RunError(`"${name}" has no agent to call: set \`agentRuntimeArn\` or \`agents\`.`);
}

/** @throws RunError if an agent's dialect is not one that the function knows */
export function requireDialects(name: string, { agents = {} }: AgentsArgs): void {
  for (const [agent, { dialect }] of Object.entries(agents))
    if (dialect !== undefined) requireOneOf(name, `agents.${agent}.dialect`, dialect, DIALECT_NAMES);
}

/** The environment variables that tell a function which agents it may call. */
export function agentVariables(args: AgentsArgs): Record<string, pulumi.Input<string>> {
  const { agentRuntimeArn = "", qualifier = "DEFAULT", canary, agents = {}, stopSession = true } = args;
  return {
    [ENVIRONMENT.runtimeArn]: agentRuntimeArn,
    [ENVIRONMENT.qualifier]: qualifier,
    [ENVIRONMENT.canary]: JSON.stringify(packCanary(canary)),
    [ENVIRONMENT.agents]: pulumi.jsonStringify(packAgents(agents)),
    [ENVIRONMENT.stopSession]: String(stopSession),
  };
}
