import { judgeNetworkMode, type NetworkSettings } from "../../aws/agentNetwork";
import { TYPES } from "../../aws/types";
import { defineRule } from "../../model/rule";

export const runtimeNetwork = defineRule<NetworkSettings>({
  id: "fd-agentcore-runtime-network",
  description: "A runtime runs in a network mode that the stack allows.",
  rationale:
    "A runtime in PUBLIC mode reaches the whole internet: an agent that a prompt has turned can send its data anywhere. In VPC mode security groups and endpoints decide (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html).",
  severity: "medium",
  frameworks: { securityHub: ["BedrockAgentCore.1"] },
  remediationSteps:
    'Set networkConfiguration.networkMode to "VPC" and give subnets and security groups in networkModeConfig, or add the mode to the setting allowed.',
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["VPC", "PUBLIC"],
      description: 'Network modes that runtimes may have; ["VPC"] is what Security Hub asks for.',
    },
  },
  resource: { types: [TYPES.agentRuntime], check: judgeNetworkMode },
});
