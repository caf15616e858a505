import { SampleAgent, StreamingUrl } from "agentcore-front-door";

const agent = new SampleAgent("sample");

const door = new StreamingUrl("chat", { agentRuntimeArn: agent.agentRuntimeArn, maxDurationSeconds: 300 });

export const url = door.url;
export const agentRuntimeArn = agent.agentRuntimeArn;
