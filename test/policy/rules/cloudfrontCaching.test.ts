import { errorCaching } from "../../../policy/rules/cloudfront/errorCaching";
import { noCaching } from "../../../policy/rules/cloudfront/noCaching";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";
import {
  behaviour,
  bucket,
  distribution,
  edge,
  KNOWN_HOST,
  MANAGED,
  NEVER_KEPT,
  origin,
  withDefault,
} from "../support/edge";

const zero = declare("cachePolicy", "zero", { minTtl: 0, defaultTtl: 0, maxTtl: 0 });
const minute = declare("cachePolicy", "minute", { minTtl: 0, defaultTtl: 60, maxTtl: 60 });
const forwarding = (headerBehavior: unknown, ...items: unknown[]) =>
  declare("originRequestPolicy", "forwarding", { headersConfig: { headerBehavior, headers: { items } } });
const own = (policy: ReturnType<typeof declare>) => withDefault({ originRequestPolicyId: policy.out("id") }, policy);
const legacy = (props: object, headers: readonly unknown[] = ["Accept"]) =>
  withDefault({
    cachePolicyId: undefined,
    originRequestPolicyId: undefined,
    forwardedValues: { queryString: true, cookies: { forward: "none" }, headers },
    ...props,
  });
const onBucket = (props: object) => ({
  pathPattern: "/site/*",
  ...behaviour({ targetOriginId: "bucket", cachePolicyId: MANAGED.cachingOptimized, ...props }),
});
const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const stage = declare("stage", "stage", { restApi: api.out("id"), stageName: "live" });
const toApi = (host: unknown, cachePolicyId: string) => [
  api,
  stage,
  distribution({
    origins: [origin({ domainName: host, originAccessControlId: undefined })],
    defaultCacheBehavior: behaviour({ cachePolicyId }),
  }),
];
const API_HOST = text`${api.out("id")}.execute-api.us-east-1.amazonaws.com`;

