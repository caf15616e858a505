import { accessLog } from "../../../policy/rules/cloudfront/accessLog";
import { contentSha256 } from "../../../policy/rules/cloudfront/contentSha256";
import { cors } from "../../../policy/rules/cloudfront/cors";
import { securityHeaders } from "../../../policy/rules/cloudfront/securityHeaders";
import { streamTimeouts } from "../../../policy/rules/cloudfront/streamTimeouts";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";
import {
  behaviour,
  bucket,
  control,
  distribution,
  edge,
  fn,
  hostOf,
  KNOWN_HOST,
  MANAGED,
  origin,
  url,
  withDefault,
} from "../support/edge";

const waiting = (custom: object, props: object = {}) => edge({ origins: [origin(props, custom)] });
const READ = "origins[function-url].customOriginConfig.originReadTimeout";
const COMPLETION = "origins[function-url].responseCompletionTimeout";
const alias = declare("alias", "alias", { name: "live", functionName: fn.out("name"), functionVersion: "1" });
const aliasUrl = declare("functionUrl", "aliasUrl", { functionName: alias.out("arn"), authorizationType: "AWS_IAM" });
const quick = declare("function", "quick", { name: "quick" });
const quickUrl = declare("functionUrl", "quickUrl", { functionName: quick.out("name") });

