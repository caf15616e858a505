import { documentsOf, IDENTITY_POLICIES } from "../aws/iamDocuments";
import { allowsSome, type Statement } from "../aws/iamPolicy";
import { TYPES } from "../aws/types";
import { PolicyGraph, type StackResource } from "../model/graph";
import { STACK_REFERENCE, typeOf } from "../model/urn";
import { hasUnknown, list, UNKNOWN } from "../model/value";
import { doorsOf, type Door } from "./doors";
import { isMarked } from "./marks";
import { isGrouping, isOpaque } from "./opaque";
import { refersTo, referredFrom } from "./references";
import { CHANGES, REACHING } from "./rights";

/** Whose resources the rules judge: those that are about a door or an agent, or all. */
export type ScopeSetting = "doors" | "all";

/** What a run judges. */
export interface Scope {
  readonly doors: readonly Door[];
  /** The resources that are judged, with what connects them. */
  readonly graph: PolicyGraph;
  /** How many resources are not judged; components are not counted. */
  readonly out: number;
}

/** Infrastructure that many share: what else uses it has nothing to do with a door. */
const SHARED =
  /^(?:pulumi|random|tls|time|aws:(?:ec2|vpc|kms|s3|dynamodb|sqs|sns|rds|acm|route53|ecr|secretsmanager|ssm|wafv2|waf|wafregional|kinesis|cognito|elasticache|efs|eks|cloudwatch|cloudformation|organizations)\/|aws:ecs\/cluster:|aws:lb\/(?:loadBalancer|listener):|aws:alb\/(?:loadBalancer|listener):|aws:iam\/(?:policy|openIdConnectProvider|user|group):|aws:lambda\/(?:layerVersion|codeSigningConfig):|aws:apigateway\/(?:domainName|account|apiKey|vpcLink):)/;

/** What belongs to a resource of the same service: its policies, settings and parts. */
const NOT_PARTS = /^aws:(?:ec2|route53|ecs|wafv2\/webAclAssociation|rds|eks|lb|alb|cloudformation)\b/;
const PARTS_OF_GROUPS = /^aws:(?:vpc\/securityGroup(?:Ingress|Egress)Rule|ec2\/securityGroupRule):/;

/** What says something for a whole account and region. */
const OF_THE_ACCOUNT: readonly string[] = [TYPES.account, TYPES.logResourcePolicy];

/** Finds the doors of a stack, and what is about them. */
export function scopeOf(graph: PolicyGraph, setting: ScopeSetting): Scope {
  const doors = doorsOf(graph);
  if (setting === "all") return { doors, graph, out: 0 };
  // Agents' memories, browsers and rights stand for themselves, also without a door in the stack.
  const marked = graph.resources.filter((resource) => !isGrouping(graph, resource) && isMarked(resource));
  const scoped = new Set<string>();
  if (doors.length > 0) addAboutDoors(graph, [...doors.map(({ resource }) => resource), ...marked], scoped);
  else for (const resource of marked) surround(graph, resource, scoped);
  const judged = graph.resources.filter(({ urn }) => scoped.has(urn));
  const out = graph.resources.filter((each) => !scoped.has(each.urn) && !isGrouping(graph, each)).length;
  return { doors, graph: new PolicyGraph(judged, graph.context), out };
}

/** Adds what is about the doors and about what is marked. */
function addAboutDoors(graph: PolicyGraph, origins: readonly StackResource[], scoped: Set<string>): void {
  for (const resource of coreOf(graph, origins)) surround(graph, resource, scoped);
  for (const resource of graph.resources)
    if (OF_THE_ACCOUNT.includes(resource.type)) surround(graph, resource, scoped);
    else if (!scoped.has(resource.urn) && mayReach(graph, resource)) scoped.add(resource.urn);
}

/** What leads to a door or is a part of one: followed from the doors to whatever names them. */
function coreOf(graph: PolicyGraph, origins: readonly StackResource[]): ReadonlySet<StackResource> {
  const core = new Set(origins);
  for (const resource of core) {
    const next = SHARED.test(resource.type) ? [] : referredFrom(graph, resource);
    for (const each of next) if (!isGrouping(graph, each)) core.add(each);
    if (resource.type === TYPES.basePathMapping) for (const each of beforeDomains(graph, resource)) core.add(each);
    for (const each of refersTo(graph, resource)) if (isWholeOf(each.type, resource.type)) core.add(each);
  }
  return core;
}

