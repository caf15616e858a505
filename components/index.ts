export { AgentFunction, type AgentFunctionArgs } from "./agentFunction";
export { BufferedApi } from "./bufferedApi";
export type { DoorArgs, RestAuth, RestDoorArgs, Throttle } from "./doorArgs";
export { FrontDoor } from "./frontDoor";
export { RestApi, type RestApiArgs } from "./restApi";
export { StreamingApi } from "./streamingApi";
export { StreamingUrl, type StreamingUrlArgs } from "./streamingUrl";
export { UsageKey, type UsageKeyArgs } from "./usageKey";
export { WebAcl, type WebAclArgs } from "./webAcl";
