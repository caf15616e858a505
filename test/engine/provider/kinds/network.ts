import { TYPES } from "../../../../local/program/graph";
import { arn, dnsSuffix, text, type Kinds, type Making, type Thing } from "../kind";
import { releaseInterfaces } from "./interfaces";
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
    replaces: ["vpcId", "cidrBlock", "availabilityZone"],
    make: ec2("subnet", "subnet"),
    unique: ({ inputs }) => `${text(inputs, "vpcId")} ${text(inputs, "cidrBlock")}`,
    keep: releaseInterfaces,
  },
  [TYPES.securityGroup]: {
    named: NAME,
    replaces: ["name", "namePrefix", "description", "vpcId"],
    make: ec2("sg", "security-group"),
    unique: ({ inputs }) => `${text(inputs, "vpcId")} ${text(inputs, "name")}`,
    keep: releaseInterfaces,
  },
  [TYPES.securityGroupEgressRule]: {
    replaces: ["securityGroupId"],
    make: ec2("sgr", "security-group-rule"),
  },
  [TYPES.securityGroupIngressRule]: {
    replaces: ["securityGroupId"],
    make: ec2("sgr", "security-group-rule"),
  },
  [TYPES.vpcEndpoint]: {
    replaces: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion"],
    make: ec2("vpce", "vpc-endpoint"),
    // https://github.com/hashicorp/terraform-provider-aws/issues/17535 (seen)
    refuse: ({ id, inputs }, account) => {
      const service = text(inputs, "serviceName");
      const hasSameName = account
        .all(TYPES.vpcEndpoint)
        .some((other) => other.id !== id && isPrivateName(other, text(inputs, "vpcId"), service));
      if (inputs["privateDnsEnabled"] === true && hasSameName && account.behaves("privateDns")) {
        const domain = `${service.split(".").at(-1) ?? ""}.${account.place.region}.${dnsSuffix(account.place.partition)}`;
        throw new Error(
          `InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${domain} in the VPC ${text(inputs, "vpcId")}`,
        );
      }
    },
  },
};

function isPrivateName({ inputs }: Thing, vpcId: string, service: string): boolean {
  return inputs["privateDnsEnabled"] === true && inputs["vpcId"] === vpcId && inputs["serviceName"] === service;
}
