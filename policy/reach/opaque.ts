import type { PolicyGraph, Resource } from "../model/graph";
import { is, UNKNOWN, type Truth } from "../model/value";

/** Templates and applications, in which anything may stand; scripts, which may do anything. */
const ANYTHING =
  /^aws:(?:cloudformation\/(?:stack|stackSet|stackSetInstance|stackInstances):|serverlessrepository\/)|^aws-native:(?:cloudformation|serverless):|^command:|:dynamic:Resource$|^pulumi-[a-z]+:dynamic|:ExtensionResource$|^terraform:|^docker:index:Container$|^kubernetes:/;

const CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource";

/** The services that a door consists of. */
const SERVICES =
  /^(?:lambda|apigateway|apigatewayv2|cloudfront|wafv2|iam|bedrock|bedrock-?agentcore|cognito|elasticloadbalancingv2|lb|alb|appsync|apprunner|iot|vpclattice|events|scheduler|stepfunctions|sns|ses|kms|logs|s3)$/;

/** The service in the type of a provider other than `aws`, for example `lambda` of `aws-native:lambda:Url`. */
function serviceOf(type: string): string | undefined {
  const [provider = "", module = ""] = type.split(":");
  if (provider === "aws" || provider === "pulumi") return undefined;
  return module.split("/")[0]?.toLowerCase();
}

/** Whether nobody can look into a resource here, so that it may open or change a door. A component holds what its children are. */
export function isOpaque(graph: PolicyGraph, { urn, type, props }: Resource): Truth {
  if (isParent(graph, urn)) return false;
  if (ANYTHING.test(type)) return true;
  if (type === CLOUD_CONTROL)
    return is(props["typeName"] ?? UNKNOWN, (name) => SERVICES.test(String(name).split("::")[1]?.toLowerCase() ?? ""));
  const service = serviceOf(type);
  return service !== undefined && SERVICES.test(service);
}

function isParent(graph: PolicyGraph, urn: string): boolean {
  const parents = graph.once(
    "parents",
    () => new Set(graph.resources.flatMap(({ parent }) => (parent === undefined ? [] : [parent]))),
  );
  return parents.has(urn);
}

/** Whether a resource is a component or the stack itself: nothing is deployed for it. */
export function isGrouping(graph: PolicyGraph, { urn, type }: Resource): boolean {
  return type.startsWith("pulumi:") || isParent(graph, urn);
}
