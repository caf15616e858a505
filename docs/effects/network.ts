import { NEW_SNAPSHOT, type Effects } from "./effect";

/** What cannot move to another VPC. */
const INSIDE_VPC = [
  "ec2.SecurityGroup",
  "ec2.VpcEndpoint",
  "vpc.SecurityGroupEgressRule",
  "vpc.SecurityGroupIngressRule",
] as const;

export const NETWORK: Effects<
  | "domain"
  | "resourcePolicy"
  | "privateApi"
  | "apiVpcEndpointIds"
  | "privateNetwork"
  | "vpcId"
  | "subnetIds"
  | "existingEndpoints"
  | "endpointRuntimeArns"
  | "vpcCidrBlock"
> = {
  domain: {
    changes: "domain, mappings and DNS records; the APIs' own addresses are off as long as there is a domain",
    replaces: [...NEW_SNAPSHOT, "apigateway.DomainName", "apigateway.BasePathMapping", "route53.Record"],
    moves: ["address of a REST door", "target of the domain"],
    ends: ["target of the domain"],
    interrupts:
      "The former address no longer answers. Records of your own must point at the new target. With `truststoreUri`, clients without a certificate are refused.",
  },
  resourcePolicy: {
    changes: "resource policy of the APIs",
    replaces: NEW_SNAPSHOT,
    interrupts: "A caller that the policy does not admit is refused from the new snapshot on.",
  },
  privateApi: {
    changes:
      "endpoint type, resource policy and web ACL of the APIs, in place; with `privateNetwork` the endpoint of the APIs, made or deleted",
    replaces: NEW_SNAPSHOT,
    ends: ["log group", "VPC endpoint"],
    interrupts:
      "The id stays; with true only VPC endpoints reach the doors, with false only the internet does. The web ACL goes with its log.",
  },
  apiVpcEndpointIds: {
    changes: "endpoints and resource policy of the APIs",
    replaces: NEW_SNAPSHOT,
    interrupts: "Callers behind an endpoint that is removed are refused.",
  },
  privateNetwork: {
    changes: "VPC, subnets, endpoints and security groups, made or deleted; network of the functions",
    ends: ["VPC", "VPC endpoint"],
    interrupts:
      "Lambda takes up to 45 minutes to release the network interfaces; until then the VPC cannot be deleted.",
  },
  vpcId: {
    changes: "endpoints and security groups, in the other VPC; network of the functions",
    replaces: INSIDE_VPC,
    moves: ["VPC endpoint"],
    ends: ["VPC"],
    interrupts:
      "Callers of a private API need the new endpoint. The functions change over in place; the network interfaces of before hold up the deletion.",
  },
  subnetIds: { changes: "subnets of the endpoints and the functions" },
  existingEndpoints: {
    changes: "endpoints of the services, deleted or created; rules of the security groups",
    ends: ["VPC endpoint"],
    interrupts:
      "A VPC has one endpoint with private DNS for a service, so calls to the service fail between the old endpoint and the new one.",
  },
  endpointRuntimeArns: { changes: "policy of the endpoint for bedrock-agentcore" },
  vpcCidrBlock: {
    changes: "network of the functions",
    replaces: ["ec2.Vpc", "ec2.Subnet", ...INSIDE_VPC],
    moves: ["VPC", "VPC endpoint"],
    interrupts: "As with `vpcId`: everything is in another VPC.",
  },
};
