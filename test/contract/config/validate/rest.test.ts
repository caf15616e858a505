import assert from "node:assert/strict";
import { checkSettings } from "../../../../contract/config/check";
import { RUNTIME_ARN } from "../../../support/program/components";

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const DOMAIN = { name: "agent.example.com", certificateArn: CERTIFICATE };
const VPC = "vpc-0a1b2c3d4e5f60718";
const SUBNETS = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"];
const ENDPOINT = "vpce-0a1b2c3d4e5f60718";
const NETWORK = { privateNetwork: true, vpcId: VPC, subnetIds: SUBNETS };
const THROTTLE = { rateLimit: 5, burstLimit: 10 };

const check = (change: Record<string, unknown>) =>
  checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...change }, "us-east-1");

/** 600 ranges are too many for one policy. */
const MANY_RANGES = Array.from({ length: 600 }, (_, n) => `10.${String(n % 256)}.${String(n >> 8)}.0/24`);

describe("mistakes in the perimeter of the REST doors", () => {
  for (const [change, says] of [
    [{ domain: [] }, /`domain` is \[\]\. Use an object with name, certificateArn/],
    [{ domain: null }, /`domain` is null/],
    [
      { domain: { ...DOMAIN, hostedZone: "Z1" } },
      /`domain\.hostedZone` does not exist \(did you mean `hostedZoneId`\?\)/,
    ],
    [{ domain: { certificateArn: CERTIFICATE } }, /`domain\.name` is missing/],
    [{ domain: { ...DOMAIN, name: "https://agent.example.com" } }, /`domain\.name` is "https:.*without scheme/],
    [{ domain: { ...DOMAIN, name: "*.example.com" } }, /`domain\.name` is "\*\.example\.com"/],
    [{ domain: { ...DOMAIN, name: 7 } }, /`domain\.name` is 7/],
    [{ domain: { name: DOMAIN.name } }, /`domain\.certificateArn` is missing.*ACM/],
    [{ domain: { ...DOMAIN, certificateArn: "mine" } }, /`domain\.certificateArn` is "mine", which is not the ARN/],
    [
      { domain: { ...DOMAIN, certificateArn: CERTIFICATE.replace("us-east-1", "eu-west-1") } },
      /`domain\.certificateArn` is in eu-west-1.*region of the stack, us-east-1/,
    ],
    [{ domain: { ...DOMAIN, hostedZoneId: "/hostedzone/Z1D633PJN98FT9" } }, /`domain\.hostedZoneId` is.*not the id/],
    [{ domain: { ...DOMAIN, securityPolicy: "TLS_1_0" } }, /`domain\.securityPolicy` is "TLS_1_0".*TLS_1_2/],
    [
      { domain: DOMAIN, ...NETWORK, privateApi: true },
      /`domain` is set with `privateApi`.*cannot lead to a private API/,
    ],
    [{ domain: DOMAIN, doors: ["streamingUrl"] }, /`domain` is set, but `doors` has no door on API Gateway/],
    [{ resourcePolicy: "x" }, /`resourcePolicy` is "x"\. Use an object/],
    [{ resourcePolicy: { allowIp: [] } }, /`resourcePolicy\.allowIp` does not exist \(did you mean `allowIps`\?\)/],
    [{ resourcePolicy: { allowIps: "10.0.0.0/8" } }, /`resourcePolicy\.allowIps` is "10\.0\.0\.0\/8"\. Use a list/],
    [{ resourcePolicy: { allowIps: ["10.0.0.0/33"] } }, /`resourcePolicy\.allowIps` contains "10\.0\.0\.0\/33"/],
    [{ resourcePolicy: { denyIps: ["10.0.0/8"] } }, /`resourcePolicy\.denyIps` contains "10\.0\.0\/8"/],
    [{ resourcePolicy: { denyIps: ["2001:db8::/129"] } }, /`resourcePolicy\.denyIps` contains "2001/],
    [{ resourcePolicy: { allowIps: ["0.0.0.0/0"] } }, /contains "0\.0\.0\.0\/0", which is every address/],
    [{ resourcePolicy: { allowIps: ["10.0.0.0/8", "10.0.0.0/8"] } }, /names the range "10\.0\.0\.0\/8" twice/],
    [
      { resourcePolicy: { allowIps: ["10.0.0.0/8"], denyIps: ["10.0.0.0/8"] } },
      /both hold "10\.0\.0\.0\/8"; a denial wins/,
    ],
    [{ resourcePolicy: { accounts: [123456789012] } }, /`resourcePolicy\.accounts` is \[123456789012\].*in quotes/],
    [{ resourcePolicy: { accounts: ["12345"] } }, /`resourcePolicy\.accounts` contains "12345"\. Use 12-digit/],
    [
      { resourcePolicy: { accounts: ["210987654321"] }, apiAuth: "apiKey" },
      /`resourcePolicy\.accounts` is set with `apiAuth` "apiKey".*SigV4/,
    ],
    [{ resourcePolicy: { allowIps: MANY_RANGES } }, /makes a policy of \d+ characters\. API Gateway accepts 8192/],
    [
      { resourcePolicy: { denyIps: ["10.0.0.0/8"] }, doors: ["streamingUrl"] },
      /`resourcePolicy` is set, but `doors` has no door on API Gateway/,
    ],
    [{ privateApi: "yes" }, /`privateApi` is "yes"\. Use true or false/],
    [{ tracing: 1 }, /`tracing` is 1\. Use true or false/],
    [{ privateApi: true }, /`privateApi` is true, but nothing could reach the doors.*`apiVpcEndpointIds`/],
    [{ privateApi: true, apiVpcEndpointIds: ["vpc-1"] }, /`apiVpcEndpointIds` contains "vpc-1", which is not the id/],
    [{ privateApi: true, apiVpcEndpointIds: [ENDPOINT, ENDPOINT] }, /`apiVpcEndpointIds` names the id .* twice/],
    [{ privateApi: true, apiVpcEndpointIds: ENDPOINT }, /`apiVpcEndpointIds` is "vpce.*Use a list/],
    [{ apiVpcEndpointIds: [ENDPOINT] }, /`apiVpcEndpointIds` is set without `privateApi`/],
    [
      { privateApi: true, apiVpcEndpointIds: [ENDPOINT], doors: ["streamingUrl"] },
      /`privateApi` is set, but `doors` has no door on API Gateway/,
    ],
    [
      { privateNetwork: true, doors: ["streamingApi", "streamingUrl"] },
      /`privateNetwork` is true, but `doors` contains streamingUrl.*does not stream from a VPC.*Use streamingApi/,
    ],
    [{ vpcId: VPC, subnetIds: SUBNETS }, /`vpcId` and `subnetIds` are set without `privateNetwork`/],
    [{ ...NETWORK, vpcId: "my-vpc" }, /`vpcId` is "my-vpc", which is not the id of a VPC/],
    [{ ...NETWORK, vpcId: "" }, /`subnetIds` is set without `vpcId`/],
    [
      { ...NETWORK, existingEndpoints: { log: "sg-0a1b2c3d4e5f60718" } },
      /`existingEndpoints\.log` does not exist \(did you mean `logs`\?\)/,
    ],
    [
      { ...NETWORK, existingEndpoints: { "execute-api": "sg-0a1b2c3d4e5f60718" } },
      /`existingEndpoints\.execute-api`.*`apiVpcEndpointIds`/,
    ],
    [
      { ...NETWORK, existingEndpoints: { logs: "vpce-0a1b2c3d4e5f60718" } },
      /`existingEndpoints\.logs` is "vpce-.*not the id of a security group.*describe-vpc-endpoints/,
    ],
    [{ ...NETWORK, existingEndpoints: ["logs"] }, /`existingEndpoints` is \["logs"\]\. Use a map/],
    [
      { ...NETWORK, tracing: false, existingEndpoints: { xray: "sg-0a1b2c3d4e5f60718" } },
      /`existingEndpoints\.xray` is set, but `tracing` is false/,
    ],
    [
      { privateNetwork: true, existingEndpoints: { logs: "sg-0a1b2c3d4e5f60718" } },
      /`existingEndpoints` is set, but the stack has no existing VPC/,
    ],
    [{ endpointRuntimeArns: [RUNTIME_ARN] }, /`endpointRuntimeArns` is set, but this stack makes no endpoint/],
    [
      {
        ...NETWORK,
        endpointRuntimeArns: [RUNTIME_ARN],
        existingEndpoints: { "bedrock-agentcore": "sg-0a1b2c3d4e5f60718" },
      },
      /`endpointRuntimeArns` is set, but this stack makes no endpoint/,
    ],
    [{ ...NETWORK, endpointRuntimeArns: ["x"] }, /`endpointRuntimeArns\[0\]` is "x", which is not the ARN/],
    [{ ...NETWORK, endpointRuntimeArns: "x" }, /`endpointRuntimeArns` is "x"\. Use a list/],
    [{ ...NETWORK, subnetIds: [] }, /`subnetIds` names 0 subnets of `vpcId`\. Name at least 2/],
    [{ ...NETWORK, subnetIds: SUBNETS.slice(1) }, /`subnetIds` names 1 subnets.*different availability zones/],
    [{ ...NETWORK, subnetIds: ["a", "b"] }, /`subnetIds` contains "a", which is not the id of a subnet/],
    [{ privateNetwork: true, vpcCidrBlock: "10.0.0.0/8" }, /`vpcCidrBlock` is "10\.0\.0\.0\/8".*\/16.*\/27/],
    [{ privateNetwork: true, vpcCidrBlock: "10.0.0.0/28" }, /`vpcCidrBlock` is .*2 subnets of the smallest size, \/28/],
    [{ privateNetwork: true, vpcCidrBlock: "10.0.9.0/16" }, /not how its range starts\. Use 10\.0\.0\.0\/16/],
    [{ privateNetwork: true, vpcCidrBlock: 10 }, /`vpcCidrBlock` is 10\. Use an IPv4 range/],
    [{ vpcCidrBlock: "10.1.0.0/16" }, /`vpcCidrBlock` is .*makes no VPC/],
    [{ ...NETWORK, vpcCidrBlock: "10.1.0.0/16" }, /`vpcCidrBlock` is .*makes no VPC/],
    [{ methodThrottles: [] }, /`methodThrottles` is \[\]\. Use an object/],
    [
      { methodThrottles: { "POST /invok": THROTTLE } },
      /names the route "POST \/invok", which no REST door has \(did you mean `POST \/invoke`\?\)/,
    ],
    [{ methodThrottles: { "POST /invoke": 5 } }, /`methodThrottles\.POST \/invoke` is 5/],
    [
      { methodThrottles: { "POST /invoke": { ...THROTTLE, rate: 5 } } },
      /`methodThrottles\.POST \/invoke\.rate` does not/,
    ],
    [
      { methodThrottles: { "POST /invoke": { rateLimit: 0, burstLimit: 10 } } },
      /`methodThrottles\.POST \/invoke\.rateLimit` is 0\. Use a whole number from 1 to 10000/,
    ],
    [
      { methodThrottles: { "POST /invoke": { rateLimit: 5, burstLimit: 6000 } } },
      /`methodThrottles\.POST \/invoke\.burstLimit` is 6000\. .* to 5000/,
    ],
    [
      { bufferedMaxDurationSeconds: 30 },
      /`bufferedMaxDurationSeconds` is 30\. .*to 29 .*L-E5AE38E3.*`bufferedQuotaSeconds`/,
    ],
    [{ bufferedMaxDurationSeconds: 90, bufferedQuotaSeconds: 60 }, /`bufferedMaxDurationSeconds` is 90\. .*to 60 /],
    [{ bufferedQuotaSeconds: 28 }, /`bufferedQuotaSeconds` is 28\. Use a whole number from 29 to 300/],
    [{ bufferedQuotaSeconds: 301 }, /`bufferedQuotaSeconds` is 301/],
    [
      { ownsAccountLogging: true, doors: ["streamingUrl"] },
      /`ownsAccountLogging` is set, but `doors` has no door on API Gateway/,
    ],
  ] as [Record<string, unknown>, RegExp][]) {
    it(`refuses ${JSON.stringify(change).slice(0, 120)}`, () => {
      assert.throws(() => check(change), says);
    });
  }

  it("takes values of any wrong type for mistakes, and never throws anything else", () => {
    const keys = ["domain", "resourcePolicy", "methodThrottles", "privateApi", "apiVpcEndpointIds", "privateNetwork"];
    for (const key of [...keys, "vpcId", "subnetIds", "vpcCidrBlock", "bufferedQuotaSeconds", "ownsAccountLogging"]) {
      for (const value of [null, 7, "text", [[1]], { a: { b: null } }, [null]]) {
        assert.throws(
          () => check({ [key]: value }),
          /The stack config cannot be deployed/,
          `${key} ${JSON.stringify(value)}`,
        );
      }
    }
  });

  for (const change of [
    { domain: DOMAIN, doors: ["bufferedApi", "streamingApi"] },
    { domain: { ...DOMAIN, hostedZoneId: "Z1D633PJN98FT9", securityPolicy: "TLS_1_2" } },
    { resourcePolicy: { allowIps: ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7"], accounts: ["210987654321"] } },
    { resourcePolicy: { denyIps: ["203.0.113.0/24"] }, apiAuth: "apiKey" },
    { privateApi: true, privateNetwork: true },
    { privateApi: true, apiVpcEndpointIds: [ENDPOINT] },
    { ...NETWORK },
    { privateNetwork: true, vpcCidrBlock: "172.31.64.0/27" },
    { methodThrottles: { "POST /invoke": THROTTLE, "ANY /{proxy+}": THROTTLE } },
    { methodThrottles: { "POST /agents/{agent}/invoke": THROTTLE } },
    { bufferedMaxDurationSeconds: 120, bufferedQuotaSeconds: 120 },
  ]) {
    it(`takes ${JSON.stringify(change)}`, () => {
      check(change);
    });
  }
});
