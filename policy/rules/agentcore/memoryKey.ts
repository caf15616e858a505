import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is } from "../../model/value";

interface Settings {
  readonly requireKey: boolean;
}

export const memoryKey = defineRule<Settings>({
  id: "fd-agentcore-memory-key",
  description: "Where the stack asks for it, an agent's memory is encrypted with a customer managed key.",
  rationale:
    "A memory keeps what users said. A key of one's own can be taken away, and its uses are logged (https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { securityHub: ["BedrockAgentCore.3"] },
  remediationSteps: "Set encryptionKeyArn on the AgentcoreMemory to the ARN of a KMS key that the memory may use.",
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether memories must be encrypted with a customer managed key.",
    },
  },
  resource: {
    types: [TYPES.agentMemory],
    check: (memory, { requireKey }) => {
      const key = at(memory.props, "encryptionKeyArn");
      return judgeProperty(
        memory,
        "encryptionKeyArn",
        key,
        !requireKey || is(key, (known) => known !== undefined),
        "the ARN of a customer managed key",
      );
    },
  },
});
