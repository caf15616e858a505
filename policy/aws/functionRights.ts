/** Traces have no resource to name. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const TRACE_ACTIONS: readonly string[] = ["xray:Put*"];

/** What the Lambda service does with a function's role to put it into subnets. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const NETWORK_ACTIONS: readonly string[] = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** What a function does with its own log group. */
export const LOG_ACTIONS: readonly string[] = ["logs:CreateLogStream", "logs:PutLogEvents"];
