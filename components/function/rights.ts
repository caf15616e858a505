/** A statement of a role's policy. */
interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What it takes to send traces. */
export const TRACE_ACTIONS: readonly string[] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/** Traces have no resource to name. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const TRACE_RIGHTS: readonly Statement[] = [
  { Sid: "WriteTrace", Effect: "Allow", Action: TRACE_ACTIONS, Resource: "*" },
];

/**
 * What the Lambda service does with the role to put a function into subnets. Calls of the function's own code carry the function's ARN, so the
 * condition keeps them out: code that is taken over cannot touch the network.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const NETWORK_RIGHTS: readonly Statement[] = [
  {
    Sid: "AttachToSubnets",
    Effect: "Allow",
    Action: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: "*",
    Condition: { Null: { "lambda:SourceFunctionArn": "true" } },
  },
];
