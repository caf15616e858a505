import * as aws from "@pulumi/aws";
import { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { endpointPolicies } from "./endpointPolicies";
import { ENDPOINT_SERVICES } from "../../contract/config/keys/rest";
import { awsContext } from "../shared/awsContext";
import { requireOneOf } from "../shared/requireOneOf";
import { shortHash } from "../shared/shortHash";

export interface PrivateNetworkArgs {
  /** ARNs of the AgentCore runtimes, also of those that others in the VPC call. The endpoint for bedrock-agentcore lets no other through. */
  agentRuntimeArns: pulumi.Input<string>[];
  /**
   * How the runtimes are called: `sigv4` or `oauth`. A call with `oauth` has no principal that an endpoint policy could name. Plain.
   * @default "sigv4"
   */
  runtimeAuth?: string;
  /**
   * Whether calls may contain a user id. Plain.
   * @default false
   */
  runtimeUserId?: boolean;
  /**
   * Id of an existing VPC with DNS support and DNS hostnames. Plain as to whether it is set: without it, a VPC is created.
   * @default "" - a new VPC
   */
  vpcId?: pulumi.Input<string>;
  /**
   * Ids of subnets of the existing VPC, in at least two Availability Zones.
   * @default []
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Interface endpoints with private DNS that the existing VPC has already, by service (`bedrock-agentcore`, `logs`, `xray`): the id of a
   * security group of each, which gets a rule for the functions. No endpoint is created for these services, as a VPC has one with private DNS
   * for each. The services are plain. Give services that share a group the same text or the same Output.
   * @default {}
   */
  existingEndpoints?: Record<string, pulumi.Input<string>>;
  /**
   * CIDR block of the new VPC, from /16 to /27. It is divided between two subnets.
   * @default "10.0.0.0/16"
   */
  vpcCidrBlock?: string;
  /**
   * Whether the network gets an endpoint for private REST APIs. If it does, clients in this network reach a public REST API only through a custom
   * domain. Plain.
   * @default false
   */
  executeApi?: boolean;
  /**
   * Whether the network gets an endpoint for X-Ray traces. Plain.
   * @default true
   */
  tracing?: boolean;
}

/** A network without internet access: subnets for the functions, and endpoints for the services that they call. */
export class PrivateNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** Ids of the subnets for functions. */
  public readonly subnetIds: pulumi.Output<string[]>;
  /** Ids of the security groups for functions. They allow only connections to the endpoints, on port 443. */
  public readonly securityGroupIds: pulumi.Output<string[]>;
  /** Id of the endpoint for private REST APIs; undefined without `executeApi`. */
  public readonly executeApiEndpointId: pulumi.Output<string> | undefined;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:PrivateNetwork", name, args, legalNames(opts));
    const parent = { parent: this };
    const { executeApi = false, tracing = true, existingEndpoints = {} } = args;
    for (const service of Object.keys(existingEndpoints))
      requireOneOf(name, "existingEndpoints", service, ENDPOINT_SERVICES);
    const { vpcId, subnetIds, cidrBlock } = vpcPlacement(name, args, parent);
    const { region } = awsContext(parent);
    const policies = endpointPolicies(args, parent);

    const group = (suffix: string, description: string) =>
      new aws.ec2.SecurityGroup(`${name}-${suffix}`, { vpcId, description }, parent);
    const functions = group("functions", "Functions of the front door");
    const endpoints = group("endpoints", "Endpoints of the services that the front door calls");
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-functions-out`,
      { ...https, securityGroupId: functions.id, referencedSecurityGroupId: endpoints.id },
      parent,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-endpoints-in`,
      { ...https, securityGroupId: endpoints.id, referencedSecurityGroupId: functions.id },
      parent,
    );

    // Endpoints can share a security group, and a group accepts a rule once.
    for (const groupId of new Set(Object.values(existingEndpoints))) {
      const [service = ""] = Object.entries(existingEndpoints).find(([, group]) => group === groupId) ?? [];
      const key = typeof groupId === "string" ? shortHash(groupId) : service;
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-functions-out-${key}`,
        { ...https, securityGroupId: functions.id, referencedSecurityGroupId: groupId },
        parent,
      );
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-endpoints-in-${key}`,
        { ...https, securityGroupId: groupId, referencedSecurityGroupId: functions.id },
        parent,
      );
    }

    const endpoint = (service: string, policy: pulumi.Output<string>, { id }: aws.ec2.SecurityGroup) =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Interface",
          subnetIds,
          securityGroupIds: [id],
          privateDnsEnabled: true,
          policy,
        },
        parent,
      );
    const isNew = (service: string) => !(service in existingEndpoints);
    if (isNew("bedrock-agentcore")) endpoint("bedrock-agentcore", policies.agentCore, endpoints);
    if (isNew("logs")) endpoint("logs", policies.logs, endpoints);
    if (tracing && isNew("xray")) endpoint("xray", policies.traces, endpoints);
    if (executeApi) {
      const callers = group("callers", "Endpoint of the front door's private APIs");
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-callers-in`,
        { ...https, securityGroupId: callers.id, cidrIpv4: cidrBlock },
        parent,
      );
      this.executeApiEndpointId = endpoint("execute-api", policies.executeApi, callers).id;
    }

    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.securityGroupIds = functions.id.apply((id) => [id]);
    this.registerOutputs({
      vpcId,
      subnetIds,
      securityGroupIds: this.securityGroupIds,
      executeApiEndpointId: this.executeApiEndpointId,
    });
  }
}

interface VpcPlacement {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly cidrBlock: pulumi.Output<string>;
}

/** Returns the VPC of the args, or creates one with a subnet in each of two Availability Zones and without any gateway. */
function vpcPlacement(
  name: string,
  args: PrivateNetworkArgs,
  opts: { readonly parent: pulumi.Resource },
): VpcPlacement {
  const { vpcId = "", subnetIds = [], vpcCidrBlock = "10.0.0.0/16" } = args;
  if (vpcId !== "") {
    const { cidrBlock } = aws.ec2.getVpcOutput({ id: vpcId }, opts);
    return { vpcId: pulumi.output(vpcId), subnetIds: pulumi.output(subnetIds), cidrBlock };
  }
  const vpc = new Vpc(
    `${name}-vpc`,
    {
      cidrBlock: vpcCidrBlock,
      numberOfAvailabilityZones: 2,
      natGateways: { strategy: "None" },
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Isolated" }],
      // The private DNS names of endpoints need both.
      enableDnsSupport: true,
      enableDnsHostnames: true,
    },
    opts,
  );
  return { vpcId: vpc.vpcId, subnetIds: vpc.isolatedSubnetIds, cidrBlock: pulumi.output(vpcCidrBlock) };
}
