import type { StackConfig } from "./stackConfig";

/** What a key is where nobody sets it. The engine takes the same from Pulumi.yaml; a test holds the two together. */
export const DEFAULTS = {
  qualifier: "DEFAULT",
  doors: ["streamingApi"],
  apiAuth: "iam",
  apiKeys: {},
  cognito: {},
  jwt: {},
  customAuthorizer: {},
  callers: [],
  maxDurationSeconds: 300,
  bufferedMaxDurationSeconds: 29,
  memorySizeMb: 512,
  logRetentionInDays: 30,
  throttleRateLimit: 50,
  throttleBurstLimit: 100,
  rateLimitPerFiveMinutes: 1000,
  runtimeAuth: "sigv4",
  headerMap: {},
  payload: {},
  redaction: {},
  corsOrigins: [],
} as const satisfies { readonly [Key in keyof Required<Omit<StackConfig, "agentRuntimeArn">>]: unknown };
