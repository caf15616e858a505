import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A registered resource: its inputs, and the outputs of the provider. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly id: string;
  /** Inputs; assets are objects. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs and computed outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Inputs in the wire format, for a policy pack. */
  readonly wire: Struct | undefined;
  /** Computed outputs in the wire format, for a policy pack; unknown in preview. */
  readonly computed: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  /** By top-level input: URNs of the resources whose outputs are in it. */
  readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
}

/** The resources of one program run. */
export class Graph {
  readonly resources: readonly Resource[];
  private readonly byUrn: ReadonlyMap<string, Resource>;

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  /** All resources of a type, sorted by name. */
  all(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Resources of a type whose input has this value. */
  where(type: string, input: string, value: unknown): readonly Resource[] {
    return this.all(type).filter((resource) => resource.inputs[input] === value);
  }

  /** The resource of a type with this id. */
  byId(type: string, id: unknown): Resource | undefined {
    return this.all(type).find((resource) => resource.id === id);
  }

  /** A resource and all its dependencies, direct and indirect. */
  closure(resource: Resource): ReadonlySet<string> {
    const seen = new Set<string>();
    const open = [resource.urn];
    for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
      if (seen.has(urn)) continue;
      seen.add(urn);
      open.push(...(this.byUrn.get(urn)?.dependencies ?? []));
    }
    return seen;
  }

  children(urn: string): readonly Resource[] {
    return this.resources.filter(({ parent }) => parent === urn);
  }
}

/**
 * A text property that the doubles require.
 *
 * @throws Error with resource and property if the program does not set it
 */
export function text(resource: Resource, property: string): string {
  const value = resource.outputs[property];
  if (typeof value !== "string") throw new Error(`${resource.type} "${resource.name}" has no \`${property}\`.`);
  return value;
}

/** Resource types that the doubles read, by AWS's names. */
export const TYPES = {
  account: "aws:apigateway/account:Account",
  apiKey: "aws:apigateway/apiKey:ApiKey",
  authorizer: "aws:apigateway/authorizer:Authorizer",
  basePathMapping: "aws:apigateway/basePathMapping:BasePathMapping",
  domainName: "aws:apigateway/domainName:DomainName",
  deployment: "aws:apigateway/deployment:Deployment",
  integration: "aws:apigateway/integration:Integration",
  integrationResponse: "aws:apigateway/integrationResponse:IntegrationResponse",
  method: "aws:apigateway/method:Method",
  methodResponse: "aws:apigateway/methodResponse:MethodResponse",
  methodSettings: "aws:apigateway/methodSettings:MethodSettings",
  model: "aws:apigateway/model:Model",
  requestValidator: "aws:apigateway/requestValidator:RequestValidator",
  resource: "aws:apigateway/resource:Resource",
  response: "aws:apigateway/response:Response",
  restApi: "aws:apigateway/restApi:RestApi",
  restApiPolicy: "aws:apigateway/restApiPolicy:RestApiPolicy",
  stage: "aws:apigateway/stage:Stage",
  usagePlan: "aws:apigateway/usagePlan:UsagePlan",
  usagePlanKey: "aws:apigateway/usagePlanKey:UsagePlanKey",
  resourceServer: "aws:cognito/resourceServer:ResourceServer",
  userPool: "aws:cognito/userPool:UserPool",
  userPoolClient: "aws:cognito/userPoolClient:UserPoolClient",
  userPoolDomain: "aws:cognito/userPoolDomain:UserPoolDomain",
  dashboard: "aws:cloudwatch/dashboard:Dashboard",
  distribution: "aws:cloudfront/distribution:Distribution",
  originAccessControl: "aws:cloudfront/originAccessControl:OriginAccessControl",
  responseHeadersPolicy: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  logDelivery: "aws:cloudwatch/logDelivery:LogDelivery",
  logDeliveryDestination: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  logDeliverySource: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  metricAlarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  vpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  securityGroupEgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  securityGroupIngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  vpc: "awsx:ec2:Vpc",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  kmsKey: "aws:kms/key:Key",
  agentRuntime: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
  resourcePolicy: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
  bucket: "aws:s3/bucket:Bucket",
  bucketEncryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  bucketObject: "aws:s3/bucketObjectv2:BucketObjectv2",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  bucketPublicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  alias: "aws:lambda/alias:Alias",
  provisionedConcurrency: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
  function: "aws:lambda/function:Function",
  functionUrl: "aws:lambda/functionUrl:FunctionUrl",
  permission: "aws:lambda/permission:Permission",
  record: "aws:route53/record:Record",
  ipSet: "aws:wafv2/ipSet:IpSet",
  topic: "aws:sns/topic:Topic",
  webAcl: "aws:wafv2/webAcl:WebAcl",
  webAclAssociation: "aws:wafv2/webAclAssociation:WebAclAssociation",
  webAclLoggingConfiguration: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
} as const;
