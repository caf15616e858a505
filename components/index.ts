export { AccountLogging, type AccountLoggingArgs } from "./rest/accountLogging";
export { ApiDomain, type ApiDomainArgs } from "./rest/domain";
export { ApiKeys, type ApiKeysArgs, type ApiStage } from "./rest/apiKeys";
export type { AuthorizerArgs, InboundAuthArgs } from "./rest/authorizer";
export { BufferedApi } from "./rest/bufferedApi";
export type {
  AgentsArgs,
  DoorArgs,
  MethodThrottles,
  NamedAgent,
  NetworkArgs,
  RestDoorArgs,
  RestEntranceArgs,
  Throttle,
} from "./shared/args";
export { EdgeDistribution, type EdgeDistributionArgs, type EdgeDomainArgs } from "./edge/distribution";
export { EdgeSigner, type EdgeSignerArgs } from "./edge/signer";
export { FrontDoor } from "./frontDoor/frontDoor";
export { JwtAuthorizer, type JwtAuthorizerArgs } from "./auth/jwtAuthorizer";
export { Operations, type DoorMetrics, type OperationsArgs, type WebAclMetrics } from "./operations/operations";
export { PrivateNetwork, type PrivateNetworkArgs } from "./network/privateNetwork";
export type { DomainMappingArgs } from "./rest/restApi";
export type { RestPolicyArgs } from "./rest/policy";
export { RuntimeLock, type RuntimeLockArgs } from "./agent/runtimeLock";
export { SampleAgent, type SampleAgentArgs } from "./agent/sampleAgent";
export { StreamingApi } from "./rest/streamingApi";
export { StreamingUrl, type StreamingUrlArgs } from "./url/streamingUrl";
export { UserPool, type UserPoolArgs } from "./auth/userPool";
export { WebAcl, type WebAclArgs } from "./firewall/webAcl";
