import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule } from "../../model/rule";
import { and, at, is, list, or, UNKNOWN, type Truth } from "../../model/value";
import { beyondEdge } from "./beyondEdge";

interface Settings {
  readonly private: boolean;
}

const has = ({ props }: Resource, property: string, least: number): Truth =>
  is(list(at(props, "vpcConfig", property)), (known) => (known as unknown[]).length >= least);
const hasGroup = (fn: Resource): Truth => has(fn, "securityGroupIds", 1);
/** In two zones, so that one zone's failure is not the door's. */
const hasSubnets = (fn: Resource): Truth => has(fn, "subnetIds", 2);

/** Lists of ids are often not known; the subnets, or the network, and the groups that they come from are. */
const isTraced = (graph: PolicyGraph, fn: StackResource): Truth => {
  const from = (type: string) => graph.sources(fn, "vpcConfig", type);
  const networks = from(TYPES.network).map(({ props }) =>
    is(props["numberOfAvailabilityZones"], (known) => typeof known === "number" && known >= 2),
  );
  const hasSources = from(TYPES.subnet).length >= 2 || or(...networks) === true;
  return and(
    or(hasSubnets(fn), hasSubnets(fn) === UNKNOWN && hasSources) || UNKNOWN,
    or(hasGroup(fn), hasGroup(fn) === UNKNOWN && from(TYPES.securityGroup).length > 0) || UNKNOWN,
  );
};

export const functionVpc = defineRule<Settings>({
  id: "fd-lambda-function-vpc",
  description: "Where the stack is private, a function runs in a VPC, in two subnets at least.",
  rationale:
    "Then its calls go through the VPC's endpoints and their policies, and nowhere else (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). It needs endpoints or NAT, so a stack asks for it. Lambda@Edge has no VPC: a function that a distribution runs there is exempt.",
  severity: "low",
  group: "hygiene",
  frameworks: {
    securityHub: ["Lambda.3", "Lambda.5"],
    checkov: ["CKV_AWS_117"],
    cdkNag: ["HIPAA.Security-LambdaInsideVPC", "NIST.800.53.R5-LambdaInsideVPC", "PCI.DSS.321-LambdaInsideVPC"],
    prowler: ["awslambda_function_inside_vpc", "awslambda_function_vpc_multi_az"],
  },
  remediationSteps:
    "Set vpcConfig.subnetIds to subnets of two zones and vpcConfig.securityGroupIds to a group that reaches the VPC's endpoints.",
  settings: {
    private: { type: "boolean", description: "Whether functions have to run in a VPC.", default: false },
  },
  ...beyondEdge<Settings>({
    path: ["vpcConfig"],
    truth: (fn, settings) => (settings.private ? and(hasSubnets(fn), hasGroup(fn)) : true),
    traced: isTraced,
    wanted: "two subnets and a security group",
  }),
});
