import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../contract/arn";
import type { AgentsArgs } from "./doorArgs";
import { writeLog } from "./lambdaRole";

/** Only these actions: the wildcard InvokeAgentRuntime* would include a shell in the agent's microVM. */
export function agentActions(stopSession: boolean): string[] {
  return ["bedrock-agentcore:InvokeAgentRuntime", ...(stopSession ? ["bedrock-agentcore:StopRuntimeSession"] : [])];
}

/** The rights of a function's role: its agents, its log, and what the stack's own switches need. */
export function allowAgentsAndLog(
  args: AgentsArgs,
  logGroupArn: pulumi.Output<string>,
  extraRights: readonly object[],
): pulumi.Output<string> {
  const { agentRuntimeArn = "", agents = {}, stopSession = true } = args;
  const arns = pulumi.all([agentRuntimeArn, ...Object.values(agents).map((agent) => agent.agentRuntimeArn)]);
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "InvokeAgent",
        Effect: "Allow",
        Action: agentActions(stopSession),
        // Agents can share a runtime.
        Resource: arns.apply((all) => [...new Set(all)].filter((arn) => arn !== "").flatMap(invokeResources)),
      },
      writeLog(logGroupArn),
      ...extraRights,
    ],
  });
}
