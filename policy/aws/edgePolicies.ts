import { agreed } from "../model/agreed";
import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../model/value";
import type { Part } from "./distribution";
import { link } from "./links";
import { TYPES } from "./types";

/** Property of a behaviour that names a policy, and the policy's type. */
const POLICY_TYPES = {
  cachePolicyId: TYPES.cachePolicy,
  originRequestPolicyId: TYPES.originRequestPolicy,
  responseHeadersPolicyId: TYPES.responseHeadersPolicy,
} as const;

/**
 * Policies that AWS keeps for everybody, by what the rules ask of them.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and its neighbours for origin
 * requests and response headers
 */
export const MANAGED = {
  neverCaches: {
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": true, // CachingDisabled
    "658327ea-f89d-4fab-a63d-7e88639e58f6": false, // CachingOptimized
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": false, // CachingOptimizedForUncompressedObjects
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65": false, // UseOriginCacheControlHeaders
    "4cc15a8a-d715-48a4-82b8-cc0b614638fe": false, // UseOriginCacheControlHeaders-QueryStrings
    "2e54312d-136d-493c-8eb9-b001f22f67d2": false, // Amplify
    "08627262-05a9-4f76-9ded-b50ca2e3a84f": false, // Elemental-MediaPackage
  },
  forwardsHost: {
    "b689b0a8-53d0-40ab-baf2-68738e2966ac": false, // AllViewerExceptHostHeader
    "59781a5b-3903-41f3-afcb-af62929ccde1": false, // CORS-CustomOrigin
    "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": false, // CORS-S3Origin
    "acba4595-bd28-49b8-b9fe-13317c0390fa": false, // UserAgentRefererHeaders
    "216adef6-5c7f-47e4-b989-5492eafa07d3": true, // AllViewer
    "bf0718e1-ba1e-49d1-88b1-f726733018ae": true, // HostHeaderOnly
    "33f36d7e-f396-46d9-90e0-52428a34d9dc": true, // AllViewerAndCloudFrontHeaders-2022-06
  },
  /** Those with security headers have an HSTS of a year. */
  hasYearOfHsts: {
    "67f7725c-6f97-4210-82d7-5512b31e9d03": true, // SecurityHeadersPolicy
    "e61eb60c-9c35-4d20-a928-2b84e02af89c": true, // CORS-and-SecurityHeadersPolicy
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63": true, // CORS-with-preflight-and-SecurityHeadersPolicy
    "60669652-455b-4ae9-85a4-c4c02393f86c": false, // SimpleCORS
    "5cc3b908-e619-4b99-88e5-2cf7f45965bd": false, // CORS-With-Preflight
  },
} as const;

/**
 * What holds of the policy that a behaviour names: by the list of AWS's own, else of the stack's policy that is linked. `UNKNOWN`
 * for one of another stack, which cannot be looked into.
 */
export function ofPolicy(
  graph: PolicyGraph,
  distribution: StackResource,
  { property, value }: Part,
  name: keyof typeof POLICY_TYPES,
  managed: Readonly<Record<string, boolean>>,
  test: (policy: StackResource) => Truth,
): Truth {
  // A policy flowed in, but into which of the behaviours is not known.
  if (value === UNKNOWN) return UNKNOWN;
  const id = at(value, name);
  const own = typeof id === "string" ? managed[id] : undefined;
  return own ?? agreed(link(graph, distribution, property, POLICY_TYPES[name], id).to.map(test));
}

/** Whether a behaviour names such a policy at all. An id that is not known yet is one. */
export function hasPolicy({ value }: Part, name: keyof typeof POLICY_TYPES): boolean {
  return (at(value, name) ?? "") !== "";
}

/** Times to live, of a cache policy or of a behaviour without one: nothing is kept where even the longest is nothing. */
export function keepsNothing(times: unknown): Truth {
  return and(
    is(at(times, "maxTtl"), (known) => known === 0),
    is(at(times, "minTtl"), (known) => known === undefined || known === 0),
  );
}

/** Whether an origin request policy sends the viewer's Host on. */
export function sendsHost({ props }: StackResource): Truth {
  const config = props["headersConfig"] ?? undefined;
  const listed = namesHost(at(config, "headers", "items"));
  const behaviour = (...names: readonly string[]) =>
    is(at(config, "headerBehavior"), (known) => names.includes(String(known)));
  return or(
    behaviour("allViewer", "allViewerAndWhitelistCloudFront"),
    and(behaviour("whitelist"), listed),
    and(behaviour("allExcept"), not(listed)),
  );
}

/** Whether a list of headers has Host in it, or is of all of them. */
export function namesHost(headers: unknown): Truth {
  return some(list(headers), (header) => is(header, (known) => /^(?:host|\*)$/i.test(String(known))));
}
