import { TYPES } from "../graph";
import type { Service } from "./creation";

export const BEDROCK: Service = {
  [TYPES.agentRuntime]: ({ inputs, region, accountId, suffix }) => {
    const id = `${String(inputs["agentRuntimeName"])}-${suffix}`;
    return {
      id,
      agentRuntimeId: id,
      agentRuntimeArn: `arn:aws:bedrock-agentcore:${region}:${accountId}:runtime/${id}`,
      agentRuntimeVersion: "1",
    };
  },
  [TYPES.resourcePolicy]: ({ inputs }) => ({ id: String(inputs["resourceArn"]) }),
};
