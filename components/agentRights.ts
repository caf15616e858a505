import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../contract/arn";
import type { AgentsArgs } from "./doorArgs";

/** Only these actions: the wildcard InvokeAgentRuntime* would include a shell in the agent's microVM. */
export function agentActions(stopSession: boolean): string[] {
  return ["bedrock-agentcore:InvokeAgentRuntime", ...(stopSession ? ["bedrock-agentcore:StopRuntimeSession"] : [])];
}

/** The statement that lets a function call its agents, and no others. */
export function invokeAgents({ agentRuntimeArn = "", agents = {}, stopSession = true }: AgentsArgs) {
  const arns = pulumi.all([agentRuntimeArn, ...Object.values(agents).map((agent) => agent.agentRuntimeArn)]);
  return {
    Sid: "InvokeAgent",
    Effect: "Allow",
    Action: agentActions(stopSession),
    // Agents can share a runtime.
    Resource: arns.apply((all) => [...new Set(all)].filter((arn) => arn !== "").flatMap(invokeResources)),
  };
}
