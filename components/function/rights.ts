/** A statement of a role's policy. */
interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Actions that sending traces needs. */
export const TRACE_ACTIONS: readonly string[] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/** X-Ray's actions do not support resource ARNs. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const TRACE_RIGHTS: readonly Statement[] = [
  { Sid: "WriteTrace", Effect: "Allow", Action: TRACE_ACTIONS, Resource: "*" },
];

/**
 * Actions that the Lambda service needs to attach a function to subnets. A call of the function's code has the key `lambda:SourceFunctionArn`,
 * so the condition refuses it: even compromised code cannot change network interfaces.
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
