import * as pulumi from "@pulumi/pulumi";
import { BufferedApi, StreamingApi, StreamingUrl, WebAcl } from "./components";
import type { DoorName } from "./contract/doors";
import type { PayloadConfig, RedactionConfig } from "./contract/policySettings";
import { checkSettings } from "./contract/settings";

// Types, descriptions and defaults of the keys stand in Pulumi.yaml.
const config = new pulumi.Config();
const settings = checkSettings(
  {
    agentRuntimeArn: config.require("agentRuntimeArn"),
    qualifier: config.require("qualifier"),
    doors: config.requireObject<string[]>("doors"),
    apiAuth: config.require("apiAuth"),
    callers: config.requireObject<string[]>("callers"),
    maxDurationSeconds: config.requireNumber("maxDurationSeconds"),
    bufferedMaxDurationSeconds: config.requireNumber("bufferedMaxDurationSeconds"),
    memorySizeMb: config.requireNumber("memorySizeMb"),
    logRetentionInDays: config.requireNumber("logRetentionInDays"),
    throttleRateLimit: config.requireNumber("throttleRateLimit"),
    throttleBurstLimit: config.requireNumber("throttleBurstLimit"),
    rateLimitPerFiveMinutes: config.requireNumber("rateLimitPerFiveMinutes"),
    runtimeAuth: config.require("runtimeAuth"),
    headerMap: config.requireObject<Record<string, string>>("headerMap"),
    payload: config.requireObject<PayloadConfig>("payload"),
    redaction: config.requireObject<RedactionConfig>("redaction"),
    corsOrigins: config.requireObject<string[]>("corsOrigins"),
  },
  new pulumi.Config("aws").get("region"),
  pulumi.RunError,
);

const chosen = (door: DoorName) => settings.doors.includes(door);

const { agentRuntimeArn, qualifier, memorySizeMb, logRetentionInDays } = settings;
const { runtimeAuth, headerMap, payload, redaction, corsOrigins } = settings;
const policy = { runtimeAuth, headerMap, payload, redaction, corsOrigins };
const agent = { agentRuntimeArn, qualifier, memorySizeMb, logRetentionInDays, policy };
const [corsOrigin] = corsOrigins;

// One web ACL serves both REST doors. A Function URL cannot have one: it answers to signed requests only.
const webAcl =
  chosen("bufferedApi") || chosen("streamingApi")
    ? new WebAcl("web-acl", {
        rateLimitPerFiveMinutes: settings.rateLimitPerFiveMinutes,
        ...(corsOrigin !== undefined && { corsOrigin }),
      })
    : undefined;
const rest = webAcl && {
  auth: settings.apiAuth,
  webAclArn: webAcl.arn,
  throttle: { rateLimit: settings.throttleRateLimit, burstLimit: settings.throttleBurstLimit },
};

const bufferedApi =
  rest && chosen("bufferedApi")
    ? new BufferedApi("buffered-api", {
        ...agent,
        ...rest,
        maxDurationSeconds: settings.bufferedMaxDurationSeconds,
      })
    : undefined;

const streamingUrl = chosen("streamingUrl")
  ? new StreamingUrl("streaming-url", {
      ...agent,
      maxDurationSeconds: settings.maxDurationSeconds,
      callers: [...settings.callers],
    })
  : undefined;

const streamingApi =
  rest && chosen("streamingApi")
    ? new StreamingApi("streaming-api", { ...agent, ...rest, maxDurationSeconds: settings.maxDurationSeconds })
    : undefined;

const outputs = {
  bufferedApiUrl: bufferedApi?.url,
  bufferedApiKey: bufferedApi?.apiKey,
  streamingUrl: streamingUrl?.url,
  streamingApiUrl: streamingApi?.url,
  streamingApiKey: streamingApi?.apiKey,
};

// Only what exists: an undefined output is a warning.
export = Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
