import { CAFE, OFFICE, PARTNER } from "../served/admission";
import { journey, keyWalk, walk, type Walk } from "../walk";
import { ONE, REST, THREE, TWO } from "./bases";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const domain = { name: "agent.example.com", certificateArn };
const hostedZoneId = "Z0123456789ABCDEFGHIJ";
const [FIRST, SECOND] = ["vpce-0a1b2c3d4e5f60718", "vpce-0a1b2c3d4e5f60719"];
const GROUPS = ["sg-0a1b2c3d4e5f60718", "sg-0a1b2c3d4e5f60719"];
const NETWORK = { ...REST, privateNetwork: true };
const OWN = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"] };

export const NETWORK_WALKS: readonly Walk[] = [
  keyWalk("resourcePolicy", REST, [
    { accounts: [PARTNER] },
    { accounts: [PARTNER], allowIps: [OFFICE] },
    { allowIps: [OFFICE] },
    { denyIps: [CAFE] },
  ]),
  walk("privateApi", REST, [
    { privateApi: true, apiVpcEndpointIds: [FIRST] },
    { privateApi: true, privateNetwork: true },
  ]),
  walk("apiVpcEndpointIds", REST, [
    { privateApi: true, apiVpcEndpointIds: [FIRST] },
    { privateApi: true, apiVpcEndpointIds: [SECOND] },
    { privateApi: true, apiVpcEndpointIds: [FIRST, SECOND] },
  ]),
  journey("private with a policy, and back", { ...REST, corsOrigins: ["https://app.example.com"] }, [
    { resourcePolicy: { denyIps: [CAFE] } },
    { resourcePolicy: { denyIps: [CAFE] }, privateApi: true, apiVpcEndpointIds: [FIRST] },
    { apiAuth: "apiKey", privateApi: true, apiVpcEndpointIds: [FIRST] },
    { apiAuth: "apiKey", resourcePolicy: { allowIps: [OFFICE] } },
    { apiAuth: "apiKey" },
  ]),
  keyWalk("domain", REST, [
    domain,
    { ...domain, hostedZoneId },
    { ...domain, hostedZoneId, securityPolicy: "TLS_1_2" },
    { ...domain, hostedZoneId, truststoreUri: "s3://authorities/clients.pem", truststoreVersion: "v1" },
    { ...domain, hostedZoneId, name: "other.example.com" },
  ]),
  journey("a domain of two doors", { ...REST, doors: ["bufferedApi", "streamingApi"] }, [
    { domain },
    { domain, apiAuth: "apiKey" },
    { apiAuth: "apiKey" },
  ]),
  journey("a domain whose doors come and go", { ...REST, domain }, [
    { doors: ["bufferedApi", "streamingApi"] },
    { doors: ["streamingApi"] },
  ]),
  keyWalk("privateNetwork", REST, [true]),
  keyWalk("vpcCidrBlock", NETWORK, ["10.1.0.0/20"]),
  walk("vpcId", NETWORK, [OWN, { ...OWN, vpcId: "vpc-0a1b2c3d4e5f60719" }]),
  walk("subnetIds", NETWORK, [
    OWN,
    { ...OWN, subnetIds: [...OWN.subnetIds, "subnet-0a1b2c3d4e5f6071a"] },
    { ...OWN, subnetIds: ["subnet-0a1b2c3d4e5f6071a", "subnet-0a1b2c3d4e5f6071b"] },
  ]),
  keyWalk("existingEndpoints", { ...NETWORK, ...OWN }, [
    { logs: GROUPS[0] },
    { logs: GROUPS[0], xray: GROUPS[1] },
    { "bedrock-agentcore": GROUPS[1] },
  ]),
  keyWalk("endpointRuntimeArns", NETWORK, [[TWO], [TWO, THREE]]),
  journey("a private network whose agents and door change", { ...NETWORK, doors: ["bufferedApi", "streamingApi"] }, [
    { privateApi: true },
    { privateApi: true, agents: { chat: { agentRuntimeArn: ONE } } },
    { runtimeAuth: "oauth", lockRuntime: false },
    { tracing: false },
  ]),
];
