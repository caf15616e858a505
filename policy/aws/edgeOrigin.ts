import { agreed } from "../model/agreed";
import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, or, UNKNOWN, type Truth } from "../model/value";
import { hostOf, originsOf, targetsOf, type Part } from "./distribution";
import { namesOf } from "./identity";
import { TYPES } from "./types";

const FUNCTION_URL = /^[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\./i;
const AGENT = /^[a-z0-9-]+\.(?:lambda-url|execute-api)\.[a-z0-9-]+\./i;

/** Whether an origin is a Lambda Function URL. */
export function isFunctionUrl(graph: PolicyGraph, distribution: StackResource, origin: Part): Truth {
  return isHost(distribution, origin, FUNCTION_URL, newUrls(graph, distribution));
}

/** Whether an origin is what agents stand behind: a Function URL, or a REST API. */
export function isAgentOrigin(graph: PolicyGraph, distribution: StackResource, origin: Part): Truth {
  const apis = [TYPES.stage, TYPES.restApi].flatMap((type) => graph.sources(distribution, "origins", type));
  const domains = graph.sources(distribution, "origins", TYPES.domainName);
  const made = newUrls(graph, distribution) + (apis.length > 0 ? 1 : 0) + domains.length;
  return or(isDomainOfApi(graph, hostOf(origin)), isHost(distribution, origin, AGENT, made));
}

/** Whether a host is a custom domain of this stack's REST APIs: its own name, or the one that API Gateway gives it. */
function isDomainOfApi(graph: PolicyGraph, host: unknown): boolean {
  if (typeof host !== "string") return false;
  const names = ["domainName", "regionalDomainName", "cloudfrontDomainName"];
  return graph.all(TYPES.domainName).some(({ props }) => names.some((name) => props[name] === host));
}

/** Whether a behaviour sends to an origin of a kind. */
export function sendsTo(distribution: StackResource, behaviour: Part, kind: (origin: Part) => Truth): Truth {
  const { to, sure } = targetsOf(distribution, behaviour);
  const truths = to.map(kind);
  return sure ? or(...truths) : agreed(truths);
}

/** Origins of one's own whose host is not known yet. */
export function unnamedOrigins(distribution: StackResource): readonly Part[] {
  return originsOf(distribution).filter((origin) => hostOf(origin) === UNKNOWN && isCustom(origin) !== false);
}

/** How many Function URLs flowed into the origins whose host is not known yet. */
export function newUrls(graph: PolicyGraph, distribution: StackResource): number {
  const urls = graph.sources(distribution, "origins", TYPES.functionUrl);
  return urls.filter(({ props }) => namesOf(TYPES.functionUrl, props).length === 0).length;
}

/** An unknown host is one of `made` new ones; certainly, where no more than those are unknown. */
function isHost(distribution: StackResource, origin: Part, host: RegExp, made: number): Truth {
  const domain = hostOf(origin);
  if (domain !== UNKNOWN) return typeof domain === "string" && host.test(domain);
  return and(isCustom(origin), made >= unnamedOrigins(distribution).length || UNKNOWN);
}

/** A bucket and an origin in a VPC have no such configuration. */
function isCustom({ value }: Part): Truth {
  return is(at(value, "customOriginConfig"), (known) => known !== undefined);
}
