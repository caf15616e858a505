import { CLOUDFRONT_REGION } from "../../../contract/aws/cloudfront";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import type { Iam } from "../iam/iam";

/** Sample regions for a function at the edge: it logs in the region that runs it. */
const SAMPLE_EDGE_REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-2"];

/**
 * CloudWatch Logs has its own ARN formats. A stream's name is not known in advance; the action that creates a group has an empty stream
 * name.
 */
const STREAM = "2026/01/01/[1]00000000000000000000000000000000";

/**
 * The log actions that a function needs and its role does not allow: action and resource, as CloudWatch Logs evaluates them. On AWS such a
 * function runs, but its log lines are lost.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 *
 * @param accessKeyId of the role's session
 */
export function missingLogRights(graph: Graph, fn: Resource, iam: Iam, accessKeyId: string): string[] {
  const role = graph.all(TYPES.role).find((each) => text(each, "arn") === text(fn, "role"));
  // AWS's managed policies are not evaluated here.
  if (((role?.inputs["managedPolicyArns"] ?? []) as readonly string[]).length > 0) return [];
  const [, partition = "", , region = "", account = ""] = text(fn, "arn").split(":");
  const name = text(fn, "name");
  const { logGroup } = (fn.inputs["loggingConfig"] ?? {}) as { logGroup?: string };
  const atEdge = isAtEdge(graph, fn);
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
  const group = atEdge ? `/aws/lambda/${CLOUDFRONT_REGION}.${name}` : (logGroup ?? `/aws/lambda/${name}`);
  const isThere = graph.all(TYPES.logGroup).some((each) => text(each, "name") === group);
  return (atEdge ? SAMPLE_EDGE_REGIONS : [region]).flatMap((where) => {
    const arn = `arn:${partition}:logs:${where}:${account}:log-group:${group}:log-stream:`;
    const wanted = [
      ...(isThere ? [] : [["logs:CreateLogGroup", arn] as const]),
      ["logs:CreateLogStream", arn + STREAM] as const,
      ["logs:PutLogEvents", arn + STREAM] as const,
    ];
    return wanted.flatMap(([action, resource]) =>
      iam.allows(accessKeyId, action, [resource]) ? [] : [`${action} on ${resource}`],
    );
  });
}

function isAtEdge(graph: Graph, fn: Resource): boolean {
  return graph.all(TYPES.distribution).some(({ inputs }) => {
    const { lambdaFunctionAssociations = [] } = (inputs["defaultCacheBehavior"] ?? {}) as {
      lambdaFunctionAssociations?: readonly { lambdaArn: string }[];
    };
    return lambdaFunctionAssociations.some(({ lambdaArn }) => lambdaArn.startsWith(`${text(fn, "arn")}:`));
  });
}
