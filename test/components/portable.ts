import { DEFAULTS } from "../../contract/config/defaults";
import { OUTPUTS } from "../../contract/config/outputs";

/** Inputs and outputs of a component. A name that ends with `?` is optional. */
interface Shape {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const DOOR = [
  "maxDurationSeconds",
  "memorySizeMb?",
  "reservedConcurrency?",
  "provisionedConcurrency?",
  "logRetentionInDays?",
  "logKmsKeyArn?",
  "policy?",
  "hook?",
  "tracing?",
  "agentRuntimeArn?",
  "qualifier?",
  "canary?",
  "dialect?",
  "answer?",
  "agents?",
  "stopSession?",
];

const REST_DOOR = {
  inputs: [
    ...DOOR,
    "network?",
    "webAclArn?",
    "throttle",
    "methodThrottles?",
    "resourcePolicy?",
    "vpcEndpointIds?",
    "domain?",
    "accountLogging?",
    "auth",
    "apiKeyRequired?",
    "authorizer?",
  ],
  outputs: ["url", "apiId", "stageName", "functionName", "apiName", "roleArn"],
};

/** The components that other programs and other languages can use. */
export const PORTABLE: Readonly<Record<string, Shape>> = {
  AccountLogging: { inputs: ["permissionsBoundary?"], outputs: ["settingsId", "roleArn"] },
  ApiDomain: {
    inputs: [
      "domainName",
      "certificateArn",
      "hostedZoneId?",
      "securityPolicy?",
      "truststoreUri?",
      "truststoreVersion?",
    ],
    outputs: ["domainName", "targetDomainName"],
  },
  ApiKeys: { inputs: ["keys", "stages", "throttle"], outputs: ["values"] },
  BufferedApi: REST_DOOR,
  EdgeDistribution: {
    inputs: [
      "functionUrl",
      "functionName",
      "functionAlias?",
      "webAclArn",
      "readTimeoutSeconds?",
      "domain?",
      "bodySignerArn?",
      "accessLog?",
      "logRetentionInDays?",
      "logKmsKeyArn?",
    ],
    outputs: ["url", "distributionArn", "distributionId"],
  },
  EdgeSigner: { inputs: ["memoryMb?"], outputs: ["qualifiedArn"] },
  // The keys of the stack config, none of which is required.
  FrontDoor: {
    inputs: [...Object.keys(DEFAULTS), "aliasKeys"].map((key) => `${key}?`),
    outputs: Object.keys(OUTPUTS),
  },
  JwtAuthorizer: {
    inputs: [
      "issuer",
      "audience",
      "scopes?",
      "scopeClaims?",
      "tokens?",
      "refusedKeys?",
      "jwksUri?",
      "logRetentionInDays?",
      "logKmsKeyArn?",
    ],
    outputs: ["functionName", "invokeArn"],
  },
  Operations: {
    inputs: [
      "doors",
      "webAcls?",
      "dashboard?",
      "alarms?",
      "alarmTopicArns?",
      "edgeAlarmTopicArns?",
      "alarmDailySpendUsd?",
    ],
    outputs: ["dashboardName", "alarmArns"],
  },
  PrivateNetwork: {
    inputs: [
      "agentRuntimeArns",
      "runtimeAuth?",
      "runtimeUserId?",
      "vpcId?",
      "subnetIds?",
      "vpcCidrBlock?",
      "executeApi?",
      "tracing?",
      "existingEndpoints?",
    ],
    outputs: ["vpcId", "subnetIds", "securityGroupIds", "executeApiEndpointId"],
  },
  RuntimeLock: {
    inputs: [
      "agentRuntimeArn",
      "qualifiers?",
      "roleArns",
      "breakGlassPrincipals?",
      "stopSession?",
      "runtimeUserId?",
      "sourceVpcIds?",
    ],
    outputs: ["lockedArns"],
  },
  SampleAgent: { inputs: ["headers?"], outputs: ["agentRuntimeArn"] },
  StreamingApi: REST_DOOR,
  StreamingUrl: {
    inputs: [...DOOR, "callers?", "publicEdge?", "userTokens?"],
    outputs: ["url", "functionName", "alias", "roleArn"],
  },
  UserPool: {
    inputs: ["callbackUrls?", "deletionProtection?"],
    outputs: ["arn", "poolId", "scope", "clientId", "clientSecret", "tokenEndpoint"],
  },
  WebAcl: {
    inputs: [
      "scope?",
      "rateLimitPerFiveMinutes?",
      "rateKey?",
      "maxBodyBytes?",
      "allowIps?",
      "blockIps?",
      "logging?",
      "corsOrigin?",
      "logRetentionInDays?",
      "logKmsKeyArn?",
    ],
    outputs: ["arn", "metricName"],
  },
};
