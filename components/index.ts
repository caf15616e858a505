export { AccountLogging, type AccountLoggingArgs } from "./accountLogging";
export { ApiDomain, type ApiDomainArgs } from "./apiDomain";
export { ApiKeys, type ApiKeysArgs, type ApiStage } from "./apiKeys";
export type { AuthorizerArgs, InboundAuthArgs } from "./authorizer";
export { BufferedApi } from "./bufferedApi";
export type {
  AgentsArgs,
  DoorArgs,
  MethodThrottles,
  NamedAgent,
  NetworkArgs,
  RestDoorArgs,
  RestEntranceArgs,
  Throttle,
} from "./doorArgs";
export { EdgeDistribution, type EdgeDistributionArgs, type EdgeDomainArgs } from "./edgeDistribution";
export { EdgeSigner, type EdgeSignerArgs } from "./edgeSigner";
export { FrontDoor } from "./frontDoor";
export { JwtAuthorizer, type JwtAuthorizerArgs } from "./jwtAuthorizer";
export { Operations, type DoorMetrics, type OperationsArgs, type WebAclMetrics } from "./operations";
export { PrivateNetwork, type PrivateNetworkArgs } from "./privateNetwork";
export type { DomainMappingArgs } from "./restApi";
export type { RestPolicyArgs } from "./restPolicy";
export { RuntimeLock, type RuntimeLockArgs } from "./runtimeLock";
export { SampleAgent, type SampleAgentArgs } from "./sampleAgent";
export { StreamingApi } from "./streamingApi";
export { StreamingUrl, type StreamingUrlArgs } from "./streamingUrl";
export { UserPool, type UserPoolArgs } from "./userPool";
export { WebAcl, type WebAclArgs } from "./webAcl";
