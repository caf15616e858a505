import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cutName, legalNames } from "../shared/legalNames";
import { logGroupArgs, type LogArgs } from "../shared/logs";
import { parseCidr } from "../../contract/aws/cidr";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { MAX_BODY_BYTES, WAF_BODY_WINDOW_KB, WAF_METRIC_NAME_LENGTH } from "../../contract/aws/limits";
import { LOG_NAME_LENGTH } from "../../contract/aws/names";
import {
  SECRET_HEADERS,
  WAF_LOG_PREFIX,
  WAF_RATE_KEYS,
  WAF_SCOPES,
  type WafRateKey,
  type WafScope,
} from "../../contract/aws/waf";
import { WAF_ANSWERS, wafBody } from "../../contract/wire/wafAnswers";
import { accountName } from "../shared/accountName";
import { visibility, webAclRules } from "./rules";

export interface WebAclArgs extends LogArgs {
  /**
   * `REGIONAL` for stages of API Gateway. `CLOUDFRONT` for distributions; the resources are then in us-east-1, whatever the provider's region.
   * Plain: it decides the region of every resource.
   * @default "REGIONAL"
   */
  scope?: string;
  /**
   * Requests that one address may send within five minutes. An address that sends more is blocked.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: pulumi.Input<number>;
  /**
   * The address by which the rate rule counts: `ip`, or `forwardedIp` if every request comes through a proxy that writes `X-Forwarded-For`.
   * A request without that header is not counted. Plain: it shapes the rules.
   * @default "ip"
   */
  rateKey?: string;
  /**
   * Addresses that the rate and reputation rules skip, CIDR. Plain: they decide which IP sets exist.
   * @default []
   */
  allowIps?: string[];
  /**
   * Addresses that are blocked, CIDR. Plain: they decide which IP sets exist.
   * @default []
   */
  blockIps?: string[];
  /**
   * Largest body that the doors behind it accept, bytes. Up to 65536, larger bodies are blocked. WAF inspects no more: with a larger number, bodies of
   * more than 65536 bytes are counted. Plain: it shapes the rules.
   * @default 65536
   */
  maxBodyBytes?: number;
  /**
   * Whether every request is logged, without credentials. Plain: it decides whether a log group exists.
   * @default true
   */
  logging?: boolean;
  /**
   * Origin of the web page that may read the answers of the web ACL. These are fixed texts, so there can be only one origin.
   * @default - none
   */
  corsOrigin?: pulumi.Input<string>;
}

/** A web ACL for prompts. It checks source address, size, rate and known attacks. One ACL serves every REST door of a stack, or one edge. */
export class WebAcl extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  /** Name of the ACL in its metrics: the dimension `WebACL`. */
  public readonly metricName: pulumi.Output<string>;

  /** @throws RunError for an invalid scope, rate key or address range */
  constructor(name: string, args: WebAclArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:WebAcl", name, args, legalNames(opts));
    const scope = oneOf<WafScope>(name, "scope", args.scope ?? "REGIONAL", WAF_SCOPES);
    const rateKey = oneOf<WafRateKey>(name, "rateKey", args.rateKey ?? "ip", WAF_RATE_KEYS);
    // Each resource sets its region, so no second provider is needed.
    const regionArgs = scope === "CLOUDFRONT" ? { region: CLOUDFRONT_REGION } : {};
    const parent = { parent: this };
    const blocked = ipSets(`${name}-block`, args.blockIps ?? [], { scope, ...regionArgs }, parent);
    const allowed = ipSets(`${name}-allow`, args.allowIps ?? [], { scope, ...regionArgs }, parent);
    const maxBodyBytes = args.maxBodyBytes ?? MAX_BODY_BYTES;
    const window = { defaultSizeInspectionLimit: `KB_${WAF_BODY_WINDOW_KB.toString()}` };

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        ...regionArgs,
        scope,
        defaultAction: { allow: {} },
        // The name is a dimension of every metric, so it must differ between the stacks of an account.
        visibilityConfig: visibility(accountName(name, WAF_METRIC_NAME_LENGTH)),
        associationConfig: {
          requestBodies: [scope === "CLOUDFRONT" ? { cloudfront: window } : { apiGateway: window }],
        },
        // Redaction applies to the log only. Data protection applies to everything else that WAF shows of a request.
        dataProtectionConfig: {
          dataProtections: [
            { action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: [...SECRET_HEADERS] } },
          ],
        },
        customResponseBodies: WAF_ANSWERS.map((key) => ({
          key,
          content: wafBody(key, scope, maxBodyBytes),
          contentType: "APPLICATION_JSON",
        })),
        rules: webAclRules({
          rateLimit: args.rateLimitPerFiveMinutes ?? 1000,
          rateKey,
          allowed,
          blocked,
          corsOrigin: args.corsOrigin,
          maxBodyBytes,
        }),
      },
      parent,
    );
    if (args.logging ?? true) logRequests(name, acl, args, { scope, ...regionArgs }, parent);

    this.arn = acl.arn;
    this.metricName = acl.visibilityConfig.metricName;
    this.registerOutputs({ arn: this.arn, metricName: this.metricName });
  }
}

interface Placement {
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

/** Creates one IP set for IPv4 and one for IPv6: a set contains addresses of one version only. */
function ipSets(
  name: string,
  ranges: readonly string[],
  placement: Placement,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const versions = ranges.map((range) => {
    const version = parseCidr(range)?.version;
    if (version === undefined) throw new pulumi.RunError(`${name} contains "${range}", which is not a CIDR range.`);
    return version;
  });
  return ([4, 6] as const).flatMap((version) => {
    const addresses = ranges.filter((_, index) => versions[index] === version);
    if (addresses.length === 0) return [];
    return new aws.wafv2.IpSet(
      `${name}-v${version.toString()}`,
      { ...placement, ipAddressVersion: `IPV${version.toString()}`, addresses },
      opts,
    ).arn;
  });
}

/** WAF itself allows its log service to write to the group, if the group's name begins with the required prefix. */
function logRequests(
  name: string,
  acl: aws.wafv2.WebAcl,
  logs: LogArgs,
  { scope, ...regionArgs }: Placement,
  opts: pulumi.CustomResourceOptions,
): void {
  const group = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    { ...regionArgs, namePrefix: `${WAF_LOG_PREFIX}${cutName(name, LOG_NAME_LENGTH)}-`, ...logGroupArgs(logs) },
    opts,
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    `${name}-logging`,
    {
      ...regionArgs,
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: [
        ...SECRET_HEADERS.map((header) => ({ singleHeader: { name: header } })),
        // The query string of a presigned request contains the signature.
        { queryString: {} },
        // Placement an edge the session id alone gives access to a session, and the path of `DELETE /sessions/{id}` contains it.
        ...(scope === "CLOUDFRONT" ? [{ uriPath: {} }] : []),
      ],
    },
    opts,
  );
}
