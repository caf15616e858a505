import { TYPES } from "../../../local/program/graph";
import type { BehaviourName } from "./behaviours";
import type { Values } from "./kind";
import { isUnknown } from "./wire";

/** An input that the provider refuses. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

interface Constraints {
  /** Inputs that exclude each other (`ConflictsWith`). */
  readonly conflicts?: readonly (readonly string[])[];
  /** Choices of which exactly one is made (`ExactlyOneOf`). */
  readonly oneOf?: readonly (readonly string[])[];
  /** Enums and ranges, by the path of the value. */
  readonly allowed?: Readonly<Record<string, readonly (string | number)[] | Range>>;
}

const PREFIX = [["name", "namePrefix"]] as const;
const SCOPES = ["CLOUDFRONT", "REGIONAL"] as const;
const METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;
/** Days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Believed: terraform-provider-aws, the schema in each resource's own file; function_url.go seen. */
const CONSTRAINTS: Readonly<Record<string, Constraints>> = {
  [TYPES.authorizer]: {
    allowed: {
      type: ["COGNITO_USER_POOLS", "REQUEST", "TOKEN"],
      authorizerResultTtlInSeconds: { least: 0, most: 3600 },
    },
  },
  [TYPES.domainName]: {
    conflicts: [
      ["certificateArn", "regionalCertificateArn"],
      ["certificateName", "certificateArn"],
    ],
    allowed: { "endpointConfiguration.types": ["EDGE", "PRIVATE", "REGIONAL"] },
  },
  [TYPES.integration]: {
    allowed: {
      type: ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"],
      httpMethod: METHODS,
      integrationHttpMethod: METHODS,
      responseTransferMode: ["BUFFERED", "STREAM"],
      timeoutMilliseconds: { least: 50, most: 900_000 },
    },
  },
  [TYPES.method]: {
    allowed: { httpMethod: METHODS, authorization: ["AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM", "NONE"] },
  },
  [TYPES.methodSettings]: { allowed: { "settings.loggingLevel": ["ERROR", "INFO", "OFF"] } },
  [TYPES.restApi]: {
    allowed: {
      "endpointConfiguration.types": ["EDGE", "PRIVATE", "REGIONAL"],
      "endpointConfiguration.ipAddressType": ["dualstack", "ipv4"],
      apiKeySource: ["AUTHORIZER", "HEADER"],
    },
  },
  [TYPES.usagePlan]: { allowed: { "quotaSettings.period": ["DAY", "MONTH", "WEEK"] } },
  [TYPES.bucket]: { conflicts: [["bucket", "bucketPrefix"]] },
  [TYPES.distribution]: {
    allowed: {
      httpVersion: ["http1.1", "http2", "http2and3", "http3"],
      priceClass: ["PriceClass_100", "PriceClass_200", "PriceClass_All"],
    },
  },
  [TYPES.originAccessControl]: {
    allowed: {
      originAccessControlOriginType: ["lambda", "mediapackagev2", "mediastore", "s3"],
      signingBehavior: ["always", "never", "no-override"],
      signingProtocol: ["sigv4"],
    },
  },
  [TYPES.function]: {
    oneOf: [["code", "imageUri", "s3Bucket"]],
    allowed: {
      packageType: ["Image", "Zip"],
      "tracingConfig.mode": ["Active", "PassThrough"],
      memorySize: { least: 128, most: 10_240 },
      timeout: { least: 1, most: 900 },
      reservedConcurrentExecutions: { least: -1, most: Infinity },
    },
  },
  [TYPES.functionUrl]: {
    allowed: {
      authorizationType: ["AWS_IAM", "NONE"],
      invokeMode: ["BUFFERED", "RESPONSE_STREAM"],
      "cors.maxAge": { least: 0, most: 86_400 },
    },
  },
  [TYPES.permission]: {
    conflicts: [["statementId", "statementIdPrefix"]],
    allowed: { functionUrlAuthType: ["AWS_IAM", "NONE"] },
  },
  [TYPES.provisionedConcurrency]: { allowed: { provisionedConcurrentExecutions: { least: 1, most: Infinity } } },
  [TYPES.logGroup]: {
    conflicts: PREFIX,
    allowed: { retentionInDays: RETENTION, logGroupClass: ["DELIVERY", "INFREQUENT_ACCESS", "STANDARD"] },
  },
  [TYPES.metricAlarm]: {
    conflicts: [
      ["metricName", "metricQueries"],
      ["statistic", "extendedStatistic"],
    ],
    allowed: { treatMissingData: ["breaching", "ignore", "missing", "notBreaching"] },
  },
  [TYPES.record]: {
    conflicts: [
      ["aliases", "records"],
      ["aliases", "ttl"],
    ],
    oneOf: [["aliases", "records"]],
    allowed: {
      type: [
        "A",
        "AAAA",
        "CAA",
        "CNAME",
        "DS",
        "HTTPS",
        "MX",
        "NAPTR",
        "NS",
        "PTR",
        "SOA",
        "SPF",
        "SRV",
        "SSHFP",
        "SVCB",
        "TLSA",
        "TXT",
      ],
    },
  },
  [TYPES.role]: { conflicts: PREFIX, allowed: { maxSessionDuration: { least: 3600, most: 43_200 } } },
  [TYPES.rolePolicy]: { conflicts: PREFIX },
  [TYPES.securityGroup]: { conflicts: PREFIX },
  [TYPES.securityGroupEgressRule]: { oneOf: [["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]] },
  [TYPES.securityGroupIngressRule]: { oneOf: [["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]] },
  [TYPES.topic]: { conflicts: PREFIX },
  [TYPES.userPool]: {
    conflicts: [["aliasAttributes", "usernameAttributes"]],
    allowed: { mfaConfiguration: ["OFF", "ON", "OPTIONAL"], deletionProtection: ["ACTIVE", "INACTIVE"] },
  },
  [TYPES.webAcl]: { conflicts: PREFIX, allowed: { scope: SCOPES } },
  [TYPES.ipSet]: { conflicts: PREFIX, allowed: { scope: SCOPES, ipAddressVersion: ["IPV4", "IPV6"] } },
  [TYPES.vpcEndpoint]: {
    allowed: { vpcEndpointType: ["Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"] },
  },
};

/** What the provider refuses of a resource's inputs, beside what is missing. */
export function violations(type: string, news: Values, behaves: (behaviour: BehaviourName) => boolean): Failure[] {
  const { conflicts = [], oneOf = [], allowed = {} } = CONSTRAINTS[type] ?? {};
  const given = (properties: readonly string[]) => properties.filter((property) => news[property] !== undefined);
  const found: Failure[] = [];
  if (behaves("conflictingInputs")) {
    for (const [property = "", other = ""] of conflicts.map(given)) {
      if (other !== "")
        found.push({
          property,
          reason: `Conflicting configuration arguments: "${property}": conflicts with ${other}.`,
        });
    }
    for (const choice of oneOf.filter((each) => given(each).length !== 1)) {
      const reason = `Invalid combination of arguments: one of ${choice.join(", ")} must be specified.`;
      found.push({ property: choice[0] ?? "", reason });
    }
  }
  if (!behaves("allowedValues")) return found;
  for (const [path, values] of Object.entries(allowed)) {
    const value = valueAt(news, path.split("."));
    if (value === undefined || isUnknown(value) || takes(values, value)) continue;
    found.push({ property: path, reason: `expected ${path} to be ${shown(values)}, got ${JSON.stringify(value)}` });
  }
  return found;
}

function valueAt(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  return typeof value === "object" && value !== null ? valueAt((value as Values)[first], rest) : undefined;
}

function takes(values: readonly (string | number)[] | Range, value: unknown): boolean {
  if (!("least" in values)) return values.some((each) => each === value);
  return typeof value === "number" && value >= values.least && value <= values.most;
}

function shown(values: readonly (string | number)[] | Range): string {
  if (!("least" in values)) return `one of ${JSON.stringify(values)}`;
  return `in the range (${String(values.least)} - ${String(values.most)})`;
}
