import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArgs, type LogArgs } from "../shared/logs";
import { parseCidr } from "../../contract/aws/cidr";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { WAF_BODY_WINDOW_KB, WAF_METRIC_NAME_LENGTH } from "../../contract/aws/limits";
import {
  SECRET_HEADERS,
  WAF_LOG_PREFIX,
  WAF_RATE_KEYS,
  WAF_SCOPES,
  type WafRateKey,
  type WafScope,
} from "../../contract/aws/waf";
import { WAF_ANSWERS, wafBody } from "../../contract/wire/wafAnswers";
import { visibility, webAclRules } from "./rules";

export interface WebAclArgs extends LogArgs {
  /**
   * `REGIONAL` for stages of API Gateway; `CLOUDFRONT` for distributions, in us-east-1 whatever the provider's region. Plain: it decides
   * where everything is made.
   * @default "REGIONAL"
   */
  scope?: string;
  /**
   * Requests of one address within five minutes before it is blocked.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: pulumi.Input<number>;
  /**
   * What the rate rule counts by: `ip`, or `forwardedIp` where every request comes through a proxy that writes `X-Forwarded-For`. A
   * request without that header is not counted. Plain: it shapes the rules.
   * @default "ip"
   */
  rateKey?: string;
  /**
   * Addresses that the rate and reputation rules spare, CIDR. Plain: they decide which IP sets exist.
   * @default []
   */
  allowIps?: string[];
  /**
   * Addresses that are blocked, CIDR. Plain: they decide which IP sets exist.
   * @default []
   */
  blockIps?: string[];
  /**
   * Whether every request is logged, without credentials. Plain: it decides whether a log group exists.
   * @default true
   */
  logging?: boolean;
  /**
   * Origin of the web page that may read the ACL's own answers. They are fixed texts, so there can be one.
   * @default - none
   */
  corsOrigin?: pulumi.Input<string>;
}

/** A web ACL for prompts: sources, size, rate and known attacks. One serves every REST door of a stack, or one edge. */
export class WebAcl extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  /** Name that the ACL's metrics stand under. */
  public readonly metricName: pulumi.Output<string>;

  /** @throws RunError for a scope, a rate key or an address that does not exist */
  constructor(name: string, args: WebAclArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:WebAcl", name, args, opts);
    const scope = oneOf<WafScope>(name, "scope", args.scope ?? "REGIONAL", WAF_SCOPES);
    const rateKey = oneOf<WafRateKey>(name, "rateKey", args.rateKey ?? "ip", WAF_RATE_KEYS);
    // No second provider: each resource says where it is.
    const place = scope === "CLOUDFRONT" ? { region: CLOUDFRONT_REGION } : {};
    const parent = { parent: this };
    const blocked = ipSets(`${name}-block`, args.blockIps ?? [], { scope, ...place }, parent);
    const allowed = ipSets(`${name}-allow`, args.allowIps ?? [], { scope, ...place }, parent);
    const window = { defaultSizeInspectionLimit: `KB_${WAF_BODY_WINDOW_KB.toString()}` };

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        ...place,
        scope,
        defaultAction: { allow: {} },
        // The dimension of every metric: two stacks of one account must not share it.
        visibilityConfig: visibility(metricNameOf(name)),
        associationConfig: {
          requestBodies: [scope === "CLOUDFRONT" ? { cloudfront: window } : { apiGateway: window }],
        },
        // Redaction is for the log alone; this is for everything else that WAF shows of a request.
        dataProtectionConfig: {
          dataProtections: [
            { action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: [...SECRET_HEADERS] } },
          ],
        },
        customResponseBodies: WAF_ANSWERS.map((key) => ({
          key,
          content: wafBody(key, scope),
          contentType: "APPLICATION_JSON",
        })),
        rules: webAclRules({
          rateLimit: args.rateLimitPerFiveMinutes ?? 1000,
          rateKey,
          allowed,
          blocked,
          corsOrigin: args.corsOrigin,
        }),
      },
      parent,
    );
    if (args.logging ?? true) log(name, acl, args, { scope, ...place }, parent);

    this.arn = acl.arn;
    this.metricName = acl.visibilityConfig.metricName;
    this.registerOutputs({ arn: this.arn, metricName: this.metricName });
  }
}

interface At {
  readonly scope: WafScope;
  readonly region?: string;
}

function oneOf<T extends string>(name: string, key: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) {
    throw new pulumi.RunError(`\`${key}\` of ${name} is "${value}". Use ${allowed.join(" or ")}.`);
  }
  return found;
}

/** An IP set holds addresses of one version. */
function ipSets(
  name: string,
  ranges: readonly string[],
  at: At,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const versions = ranges.map((range) => {
    const version = parseCidr(range)?.version;
    if (version === undefined) throw new pulumi.RunError(`${name} holds "${range}", which is no CIDR range.`);
    return version;
  });
  return ([4, 6] as const).flatMap((version) => {
    const addresses = ranges.filter((_, index) => versions[index] === version);
    if (addresses.length === 0) return [];
    return new aws.wafv2.IpSet(
      `${name}-v${version.toString()}`,
      { ...at, ipAddressVersion: `IPV${version.toString()}`, addresses },
      opts,
    ).arn;
  });
}

/** WAF itself lets its log service write to the group, as long as the group's name begins as it must. */
function log(
  name: string,
  acl: aws.wafv2.WebAcl,
  logs: LogArgs,
  { scope, ...place }: At,
  opts: pulumi.CustomResourceOptions,
): void {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    { ...place, namePrefix: `${WAF_LOG_PREFIX}${name}-`, ...logGroupArgs(logs) },
    opts,
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    `${name}-logging`,
    {
      ...place,
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: [
        ...SECRET_HEADERS.map((header) => ({ singleHeader: { name: header } })),
        // A presigned request has its signature here.
        { queryString: {} },
        // At an edge the session id alone opens a session, and `DELETE /sessions/{id}` has it in its path.
        ...(scope === "CLOUDFRONT" ? [{ uriPath: {} }] : []),
      ],
    },
    opts,
  );
}

function metricNameOf(name: string): string {
  return `${pulumi.getStack()}-${name}`.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, WAF_METRIC_NAME_LENGTH);
}
