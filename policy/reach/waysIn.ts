import { RUNTIME_ACTIONS } from "../aws/agentRights";
import { documentsOf, IDENTITY_POLICIES, type PolicyDocument } from "../aws/iamDocuments";
import { allowsSome, isBoundBy, matches, type Statement } from "../aws/iamPolicy";
import { functionsOf, link } from "../aws/links";
import { isOtherService } from "../aws/permission";
import { TYPES } from "../aws/types";
import type { PolicyGraph, StackResource } from "../model/graph";
import { and, is, not, or, show, some, UNKNOWN, type Truth } from "../model/value";
import { doorsOf } from "./doors";
import { isGrouping, isOpaque } from "./opaque";
import { referredFrom, refersTo } from "./references";
import { CHANGES } from "./rights";

/** How somebody reaches a door's function or an agent, or may change it, past what the door asks of its callers. */
export interface Way {
  readonly resource: StackResource;
  readonly finding: string;
  readonly truth: Truth;
  /** The way, from its beginning to the door. */
  readonly text: string;
}

const PAST = "past its URL, web ACL and keys";

/** Names a function to have it run. */
const RUNS =
  /^aws:(?:(?:lb|alb|vpclattice)\/targetGroupAttachment|appsync\/(?:dataSource|function|channelNamespace)|ses\/receiptRule|sns\/topicSubscription|s3\/bucketNotification|cloudwatch\/(?:eventTarget|logSubscriptionFilter)|scheduler\/schedule|pipes\/pipe|iot\/topicRule|sfn\/(?:stateMachine|alias)|apigatewayv2\/(?:integration|authorizer)|cognito\/(?:userPool|identityPool)|lex\/\w+|lambda\/(?:eventSourceMapping|invocation)|connect\/lambdaFunctionAssociation|secretsmanager\/secretRotation|bedrock\/(?:agentAgentActionGroup|agentcoreGatewayTarget)|cfg\/rule|kinesis\/firehoseDeliveryStream|codepipeline\/pipeline|transfer\/workflow|rds\/proxy|s3control\/\w+|mailmanager\/\w+):/;

/** Names a function without having it run, or is a part of a door, which other rules judge. */
const HARMLESS =
  /^aws:(?:lambda\/(?:function|alias|functionUrl|permission|provisionedConcurrencyConfig|functionEventInvokeConfig|runtimeManagementConfig|functionRecursionConfig)|apigateway\/\w+|cloudwatch\/(?:metricAlarm|compositeAlarm|dashboard|logGroup|logMetricFilter|queryDefinition|logResourcePolicy)|iam\/\w+|cloudfront\/\w+|wafv2\/\w+|appautoscaling\/\w+|kms\/\w+|ssm\/parameter|codedeploy\/\w+|budgets\/\w+|ec2\/\w+|vpc\/\w+|logs\/\w+|xray\/\w+|resourcegroups\/\w+|synthetics\/\w+|s3\/(?:bucketPolicy|bucket|bucketObject\w*)|route53\/\w+|sns\/topic|sqs\/\w+|dynamodb\/\w+):/;

/** Every way in that a stack shows, for certain or perhaps. Without a door there is none. */
export function waysIn(graph: PolicyGraph): readonly Way[] {
  const doors = doorsOf(graph);
  if (doors.length === 0) return [];
  const functions = doors.flatMap(({ resource }) => (resource.type === TYPES.function ? [resource] : []));
  return [
    ...functions.flatMap((fn) => namers(graph, fn)),
    ...graph.all(TYPES.permission).flatMap((permission) => services(graph, permission, functions)),
    ...graph.all(...IDENTITY_POLICIES).flatMap((policy) => rights(graph, policy, functions)),
    ...graph.resources.flatMap((resource) => unseen(graph, resource, functions)),
  ];
}

/** What names a door's function, or an alias of it, to have it run. */
function namers(graph: PolicyGraph, fn: StackResource): readonly Way[] {
  const aliases = graph
    .all(TYPES.alias)
    .filter((alias) => link(graph, alias, "functionName", TYPES.function).to.includes(fn));
  return [fn, ...aliases]
    .flatMap((target) => referredFrom(graph, target))
    .filter((each) => each.type.startsWith("aws:") && !isGrouping(graph, each) && !HARMLESS.test(each.type))
    .map((resource) => {
      const runs = RUNS.test(resource.type);
      return {
        resource,
        finding: "ingress",
        truth: runs || UNKNOWN,
        text: `${resource.name} names ${fn.name} and ${runs ? "has it run" : "may have it run"}: ${PAST}`,
      };
    });
}

/** Permissions for services that are no doors: whatever they hand over runs the function. */
function services(graph: PolicyGraph, permission: StackResource, functions: readonly StackResource[]): readonly Way[] {
  const other = isOtherService(permission);
  if (other === false) return [];
  const { to, sure } = functionsOf(graph, permission, "function");
  const fn = functions.find((each) => to.includes(each));
  if (!fn) return [];
  return [
    {
      resource: permission,
      finding: "principal",
      truth: and(other, sure || UNKNOWN),
      text: `${show(permission.props["principal"])} may call lambda:InvokeFunction on ${fn.name}: ${PAST}`,
    },
  ];
}

const INVOKES = ["lambda:InvokeFunction", "lambda:InvokeAsync"];

