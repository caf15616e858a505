import * as pulumi from "@pulumi/pulumi";
import { packAgents, packCanary } from "../../contract/runtime/agents";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import type { AgentsArgs } from "../shared/args";

/** @throws RunError where the function would have nothing to call */
export function requireAgent(name: string, { agentRuntimeArn = "", agents = {} }: AgentsArgs): void {
  if (agentRuntimeArn === "" && Object.keys(agents).length === 0)
    throw new pulumi.RunError(`"${name}" has no agent to call: set \`agentRuntimeArn\` or \`agents\`.`);
}

/** The environment variables that fix which agents a function calls. */
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
