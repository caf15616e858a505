import * as aws from "@pulumi/aws";
import { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { endpointPolicies } from "./endpointPolicies";

export interface PrivateNetworkArgs {
  /** The AgentCore runtimes that functions in the network may reach, and the only ones. */
  agentRuntimeArns: pulumi.Input<string>[];
  /**
   * How the runtimes are called: `sigv4`, or `oauth`, where a call has no principal that an endpoint policy could name. Plain.
   * @default "sigv4"
   */
  runtimeAuth?: string;
  /**
   * An existing VPC, with DNS support and DNS hostnames on. Plain: without it, a VPC is made.
   * @default "" - a new VPC
   */
  vpcId?: string;
  /**
   * Subnets of the existing VPC, in two availability zones at the least.
   * @default []
   */
  subnetIds?: string[];
  /**
   * Addresses of the new VPC, a /16 to a /27; its two subnets share them.
   * @default "10.0.0.0/16"
   */
  vpcCidrBlock?: string;
  /**
   * Whether private REST APIs get an endpoint here. Plain. In this network every public REST API then needs a custom domain.
   * @default false
   */
  executeApi?: boolean;
  /**
   * Whether traces get an endpoint. Plain.
   * @default true
   */
  tracing?: boolean;
}

/** A network without a way to the internet: subnets for the functions, and endpoints for the services that they call. */
export class PrivateNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** Where functions go. */
  public readonly subnetIds: pulumi.Output<string[]>;
  /** What functions are in: they reach the endpoints on port 443, and nothing else. */
  public readonly securityGroupIds: pulumi.Output<string[]>;
  /** The endpoint of private REST APIs; undefined without `executeApi`. */
  public readonly executeApiEndpointId: pulumi.Output<string> | undefined;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:PrivateNetwork", name, args, opts);
    const parent = { parent: this };
    const { executeApi = false, tracing = true } = args;
    const { vpcId, subnetIds, cidrBlock } = place(name, args, parent);
    const { region } = aws.getRegionOutput({}, parent);
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
    endpoint("bedrock-agentcore", policies.agentCore, endpoints);
    endpoint("logs", policies.logs, endpoints);
    if (tracing) endpoint("xray", policies.traces, endpoints);
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

interface Place {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly cidrBlock: pulumi.Output<string>;
}

/** The VPC that is named, or a new one with a subnet in each of two zones and no gateway of any kind. */
function place(name: string, args: PrivateNetworkArgs, opts: { readonly parent: pulumi.Resource }): Place {
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
      // Both are what private DNS of an endpoint needs.
      enableDnsSupport: true,
      enableDnsHostnames: true,
    },
    opts,
  );
  return { vpcId: vpc.vpcId, subnetIds: vpc.isolatedSubnetIds, cidrBlock: pulumi.output(vpcCidrBlock) };
}