/** Distributions in front of the domain of a door's API; what else the domain leads to is no door's. */
function beforeDomains(graph: PolicyGraph, mapping: StackResource): readonly StackResource[] {
  return refersTo(graph, mapping)
    .filter(({ type }) => type === TYPES.domainName)
    .flatMap((domain) => referredFrom(graph, domain).filter(({ type }) => type === TYPES.distribution));
}

const serviceOf = (type: string): string => type.split("/")[0] ?? type;

/** Whether a resource that is named is what the other one is a part of: the API of a method, the role of a policy. */
function isWholeOf(whole: string, part: string): boolean {
  if (SHARED.test(whole) || part === TYPES.function || part === TYPES.role) return false;
  return serviceOf(whole) === serviceOf(part);
}

/** Adds a resource, all that it hangs on, and what belongs to that. */
function surround(graph: PolicyGraph, resource: StackResource, scoped: Set<string>): void {
  const waiting = [resource];
  for (const each of waiting) {
    if (scoped.has(each.urn)) continue;
    scoped.add(each.urn);
    waiting.push(...refersTo(graph, each).filter((other) => !isGrouping(graph, other)));
    for (const part of referredFrom(graph, each)) {
      if (scoped.has(part.urn) || isGrouping(graph, part) || !isPartOf(part, each)) continue;
      scoped.add(part.urn);
      // The logs of a web ACL, the policy that an attachment names.
      waiting.push(
        ...refersTo(graph, part).filter(({ type }) => /logGroup:|^aws:iam\/policy:|deliveryStream/.test(type)),
      );
    }
  }
}

function isPartOf(part: StackResource, whole: StackResource): boolean {
  if (PARTS_OF_GROUPS.test(part.type)) return whole.type === TYPES.securityGroup;
  return serviceOf(part.type) === serviceOf(whole.type) && !NOT_PARTS.test(part.type);
}

/** Whether a resource may open or change a door though nothing connects the two. */
function mayReach(graph: PolicyGraph, resource: StackResource): boolean {
  if (isGrouping(graph, resource)) return false;
  const { type, props } = resource;
  if (isOpaque(graph, resource) !== false) return true;
  if (IDENTITY_POLICIES.includes(type) && documentsOf(resource).some(({ statements }) => reachesDoors(statements)))
    return true;
  const arns = [props["policyArn"], ...listed(props["policyArns"]), ...listed(props["managedPolicyArns"])];
  if (arns.some((arn) => typeof arn === "string" && REACHING.test(arn))) return true;
  return isStray(resource);
}

const listed = (value: unknown): readonly unknown[] => {
  const values = list(value);
  return values === UNKNOWN ? [] : values;
};

function reachesDoors(statements: ReturnType<typeof documentsOf>[number]["statements"]): boolean {
  if (statements === UNKNOWN) return false;
  return statements.some(
    (each: Statement) => allowsSome(each, [...CHANGES, "lambda:InvokeFunction", "iam:PassRole"]) !== false,
  );
}

/** Properties that name a part of a door: of what is not known and comes from nowhere in the stack, it may be any. */
const NAMING: Readonly<Record<string, string>> = {
  [TYPES.permission]: "function",
  [TYPES.functionUrl]: "functionName",
  [TYPES.alias]: "functionName",
  [TYPES.integration]: "restApi",
  [TYPES.method]: "restApi",
  [TYPES.restApiPolicy]: "restApiId",
  [TYPES.stage]: "restApi",
  [TYPES.webAclAssociation]: "resourceArn",
  [TYPES.rolePolicy]: "role",
  [TYPES.rolePolicyAttachment]: "role",
  [TYPES.agentResourcePolicy]: "resourceArn",
};

function isStray(resource: StackResource): boolean {
  const property = NAMING[resource.type];
  if (property === undefined || !hasUnknown(resource.props[property])) return false;
  const sources = resource.sources[property] ?? [];
  return sources.every((urn) => typeOf(urn) === STACK_REFERENCE);
}
