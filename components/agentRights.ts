import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../contract/arn";
import type { AgentsArgs } from "./doorArgs";

/** Only these actions: the wildcard InvokeAgentRuntime* would include a shell in the agent's microVM. */
export function agentActions(stopSession: boolean): string[] {
  return ["bedrock-agentcore:InvokeAgentRuntime", ...(stopSession ? ["bedrock-agentcore:StopRuntimeSession"] : [])];
}

/** The trust policy of a function's role. */
export function trustLambda(): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
}

/** The rights of a function's role: its agents, its log, and nothing else. */
export function allowAgentsAndLog(args: AgentsArgs, logGroupArn: pulumi.Output<string>): pulumi.Output<string> {
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
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logGroupArn}:*`,
      },
    ],
  });
}