/** What the policy documents of identities say of a door's functions and of agents. */
function rights(graph: PolicyGraph, policy: StackResource, functions: readonly StackResource[]): readonly Way[] {
  const holder = holderOf(graph, policy);
  // That a door's own role holds nothing but what the door needs, another rule says.
  const doors = new Set(functions.flatMap((fn) => link(graph, fn, "role", TYPES.role).to));
  if (rolesOf(graph, policy).some((role) => doors.has(role))) return [];
  return documentsOf(policy).flatMap((document) => {
    const { statements } = document;
    if (statements === UNKNOWN) return unreadWays(document, functions, holder);
    return statements.flatMap((statement) => [
      ...functions.flatMap((fn) => ofFunction(statement, document, fn, holder)),
      ...ofAgents(graph, statement, document, holder),
    ]);
  });
}

function ofFunction(
  statement: Statement,
  { resource, prefix }: PolicyDocument<StackResource>,
  fn: StackResource,
  holder: string,
): readonly Way[] {
  const named = namesFunction(statement, fn);
  const way = (actions: readonly string[], exempt: Truth, to: string): readonly Way[] => {
    const truth = and(allowsSome(statement, actions), named, not(exempt));
    if (truth === false) return [];
    return [
      { resource, finding: `${prefix}${statement.path}.${to}`, truth, text: `${holder} may ${to} ${fn.name}: ${PAST}` },
    ];
  };
  return [
    ...way(INVOKES, isBoundBy(statement.condition, ["lambda:InvokedViaFunctionUrl"]), "invoke"),
    ...way(CHANGES, false, "change"),
  ];
}

/** Whether a statement's resources have a function among them. */
function namesFunction({ resources, notResources }: Statement, fn: StackResource): Truth {
  return or(
    resources === undefined ? false : some(resources, (each) => is(each, (text) => isFunction(String(text), fn))),
    notResources === undefined ? false : UNKNOWN,
  );
}

/** Before a function exists, its name begins like that of the resource. */
function isFunction(pattern: string, { name, props }: StackResource): boolean {
  const [, named] = /:function:([^:]+)/.exec(pattern) ?? [];
  if (named === undefined) return matches(pattern, "arn:aws:lambda:us-east-1:000000000000:function:any");
  const own = props["name"];
  return matches(named, typeof own === "string" ? own : `${name}-0000000`);
}

/** An identity that calls agents itself, and is neither a function nor an agent. */
function ofAgents(
  graph: PolicyGraph,
  statement: Statement,
  { resource, prefix }: PolicyDocument<StackResource>,
  holder: string,
): readonly Way[] {
  const calls = allowsSome(statement, RUNTIME_ACTIONS);
  if (calls === false || isOfWorkload(graph, resource) !== false) return [];
  const finding = `${prefix}${statement.path}.agent`;
  return [{ resource, finding, truth: calls, text: `${holder} may call an agent itself: past every door` }];
}

/** Whether a policy is that of a role that a function or an agent has; it is judged as theirs. */
function isOfWorkload(graph: PolicyGraph, policy: StackResource): Truth {
  const roles = rolesOf(graph, policy);
  if (roles.length === 0) return policy.type === TYPES.policy ? UNKNOWN : false;
  return roles.some((role) =>
    referredFrom(graph, role).some(
      ({ type }) => type === TYPES.function || type === TYPES.agentRuntime || type === TYPES.agentGateway,
    ),
  );
}

function rolesOf(graph: PolicyGraph, policy: StackResource): readonly StackResource[] {
  if (policy.type === TYPES.role) return [policy];
  if (policy.type !== TYPES.policy) return refersTo(graph, policy).filter(({ type }) => type === TYPES.role);
  return referredFrom(graph, policy).flatMap((attachment) =>
    attachment.type === TYPES.role
      ? [attachment]
      : refersTo(graph, attachment).filter(({ type }) => type === TYPES.role),
  );
}

/** Who has a policy, as a message says it. */
function holderOf(graph: PolicyGraph, policy: StackResource): string {
  const [role] = rolesOf(graph, policy);
  const named = ["role", "user", "group"].find((property) => typeof policy.props[property] === "string");
  if (role) return `role ${role.name}`;
  return named === undefined ? `policy ${policy.name}` : `${named} ${String(policy.props[named])}`;
}

/** A document that is not known, into which a door's function flowed: most likely it is to be called, or changed. */
function unreadWays(
  { resource, property, path }: PolicyDocument<StackResource>,
  functions: readonly StackResource[],
  holder: string,
): readonly Way[] {
  const [fn] = (resource.sources[property] ?? []).flatMap((urn) => functions.filter((each) => each.urn === urn));
  if (!fn) return [];
  return [
    {
      resource,
      finding: path,
      truth: UNKNOWN,
      text: `${holder} may call or change ${fn.name}, of which its policy has the ARN`,
    },
  ];
}

/** What nobody can look into. One of another provider that names a part of a door is a way to it. */
function unseen(graph: PolicyGraph, resource: StackResource, functions: readonly StackResource[]): readonly Way[] {
  const opaque = isOpaque(graph, resource);
  if (opaque === false) return [];
  const parts = new Set<string>([TYPES.restApi, TYPES.functionUrl, TYPES.stage]);
  const named = refersTo(graph, resource).find((each) => functions.includes(each) || parts.has(each.type));
  const script = /^command:|dynamic|^kubernetes:|^terraform:/.test(resource.type);
  return [
    {
      resource,
      finding: "ingress",
      truth: and(opaque, (named !== undefined && !script) || UNKNOWN),
      text: named
        ? `${resource.name} names ${named.name}, and nobody can look into it here`
        : `nobody can look into ${resource.name} here: it may open or change a door`,
    },
  ];
}
