import type { Answers } from "./awsDouble";

export const ACCOUNT = "222233334444";
export const RUNTIME_ARN = `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/my_agent-b2c3d4e5f6`;
export const CERTIFICATE_ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/0f0e0d0c-1a1b-2c2d-3e3f-404142434445`;

/** The runtime, ready, with IAM signatures. */
export const RUNTIME = {
  agentRuntimeArn: RUNTIME_ARN,
  agentRuntimeName: "my_agent",
  agentRuntimeId: "my_agent-b2c3d4e5f6",
  agentRuntimeVersion: "3",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/agent`,
  status: "READY",
  createdAt: "2026-06-01T10:00:00Z",
  lastUpdatedAt: "2026-11-01T10:00:00Z",
  networkConfiguration: { networkMode: "PUBLIC" },
  lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28800 },
  protocolConfiguration: { serverProtocol: "HTTP" },
  requestHeaderConfiguration: { requestHeaderAllowlist: ["X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant"] },
};

/** ACM's times are seconds. */
const YEAR = Date.now() / 1000 + 365 * 86_400;
export const certificate = (changes: object = {}) => ({
  body: {
    Certificate: {
      CertificateArn: CERTIFICATE_ARN,
      DomainName: "agent.acme.dev",
      SubjectAlternativeNames: ["agent.acme.dev", "*.acme.dev"],
      Status: "ISSUED",
      NotAfter: YEAR,
      ...changes,
    },
  },
});

export const lambdaAccount = (concurrent: number, unreserved = concurrent, used = 1e9) => ({
  body: {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      ConcurrentExecutions: concurrent,
      UnreservedConcurrentExecutions: unreserved,
    },
    AccountUsage: { TotalCodeSize: used, FunctionCount: 12 },
  },
});

export const zones = (...names: string[]) => ({
  body: `<DescribeVpcEndpointServicesResponse><requestId>r</requestId><serviceDetailSet><item><availabilityZoneSet>${names
    .map((name) => `<item>${name}</item>`)
    .join("")}</availabilityZoneSet></item></serviceDetailSet></DescribeVpcEndpointServicesResponse>`,
});

/** An account in which everything is fine, in the forms of the services' API models. */
export const FINE: Answers = {
  "sts:GetCallerIdentity": {
    body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${ACCOUNT}:assumed-role/deployer/me</Arn><UserId>AROA:me</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  },
  "bedrock-agentcore:GetAgentRuntime": { body: RUNTIME },
  "bedrock-agentcore:GetAgentRuntimeEndpoint": {
    body: {
      agentRuntimeEndpointArn: `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`,
      agentRuntimeArn: RUNTIME_ARN,
      liveVersion: "3",
      status: "READY",
      name: "DEFAULT",
      id: "DEFAULT",
      createdAt: "2026-06-01T10:00:00Z",
      lastUpdatedAt: "2026-11-01T10:00:00Z",
    },
  },
  "apigateway:GetAccount": { body: { cloudwatchRoleArn: `arn:aws:iam::${ACCOUNT}:role/apigateway-logs` } },
  "lambda:GetAccountSettings": lambdaAccount(1000),
  "acm:DescribeCertificate": certificate(),
  "ec2:DescribeSubnets": {
    body: "<DescribeSubnetsResponse><requestId>r</requestId><subnetSet><item><subnetId>subnet-1</subnetId><availabilityZone>us-east-1a</availabilityZone></item><item><subnetId>subnet-2</subnetId><availabilityZone>us-east-1b</availabilityZone></item></subnetSet></DescribeSubnetsResponse>",
  },
  "ec2:DescribeAvailabilityZones": {
    body: "<DescribeAvailabilityZonesResponse><requestId>r</requestId><availabilityZoneInfo><item><zoneName>us-east-1a</zoneName><zoneType>availability-zone</zoneType></item><item><zoneName>us-east-1-bos-1a</zoneName><zoneType>local-zone</zoneType></item><item><zoneName>us-east-1b</zoneName><zoneType>availability-zone</zoneType></item></availabilityZoneInfo></DescribeAvailabilityZonesResponse>",
  },
  "ec2:DescribeVpcEndpointServices": zones("us-east-1a", "us-east-1b"),
};
