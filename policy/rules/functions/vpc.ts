import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule } from "../../model/rule";
import { and, at, is, list, UNKNOWN, type Truth } from "../../model/value";
import { beyondEdge } from "./beyondEdge";

interface Settings {
  readonly private: boolean;
}

/** Subnets in two zones, so that one zone's failure is not the door's. */
const isInVpc = ({ props }: Resource, settings: Settings): Truth => {
  const has = (property: string, least: number): Truth =>
    is(list(at(props, "vpcConfig", property)), (known) => (known as unknown[]).length >= least);
  return settings.private ? and(has("subnetIds", 2), has("securityGroupIds", 1)) : true;
};

/** Lists of ids are often not known; the subnets and groups that they come from are. */
const comesFromNetwork = (graph: PolicyGraph, fn: StackResource): Truth => {
  const count = (type: string) => graph.sources(fn, "vpcConfig", type).length;
  return (count(TYPES.subnet) >= 2 && count(TYPES.securityGroup) >= 1) || UNKNOWN;
};

export const functionVpc = defineRule<Settings>({
  id: "fd-lambda-function-vpc",
  description: "Where the stack is private, a function runs in a VPC, in two subnets at least.",
  rationale:
    "Then its calls go through the VPC's endpoints and their policies, and nowhere else (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). It needs endpoints or NAT, so a stack asks for it. Lambda@Edge has no VPC: a function that a distribution runs there is exempt.",
  severity: "low",
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
    truth: isInVpc,
    traced: comesFromNetwork,
    wanted: "two subnets and a security group",
  }),
});
