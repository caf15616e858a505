import { contentSha256 } from "../../../policy/rules/cloudfront/contentSha256";
import { cors } from "../../../policy/rules/cloudfront/cors";
import { securityHeaders } from "../../../policy/rules/cloudfront/securityHeaders";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { behaviour, bucket, distribution, edge, KNOWN_HOST, MANAGED, origin, withDefault } from "../support/edge";

const hsts = (accessControlMaxAgeSec: unknown, name = "headers") =>
  declare("responseHeadersPolicy", name, {
    securityHeadersConfig: { strictTransportSecurity: { accessControlMaxAgeSec, override: true } },
  });
const year = hsts(31_536_000);
const hour = hsts(3600, "hour");
const HEADERS = "defaultCacheBehavior.responseHeadersPolicyId";
const headed = (responseHeadersPolicyId: unknown, ...more: ReturnType<typeof declare>[]) =>
  withDefault({ responseHeadersPolicyId }, ...more);

testRule(securityHeaders, {
  pass: [
    { title: "a year", resources: headed(year.out("id"), year) },
    { title: "AWS's own policy", resources: headed(MANAGED.securityHeaders) },
    {
      title: "an hour, where that is enough",
      settings: { minHstsSeconds: 3600 },
      resources: headed(hour.out("id"), hour),
    },
    {
      title: "every path",
      resources: edge(
        {
          defaultCacheBehavior: behaviour({ responseHeadersPolicyId: year.out("id") }),
          orderedCacheBehaviors: [{ pathPattern: "/ping", ...behaviour({ responseHeadersPolicyId: year.out("id") }) }],
        },
        year,
      ),
    },
  ],
  fail: [
    { title: "no policy", resources: edge(), findings: [["edge", HEADERS]] },
    { title: "an empty id", resources: headed(""), findings: [["edge", HEADERS]] },
    { title: "an hour", resources: headed(hour.out("id"), hour), findings: [["edge", HEADERS]] },
    {
      title: "a policy for other headers, which CKV2_AWS_32 passes",
      resources: headed(
        declare("responseHeadersPolicy", "other", { corsConfig: {} }).out("id"),
        declare("responseHeadersPolicy", "other", { corsConfig: {} }),
      ),
      findings: [["edge", HEADERS]],
    },
    {
      title: "AWS's own policy for CORS, which CKV2_AWS_32 passes",
      resources: headed(MANAGED.cors),
      findings: [["edge", HEADERS]],
    },
    {
      title: "a path without one",
      resources: edge(
        {
          defaultCacheBehavior: behaviour({ responseHeadersPolicyId: year.out("id") }),
          orderedCacheBehaviors: [{ pathPattern: "/ping", ...behaviour() }],
        },
        year,
      ),
      findings: [["edge", "orderedCacheBehaviors[0].responseHeadersPolicyId"]],
    },
  ],
  unknown: [
    { title: "a policy that nothing in the stack gives", resources: headed(unknown), findings: [["edge", HEADERS]] },
    {
      title: "a policy of another stack",
      resources: headed("8f1c0b6e-0000-4000-8000-000000000000"),
      findings: [["edge", HEADERS]],
    },
    {
      title: "AWS's own policy where a year is not enough",
      settings: { minHstsSeconds: 63_072_000 },
      resources: headed(MANAGED.securityHeaders),
      findings: [["edge", HEADERS]],
    },
    {
      title: "a time that is not known",
      resources: headed(hsts(unknown).out("id"), hsts(unknown)),
      findings: [["edge", HEADERS]],
    },
    {
      title: "one of two policies, one of them for an hour",
      modes: ["preview"],
      resources: headed({ ...year.out("id"), from: [year, hour] }, year, hour),
      findings: [["edge", HEADERS]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [year] }],
});

const crossing = (items: unknown, config: object = {}) =>
  declare("responseHeadersPolicy", "headers", {
    corsConfig: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: { items: ["content-type"] },
      accessControlAllowMethods: { items: ["POST"] },
      accessControlAllowOrigins: { items },
      originOverride: false,
      ...config,
    },
  });
const credentials = { accessControlAllowCredentials: true };
const override = { originOverride: true };

