import * as pulumi from "@pulumi/pulumi";
import { packAgents, packCanary, packDialect } from "../../contract/runtime/agents";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { validateReading } from "../../contract/config/validate/agents/answers";
import type { AgentsArgs } from "../shared/args";

/** @throws RunError if the function has no agent to call */
export function requireAgent(name: string, { agentRuntimeArn = "", agents = {} }: AgentsArgs): void {
  if (agentRuntimeArn === "" && Object.keys(agents).length === 0)
    throw new pulumi.RunError(`"${name}" has no agent to call: set \`agentRuntimeArn\` or \`agents\`.`);
}

/** @throws RunError if the dialect or the text's path of an agent is invalid */
export function requireReading(name: string, { dialect, answer = {}, agents = {} }: AgentsArgs): void {
  const errors = [
    ...validateReading("", { dialect: dialect === "" ? undefined : dialect, answer }),
    ...Object.entries(agents).flatMap(([agent, reading]) => [...validateReading(`agents.${agent}.`, { ...reading })]),
  ];
  if (errors.length > 0) throw new pulumi.RunError(`"${name}": ${errors.join(" ")}`);
}

/** The environment variables that tell a function which agents it may call. */
export function agentVariables(args: AgentsArgs): Record<string, pulumi.Input<string>> {
  const { agentRuntimeArn = "", qualifier = "DEFAULT", canary, agents = {}, stopSession = true } = args;
  const [dialect] = packDialect(args);
  return {
    [ENVIRONMENT.runtimeArn]: agentRuntimeArn,
    [ENVIRONMENT.qualifier]: qualifier,
    [ENVIRONMENT.canary]: JSON.stringify(packCanary(canary)),
    ...(dialect !== undefined && { [ENVIRONMENT.dialect]: dialect }),
    [ENVIRONMENT.agents]: pulumi.jsonStringify(packAgents(agents)),
    [ENVIRONMENT.stopSession]: String(stopSession),
  };
}
