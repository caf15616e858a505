import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../../contract/aws/arn";
import type { FunctionArgs } from "../shared/args";

/**
 * Actions that a door needs. No wildcard: `InvokeAgentRuntime*` would also allow a shell in the agent's microVM. A call with a user id needs
 * both invoke actions.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export function agentActions(stopSession: boolean, runtimeUserId = false): string[] {
  return [
    "bedrock-agentcore:InvokeAgentRuntime",
    ...(runtimeUserId ? ["bedrock-agentcore:InvokeAgentRuntimeForUser"] : []),
    ...(stopSession ? ["bedrock-agentcore:StopRuntimeSession"] : []),
  ];
}

/**
 * Every action on a runtime or one of its sessions. Command and CommandShell open a shell in the agent's microVM; Proxy is the endpoint of a
 * session. In a resource policy AgentCore refuses actions that it does not support, and it does not document wildcards. So this list has each
 * action by name; if a later API adds an action, add it here.
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

/** The statement that allows a function to call its agents only. */
export function invokeAgentsStatement({
  agentRuntimeArn = "",
  agents = {},
  stopSession = true,
  policy = {},
}: Pick<FunctionArgs, "agentRuntimeArn" | "agents" | "stopSession" | "policy">) {
  const arns = pulumi.all([agentRuntimeArn, ...Object.values(agents).map((agent) => agent.agentRuntimeArn)]);
  return {
    Sid: "InvokeAgent",
    Effect: "Allow",
    Action: agentActions(stopSession, policy.runtimeUserId),
    // Agents can share a runtime.
    Resource: arns.apply((all) => [...new Set(all)].filter((arn) => arn !== "").flatMap(invokeResources)),
  };
}