testRule(streamTimeouts, {
  pass: [
    { title: "CloudFront's default of 30 seconds and no limit of the whole", resources: edge() },
    { title: "a minute of silence", resources: waiting({ originReadTimeout: 60 }, { responseCompletionTimeout: 0 }) },
    { title: "a whole as long as the function", resources: waiting({}, { responseCompletionTimeout: 300 }) },
    {
      title: "a function with Lambda's default of 3 seconds",
      resources: [
        quick,
        quickUrl,
        control,
        distribution({ origins: [origin({ domainName: hostOf(quickUrl), responseCompletionTimeout: 30 })] }),
      ],
    },
    {
      title: "a short time for another kind of origin",
      resources: [
        distribution({
          origins: [origin({ domainName: "www.example.com", responseCompletionTimeout: 5 }, { originReadTimeout: 5 })],
        }),
      ],
    },
    { title: "a bucket", resources: [distribution({ origins: [bucket({ responseCompletionTimeout: 5 })] })] },
    {
      title: "a heartbeat of one's own",
      settings: { heartbeatSeconds: 5 },
      resources: waiting({ originReadTimeout: 10 }),
    },
  ],
  fail: [
    {
      title: "silence shorter than the heartbeat",
      resources: waiting({ originReadTimeout: 10 }),
      findings: [["edge", READ]],
    },
    {
      title: "a heartbeat of one's own that is rarer than CloudFront waits by default",
      settings: { heartbeatSeconds: 45 },
      resources: edge(),
      findings: [["edge", READ]],
    },
    {
      title: "a whole shorter than the function",
      resources: waiting({}, { responseCompletionTimeout: 120 }),
      findings: [["edge", COMPLETION]],
    },
    {
      title: "a whole shorter than the function behind an alias",
      resources: [
        fn,
        alias,
        aliasUrl,
        control,
        distribution({ origins: [origin({ domainName: hostOf(aliasUrl), responseCompletionTimeout: 120 })] }),
      ],
      findings: [["edge", COMPLETION]],
    },
    {
      title: "a whole shorter than one silence",
      resources: waiting({ originReadTimeout: 400 }, { responseCompletionTimeout: 350 }),
      findings: [["edge", COMPLETION]],
    },
    {
      title: "a known host with both",
      resources: [
        distribution({
          origins: [origin({ domainName: KNOWN_HOST, responseCompletionTimeout: 1 }, { originReadTimeout: 2 })],
        }),
      ],
      findings: [
        ["edge", READ],
        ["edge", COMPLETION],
      ],
    },
  ],
  unknown: [
    {
      title: "a time that is not known",
      resources: waiting({ originReadTimeout: unknown }),
      findings: [["edge", READ]],
    },
    {
      title: "a function of another stack",
      resources: [distribution({ origins: [origin({ domainName: KNOWN_HOST, responseCompletionTimeout: 300 })] })],
      findings: [["edge", COMPLETION]],
    },
    {
      title: "a function whose timeout is not known",
      resources: [
        declare("function", "fn", { name: "fn", timeout: unknown }),
        ...waiting({}, { responseCompletionTimeout: 300 }).slice(1),
      ],
      findings: [["edge", COMPLETION]],
    },
    {
      title: "one of two functions, one of which takes longer",
      modes: ["preview"],
      resources: [
        fn,
        url,
        quick,
        quickUrl,
        control,
        distribution({
          origins: [
            origin({ responseCompletionTimeout: 60 }),
            origin({ originId: "quick", domainName: hostOf(quickUrl), responseCompletionTimeout: 60 }),
          ],
        }),
      ],
      findings: [
        ["edge", COMPLETION],
        ["edge", "origins[quick].responseCompletionTimeout"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [fn, url] }],
});

const required = { required: true };
const edgeWith = (props: object = {}) => distribution(props);
const plainEdge = edgeWith();
const delivery = (resourceArn: unknown, logType: unknown = "ACCESS_LOGS") =>
  declare("logDeliverySource", "delivery", { name: "edge", region: "us-east-1", logType, resourceArn });
const BUCKET = "logs.s3.amazonaws.com";

testRule(accessLog, {
  pass: [
    { title: "no log where none is required", resources: [plainEdge] },
    { title: "a bucket", settings: required, resources: [edgeWith({ loggingConfig: { bucket: BUCKET } })] },
    {
      title: "log delivery, which CKV_AWS_86 and the others of the old form do not know",
      settings: required,
      resources: [plainEdge, delivery(plainEdge.out("arn"))],
    },
    {
      title: "a log without cookies",
      resources: [edgeWith({ loggingConfig: { bucket: BUCKET, includeCookies: false } })],
    },
  ],
  fail: [
    { title: "no log", settings: required, resources: [plainEdge], findings: [["edge", "accessLog"]] },
    {
      title: "a configuration without a bucket",
      settings: required,
      resources: [edgeWith({ loggingConfig: { includeCookies: false } })],
      findings: [["edge", "accessLog"]],
    },
    {
      title: "cookies in the log, which the packs that only ask for a bucket pass",
      resources: [edgeWith({ loggingConfig: { bucket: BUCKET, includeCookies: true } })],
      findings: [["edge", "loggingConfig.includeCookies"]],
    },
    {
      title: "log delivery of an agent's runtime",
      settings: required,
      resources: [
        plainEdge,
        delivery(declare("agentRuntime", "runtime").out("agentRuntimeArn"), "APPLICATION_LOGS"),
        declare("agentRuntime", "runtime"),
      ],
      findings: [["edge", "accessLog"]],
    },
    {
      title: "log delivery of another distribution",
      settings: required,
      modes: ["update"],
      resources: [plainEdge, delivery("arn:aws:cloudfront::123456789012:distribution/EOTHER")],
      findings: [["edge", "accessLog"]],
    },
  ],
  unknown: [
    {
      title: "cookies that are not known",
      resources: [edgeWith({ loggingConfig: { bucket: BUCKET, includeCookies: unknown } })],
      findings: [["edge", "loggingConfig.includeCookies"]],
    },
    {
      title: "a bucket that is not known",
      settings: required,
      resources: [edgeWith({ loggingConfig: { bucket: unknown } })],
      findings: [["edge", "accessLog"]],
    },
    {
      title: "log delivery of something that is not known",
      settings: required,
      resources: [plainEdge, delivery(unknown)],
      findings: [["edge", "accessLog"]],
    },
    {
      title: "an ARN made of the distribution's id",
      settings: required,
      modes: ["preview"],
      resources: [
        plainEdge,
        delivery(text`arn:aws:cloudfront::123456789012:distribution/${plainEdge.out("id")}`, unknown),
      ],
      findings: [["edge", "accessLog"]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [delivery(unknown)] }],
});

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
  notApplicable: [{ title: "a stack without response headers policies", resources: [plainEdge] }],
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
