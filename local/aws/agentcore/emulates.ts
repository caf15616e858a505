import { typeNotEmulated, LINES, type Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

/** How far the double of AgentCore emulates its types. */
export const AGENTCORE: Emulates = {
  [TYPES.agentRuntime]: typeNotEmulated(() => [LINES.sample]),
  [TYPES.resourcePolicy]: {
    enforces: ["policy", "resourceArn"],
    gaps: [
      {
        inputs: [],
        says: (_, { runtimeAuth }) =>
          runtimeAuth === "oauth" ? ["resource policies of runtimes that take bearer tokens"] : [],
      },
    ],
  },
};
