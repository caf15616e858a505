import { accessLog } from "../../../policy/rules/cloudfront/accessLog";
import { streamTimeouts } from "../../../policy/rules/cloudfront/streamTimeouts";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";
import { bucket, control, distribution, edge, fn, hostOf, KNOWN_HOST, origin, url } from "../support/edge";

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
const plainEdge = distribution();
const delivery = (resourceArn: unknown, logType: unknown = "ACCESS_LOGS") =>
  declare("logDeliverySource", "delivery", { name: "edge", region: "us-east-1", logType, resourceArn });
const source = delivery(plainEdge.out("arn"));
const fieldsOf = (recordFields?: unknown) =>
  declare("logDelivery", "fields", {
    deliverySourceName: source.out("name"),
    deliveryDestinationArn: "arn:aws:logs:us-east-1:123456789012:delivery-destination:edge",
    ...(recordFields !== undefined && { recordFields }),
  });
const BUCKET = "logs.s3.amazonaws.com";

testRule(accessLog, {
  pass: [
    { title: "no log where none is required", resources: [plainEdge] },
    { title: "a bucket", settings: required, resources: [distribution({ loggingConfig: { bucket: BUCKET } })] },
    {
      title: "log delivery, which CKV_AWS_86 and the others of the old form do not know",
      settings: required,
      resources: [plainEdge, delivery(plainEdge.out("arn"))],
    },
    {
      title: "a delivery of chosen fields",
      resources: [plainEdge, source, fieldsOf(["date", "time", "c-ip", "sc-status"])],
    },
    {
      title: "a log without cookies",
      resources: [distribution({ loggingConfig: { bucket: BUCKET, includeCookies: false } })],
    },
  ],
  fail: [
    { title: "no log", settings: required, resources: [plainEdge], findings: [["edge", "accessLog"]] },
    {
      title: "a configuration without a bucket",
      settings: required,
      resources: [distribution({ loggingConfig: { includeCookies: false } })],
      findings: [["edge", "accessLog"]],
    },
    {
      title: "a delivery of query strings",
      resources: [plainEdge, source, fieldsOf(["date", "cs-uri-query"])],
      findings: [["fields", "recordFields"]],
    },
    {
      title: "a delivery of every field",
      resources: [plainEdge, source, fieldsOf()],
      findings: [["fields", "recordFields"]],
    },
    {
      title: "cookies in the log, which the packs that only ask for a bucket pass",
      resources: [distribution({ loggingConfig: { bucket: BUCKET, includeCookies: true } })],
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
      resources: [distribution({ loggingConfig: { bucket: BUCKET, includeCookies: unknown } })],
      findings: [["edge", "loggingConfig.includeCookies"]],
    },
    {
      title: "a bucket that is not known",
      settings: required,
      resources: [distribution({ loggingConfig: { bucket: unknown } })],
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