testRule(noCaching, {
  pass: [
    { title: "the managed policies", resources: edge() },
    {
      title: "a cache policy of one's own that keeps nothing",
      resources: withDefault({ cachePolicyId: zero.out("id") }, zero),
    },
    {
      title: "no origin request policy: Host is not sent on",
      resources: withDefault({ originRequestPolicyId: undefined }),
    },
    { title: "a policy with all headers but Host", resources: own(forwarding("allExcept", "Host")) },
    { title: "a policy with a list of headers", resources: own(forwarding("whitelist", "Accept", "X-Session")) },
    { title: "the old form, with nothing kept", resources: legacy({ minTtl: 0, defaultTtl: 0, maxTtl: 0 }) },
    {
      title: "a bucket's behaviour that caches, beside",
      resources: edge({ origins: [origin(), bucket()], orderedCacheBehaviors: [onBucket({})] }),
    },
    { title: "a REST API behind it, not cached", resources: toApi(API_HOST, MANAGED.cachingDisabled) },
  ],
  fail: [
    {
      title: "CachingOptimized, which packs that ask for caching want",
      resources: withDefault({ cachePolicyId: MANAGED.cachingOptimized }),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "a cache policy of one's own that keeps answers for a minute",
      resources: withDefault({ cachePolicyId: minute.out("id") }, minute),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "a cache policy with the longest time left at its default",
      resources: withDefault(
        { cachePolicyId: declare("cachePolicy", "long", { minTtl: 0, defaultTtl: 0 }).out("id") },
        declare("cachePolicy", "long", { minTtl: 0, defaultTtl: 0 }),
      ),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "neither policy nor forwarded values",
      resources: withDefault({ cachePolicyId: undefined }),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "the old form with its default of a day",
      resources: legacy({ minTtl: 0 }),
      findings: [["edge", "defaultCacheBehavior.maxTtl"]],
    },
    {
      title: "the old form with all headers",
      resources: legacy({ minTtl: 0, defaultTtl: 0, maxTtl: 0 }, ["*"]),
      findings: [["edge", "defaultCacheBehavior.forwardedValues.headers"]],
    },
    {
      title: "AllViewer",
      resources: withDefault({ originRequestPolicyId: MANAGED.allViewer }),
      findings: [["edge", "defaultCacheBehavior.originRequestPolicyId"]],
    },
    {
      title: "a policy with all headers",
      resources: own(forwarding("allViewer")),
      findings: [["edge", "defaultCacheBehavior.originRequestPolicyId"]],
    },
    {
      title: "a policy with Host in its list",
      resources: own(forwarding("whitelist", "accept", "host")),
      findings: [["edge", "defaultCacheBehavior.originRequestPolicyId"]],
    },
    {
      title: "a policy with all headers but one that is not Host",
      resources: own(forwarding("allExcept", "Cookie")),
      findings: [["edge", "defaultCacheBehavior.originRequestPolicyId"]],
    },
    {
      title: "a path of the Function URL that caches",
      resources: edge({
        origins: [origin({ domainName: KNOWN_HOST }), bucket()],
        orderedCacheBehaviors: [
          onBucket({}),
          { pathPattern: "/ping", ...behaviour({ cachePolicyId: MANAGED.cachingOptimized }) },
        ],
      }),
      findings: [["edge", "orderedCacheBehaviors[1].cachePolicyId"]],
    },
    {
      title: "a group of origins one of which is the Function URL",
      resources: edge({
        origins: [origin(), bucket()],
        originGroups: [{ originId: "group", members: [{ originId: "function-url" }, { originId: "bucket" }] }],
        defaultCacheBehavior: behaviour({ targetOriginId: "group", cachePolicyId: MANAGED.cachingOptimized }),
      }),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "a cached REST API",
      resources: toApi(API_HOST, MANAGED.cachingOptimized),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "a cached stage, by its own host",
      modes: ["preview"],
      resources: toApi(stage.out("invokeUrl"), MANAGED.cachingOptimized),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
  ],
  unknown: [
    {
      title: "policies that nothing in the stack gives",
      resources: withDefault({ cachePolicyId: unknown, originRequestPolicyId: unknown }),
      findings: [
        ["edge", "defaultCacheBehavior.cachePolicyId"],
        ["edge", "defaultCacheBehavior.originRequestPolicyId"],
      ],
    },
    {
      title: "policies of another stack",
      resources: withDefault({ cachePolicyId: "8f1c0b6e-0000-4000-8000-000000000000" }),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "one of two policies, one of which caches",
      modes: ["preview"],
      resources: withDefault({ cachePolicyId: { ...zero.out("id"), from: [zero, minute] } }, zero, minute),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "an origin that nothing in the stack gives",
      resources: edge({
        origins: [origin({ domainName: unknown })],
        defaultCacheBehavior: behaviour({ cachePolicyId: MANAGED.cachingOptimized }),
      }).slice(2),
      findings: [["edge", "defaultCacheBehavior.cachePolicyId"]],
    },
    {
      title: "ordered behaviours that are not known, though a policy that keeps nothing flowed into them",
      modes: ["preview"],
      resources: edge({ orderedCacheBehaviors: { ...zero.out("id"), value: () => undefined } }, zero),
      findings: [
        ["edge", "orderedCacheBehaviors.cachePolicyId"],
        ["edge", "orderedCacheBehaviors.originRequestPolicyId"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [zero] }],
});

const errors = (...customErrorResponses: readonly object[]) => edge({ customErrorResponses });
const never = NEVER_KEPT.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));

testRule(errorCaching, {
  pass: [
    { title: "nothing kept of any status", resources: errors(...never) },
    {
      title: "a site of nothing but a bucket",
      resources: [distribution({ origins: [bucket()], defaultCacheBehavior: behaviour({ targetOriginId: "bucket" }) })],
    },
    {
      title: "a known host of another kind",
      resources: [distribution({ origins: [origin({ domainName: "www.example.com" })] })],
    },
  ],
  fail: [
    {
      title: "nothing said: CloudFront keeps errors for ten seconds",
      resources: edge(),
      findings: [["edge", "customErrorResponses"]],
    },
    {
      title: "a known host with nothing said",
      resources: [distribution({ origins: [origin({ domainName: KNOWN_HOST })] })],
      findings: [["edge", "customErrorResponses"]],
    },
    {
      title: "one status left out",
      resources: errors(...never.slice(1)),
      findings: [["edge", "customErrorResponses"]],
    },
    {
      title: "one status kept",
      resources: errors(...never.slice(1), { errorCode: 400, errorCachingMinTtl: 10 }),
      findings: [["edge", "customErrorResponses[400].errorCachingMinTtl"]],
    },
    {
      title: "a status whose time is left at its default",
      resources: errors(...never.slice(0, -1), { errorCode: 504, responseCode: 200, responsePagePath: "/index.html" }),
      findings: [["edge", "customErrorResponses[504].errorCachingMinTtl"]],
    },
    {
      title: "a bucket beside, whose missing pages are kept",
      resources: edge({
        origins: [origin(), bucket()],
        customErrorResponses: never.map((each) =>
          each.errorCode === 404 ? { ...each, errorCachingMinTtl: 300 } : each,
        ),
      }),
      findings: [["edge", "customErrorResponses[404].errorCachingMinTtl"]],
    },
  ],
  unknown: [
    {
      title: "responses that are not known",
      resources: edge({ customErrorResponses: unknown }),
      findings: [["edge", "customErrorResponses"]],
    },
    {
      title: "a time that is not known",
      resources: errors(...never.slice(1), { errorCode: 400, errorCachingMinTtl: unknown }),
      findings: [["edge", "customErrorResponses[400].errorCachingMinTtl"]],
    },
    {
      title: "a status that is not known",
      resources: errors(...never.slice(1), { errorCode: unknown, errorCachingMinTtl: 0 }),
      findings: [["edge", "customErrorResponses"]],
    },
    {
      title: "a host that is not known",
      resources: [distribution({ origins: [origin({ domainName: unknown })] })],
      findings: [["edge", "customErrorResponses"]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [zero] }],
});
