import type { Resource } from "../model/graph";
import { eachText } from "./texts";

/** The service in ARNs, actions, principals and host names. */
const MARK = "bedrock-agentcore";

/** A resource of AgentCore, whichever provider declares it: `aws:bedrock/agentcoreGateway:...`, `aws-native:bedrockagentcore:Gateway`. */
const AGENT_TYPE = /^[^:]+:(?:bedrock\/agentcore|bedrock-?agentcore)/i;

export const isOfAgentCore = (type: string): boolean => AGENT_TYPE.test(type);

/** Whether a resource shows by itself that it is about an agent: by its type, or by a text of its properties. */
export function isMarked(resource: Pick<Resource, "type" | "props">): boolean {
  if (isOfAgentCore(resource.type)) return true;
  let found = false;
  eachText(resource, (text) => {
    found ||= text.includes(MARK);
  });
  return found;
}
