/** The private network of a stack: how callers reach its REST doors, and how its functions reach the runtime. */
export interface NetworkConfig<Text = string, Texts = string[]> {
  /**
   * Whether only VPC endpoints reach the REST doors.
   * @default false
   */
  privateApi?: boolean;
  /**
   * Ids of the VPC endpoints for execute-api that reach the private REST doors.
   * @default [] - the endpoint that `privateNetwork` creates
   */
  apiVpcEndpointIds?: Texts;
  /**
   * Whether the functions of the REST doors call the runtime from subnets without internet access.
   * @default false
   */
  privateNetwork?: boolean;
  /**
   * Id of an existing VPC for `privateNetwork`, with DNS support and DNS hostnames.
   * @default "" - a new VPC
   */
  vpcId?: Text;
  /**
   * Ids of subnets of `vpcId`, in at least two Availability Zones.
   * @default []
   */
  subnetIds?: Texts;
  /**
   * Interface endpoints that `vpcId` has already, by service: the id of a security group of each.
   * @default {} - `privateNetwork` makes an endpoint for each service
   */
  existingEndpoints?: Record<string, Text>;
  /**
   * Runtimes that other stacks in the VPC call through this stack's endpoint for bedrock-agentcore.
   * @default []
   */
  endpointRuntimeArns?: Text[];
  /**
   * CIDR block of the VPC that `privateNetwork` creates, from /16 to /27.
   * @default "10.0.0.0/16"
   */
  vpcCidrBlock?: string;
}
