import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkArgs } from "../shared/args";
import { NETWORK_RIGHTS } from "./rights";

/** What attaches a function to subnets. */
export interface NetworkAttachment {
  readonly vpcConfig: aws.types.input.lambda.FunctionVpcConfig;
  /** What the function must come after. */
  readonly rights: pulumi.Resource;
}

/**
 * Lets Lambda attach a function to subnets. Lambda deletes the function's network interfaces 20 to 45 minutes after the function, with the
 * function's role; without the role they stay, and with them the subnets. The deletion of a security group waits until no interface has it.
 * So the function gets a group of its own that comes after the role's rights and is deleted before them.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function networkAttachment(
  name: string,
  role: aws.iam.Role,
  { vpcId, subnetIds, securityGroupIds }: NetworkArgs,
  opts: pulumi.CustomResourceOptions,
): NetworkAttachment {
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: NETWORK_RIGHTS });
  // A policy of its own: when the function leaves the network, it is deleted last instead of changed first.
  const rights = new aws.iam.RolePolicy(`${name}-network-policy`, { role: role.id, policy }, opts);
  if (vpcId === undefined) return { vpcConfig: { subnetIds, securityGroupIds }, rights };
  const own = new aws.ec2.SecurityGroup(
    `${name}-interfaces`,
    { vpcId, description: "Network interfaces of one function: deleted before its role" },
    { ...opts, dependsOn: rights },
  );
  const groups = pulumi.all([securityGroupIds, own.id]).apply(([shared, id]) => [...shared, id]);
  return { vpcConfig: { subnetIds, securityGroupIds: groups }, rights };
}