testRule(cors, {
  pass: [
    { title: "no CORS", resources: [year] },
    {
      title: "a named origin with both",
      resources: [crossing(["https://app.example.com"], { ...credentials, ...override })],
    },
    { title: "every origin with neither", resources: [crossing(["*"])] },
    { title: "the subdomains of one domain", resources: [crossing(["https://*.example.com"], credentials)] },
    { title: "no origin", resources: [crossing([], credentials)] },
  ],
  fail: [
    {
      title: "every origin with credentials, which CKV2_AWS_75 passes unless the methods are open too",
      resources: [crossing(["*"], credentials)],
      findings: [["headers", "corsConfig.accessControlAllowCredentials"]],
    },
    {
      title: "every origin over what the function says",
      resources: [crossing(["*"], override)],
      findings: [["headers", "corsConfig.originOverride"]],
    },
    {
      title: "every origin among others, with both",
      resources: [crossing(["https://app.example.com", "*"], { ...credentials, ...override })],
      findings: [
        ["headers", "corsConfig.accessControlAllowCredentials"],
        ["headers", "corsConfig.originOverride"],
      ],
    },
    {
      title: "every origin by its scheme",
      resources: [crossing(["https://*"], credentials)],
      findings: [["headers", "corsConfig.accessControlAllowCredentials"]],
    },
  ],
  unknown: [
    {
      title: "origins that are not known",
      resources: [crossing(unknown, credentials)],
      findings: [["headers", "corsConfig.accessControlAllowCredentials"]],
    },
    {
      title: "credentials that are not known",
      resources: [crossing(["*"], { accessControlAllowCredentials: unknown })],
      findings: [["headers", "corsConfig.accessControlAllowCredentials"]],
    },
    {
      title: "an origin that is not known",
      resources: [crossing(["https://app.example.com", unknown], override)],
      findings: [["headers", "corsConfig.originOverride"]],
    },
  ],
  notApplicable: [{ title: "a stack without response headers policies", resources: [distribution()] }],
});

const allowing = (...items: unknown[]) =>
  declare("responseHeadersPolicy", "headers", {
    corsConfig: {
      accessControlAllowHeaders: { items },
      accessControlAllowOrigins: { items: ["https://app.example.com"] },
    },
  });
const answering = (policy: ReturnType<typeof declare>, props: object = {}) =>
  withDefault({ responseHeadersPolicyId: policy.out("id"), ...props }, policy);
const bare = allowing("content-type");
const hashing = (eventType: string, includeBody?: boolean) => ({
  lambdaFunctionAssociations: [{ eventType, includeBody, lambdaArn: "arn:aws:lambda:us-east-1:1:function:signer:1" }],
});

testRule(contentSha256, {
  pass: [
    { title: "the header among those allowed", resources: answering(allowing("content-type", "X-Amz-Content-Sha256")) },
    { title: "all headers", resources: answering(allowing("*")) },
    { title: "no CORS at the edge", resources: answering(year) },
    { title: "no policy", resources: edge() },
    {
      title: "AWS's own policy without CORS",
      resources: withDefault({ responseHeadersPolicyId: MANAGED.securityHeaders }),
    },
    { title: "reads only", resources: answering(bare, { allowedMethods: ["GET", "HEAD"] }) },
    {
      title: "a function of Lambda@Edge that hashes bodies",
      resources: answering(bare, hashing("origin-request", true)),
    },
    {
      title: "another kind of origin",
      resources: [
        distribution({
          origins: [origin({ domainName: "www.example.com" })],
          defaultCacheBehavior: behaviour({ responseHeadersPolicyId: bare.out("id") }),
        }),
        bare,
      ],
    },
  ],
  fail: [
    { title: "a list without the header", resources: answering(bare), findings: [["edge", HEADERS]] },
    { title: "an empty list", resources: answering(allowing()), findings: [["edge", HEADERS]] },
    {
      title: "the header's name misspelt, as in html-share 4",
      resources: answering(allowing("x-content-sha256")),
      findings: [["edge", HEADERS]],
    },
    {
      title: "a function of Lambda@Edge that is not given the body",
      resources: answering(bare, hashing("origin-request")),
      findings: [["edge", HEADERS]],
    },
    {
      title: "a function of Lambda@Edge that sees answers only",
      resources: answering(bare, hashing("origin-response", true)),
      findings: [["edge", HEADERS]],
    },
    {
      title: "a path of a known host",
      resources: [
        distribution({
          origins: [origin({ domainName: KNOWN_HOST }), bucket()],
          defaultCacheBehavior: behaviour({ targetOriginId: "bucket", responseHeadersPolicyId: bare.out("id") }),
          orderedCacheBehaviors: [{ pathPattern: "/agent", ...behaviour({ responseHeadersPolicyId: bare.out("id") }) }],
        }),
        bare,
      ],
      findings: [["edge", "orderedCacheBehaviors[0].responseHeadersPolicyId"]],
    },
  ],
  unknown: [
    { title: "a header that is not known", resources: answering(allowing(unknown)), findings: [["edge", HEADERS]] },
    {
      title: "a policy of another stack",
      resources: withDefault({ responseHeadersPolicyId: "8f1c0b6e-0000-4000-8000-000000000000" }),
      findings: [["edge", HEADERS]],
    },
    {
      title: "methods that are not known",
      resources: answering(bare, { allowedMethods: unknown }),
      findings: [["edge", HEADERS]],
    },
    {
      title: "functions of Lambda@Edge that are not known",
      resources: answering(bare, { lambdaFunctionAssociations: unknown }),
      findings: [["edge", HEADERS]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [bare] }],
});
