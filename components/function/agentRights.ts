import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../../contract/aws/arn";
import type { AgentsArgs } from "../shared/args";

/** Only these actions: the wildcard InvokeAgentRuntime* would include a shell in the agent's microVM. */
export function agentActions(stopSession: boolean): string[] {
  return ["bedrock-agentcore:InvokeAgentRuntime", ...(stopSession ? ["bedrock-agentcore:StopRuntimeSession"] : [])];
}

/**
 * Every action that reaches a runtime or one of its sessions; Command and CommandShell are a shell in the agent's microVM, Proxy is the
 * session's own endpoint. AgentCore refuses actions that it does not support in a resource policy, and does not say that it accepts a
 * wildcard, so each action has its name: an action that a later API adds must be added here.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export const RUNTIME_ACTIONS: readonly string[] = [
  "bedrock-agentcore:InvokeAgentRuntime",
  "bedrock-agentcore:InvokeAgentRuntimeForUser",
  "bedrock-agentcore:InvokeAgentRuntimeCommand",
  "bedrock-agentcore:InvokeAgentRuntimeCommandShell",
  "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream",
  "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser",
  "bedrock-agentcore:InvokeAgentRuntimeProxy",
  "bedrock-agentcore:GetAgentCard",
  "bedrock-agentcore:StopRuntimeSession",
];

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
