import { TYPES } from "../../../../local/program/graph";
import { arn, text, type Kinds, type Making } from "../kind";
import { NAME } from "./names";

const ec2 = (prefix: string, kind: string) => (making: Making) => {
  // Seventeen hexadecimal digits.
  const id = `${prefix}-0${Buffer.from(making.random(8)).toString("hex")}`;
  return { id, arn: arn(making, "ec2", `${kind}/${id}`) };
};

/** What awsx makes below its Vpc. */
export const NETWORK_TYPES = { vpc: "aws:ec2/vpc:Vpc", subnet: "aws:ec2/subnet:Subnet" } as const;

// Which properties replace: terraform-provider-aws, internal/service/ec2/vpc_*.go (believed).
export const NETWORK: Kinds = {
  [NETWORK_TYPES.vpc]: { replaces: ["cidrBlock"], make: ec2("vpc", "vpc") },
  [NETWORK_TYPES.subnet]: {
    required: ["vpcId"],
    replaces: ["vpcId", "cidrBlock", "availabilityZone"],
    make: ec2("subnet", "subnet"),
    unique: ({ inputs }) => `${text(inputs, "vpcId")} ${text(inputs, "cidrBlock")}`,
  },
  [TYPES.securityGroup]: {
    named: NAME,
    replaces: ["name", "namePrefix", "description", "vpcId"],
    make: ec2("sg", "security-group"),
    unique: ({ inputs }) => `${text(inputs, "vpcId")} ${text(inputs, "name")}`,
  },
  [TYPES.securityGroupEgressRule]: {
    required: ["ipProtocol", "securityGroupId"],
    replaces: ["securityGroupId"],
    make: ec2("sgr", "security-group-rule"),
  },
  [TYPES.securityGroupIngressRule]: {
    required: ["ipProtocol", "securityGroupId"],
    replaces: ["securityGroupId"],
    make: ec2("sgr", "security-group-rule"),
  },
  [TYPES.vpcEndpoint]: {
    required: ["vpcId"],
    replaces: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion"],
    make: ec2("vpce", "vpc-endpoint"),
    // One private DNS name of a service per VPC. https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html (believed)
    unique: ({ inputs }) => `${text(inputs, "vpcId")} ${text(inputs, "serviceName")}`,
  },
};
