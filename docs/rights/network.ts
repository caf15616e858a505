import { of, type Rights, type RightsByType } from "./rights";

const EC2_TAGS = of("ec2", "CreateTags DeleteTags");

/** The rules of a security group: one resource each. */
const groupRule = (kind: "Ingress" | "Egress"): Rights => ({
  policy: "network",
  read: of("ec2", "DescribeSecurityGroupRules DescribeSecurityGroups"),
  write: [
    ...of("ec2", `AuthorizeSecurityGroup${kind} RevokeSecurityGroup${kind} ModifySecurityGroupRules`),
    ...EC2_TAGS,
  ],
});

/** The VPC and its endpoints. */
export const NETWORK: RightsByType = {
  // Its children are a VPC, subnets, route tables and their associations.
  "awsx:ec2:Vpc": {
    policy: "network",
    read: of(
      "ec2",
      "DescribeVpcs DescribeVpcAttribute DescribeSubnets DescribeRouteTables DescribeNetworkAcls DescribeSecurityGroups DescribeInternetGateways DescribeAvailabilityZones",
    ),
    write: [
      ...of("ec2", "CreateVpc ModifyVpcAttribute DeleteVpc CreateSubnet ModifySubnetAttribute DeleteSubnet"),
      ...of("ec2", "CreateRouteTable DeleteRouteTable AssociateRouteTable DisassociateRouteTable"),
      // awsx makes the gateway also for a VPC that has isolated subnets only; no route leads to it.
      ...of("ec2", "CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway"),
      ...EC2_TAGS,
    ],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    policy: "network",
    read: of("ec2", "DescribeSecurityGroups"),
    write: [
      ...of("ec2", "CreateSecurityGroup DeleteSecurityGroup RevokeSecurityGroupEgress RevokeSecurityGroupIngress"),
      // What Lambda leaves in a subnet is deleted with the group.
      ...of("ec2", "DescribeNetworkInterfaces DetachNetworkInterface DeleteNetworkInterface"),
      ...EC2_TAGS,
    ],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": groupRule("Ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": groupRule("Egress"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    policy: "network",
    read: of("ec2", "DescribeVpcEndpoints DescribePrefixLists"),
    write: [
      ...of("ec2", "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints"),
      ...EC2_TAGS,
      // Private DNS of the endpoint.
      "route53:AssociateVPCWithHostedZone",
    ],
  },
};
