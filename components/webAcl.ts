import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { wafTooLargeBody } from "../contract/gatewayErrors";
import { ERRORS } from "../contract/errors";
import { MAX_BODY_BYTES, WAF_BODY_WINDOW_KB } from "../contract/limits";

export interface WebAclArgs {
  /**
   * Requests of one IP address within five minutes before it is blocked.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: pulumi.Input<number>;
  /**
   * Origin of the web page that may read the ACL's own answers. They are fixed texts, so there can be one.
   * @default - none
   */
  corsOrigin?: pulumi.Input<string>;
}

/** A body rule that takes prose for an attack. Prompts quote paths, markup and code; these rules only count. */
const BODY_RULES: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY"],
  AWSManagedRulesCommonRuleSet: [
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "EC2MetaDataSSRF_BODY",
  ],
};

const TOO_LARGE = "too-large";

/** A regional web ACL for prompts: sources, rate, size and known attacks. One serves every REST door of a stack. */
export class WebAcl extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  /** Name that the ACL's metrics stand under. */
  public readonly metricName: pulumi.Output<string>;

  constructor(name: string, args: WebAclArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:WebAcl", name, args, opts);

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: visibility(name),
        associationConfig: {
          requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: `KB_${WAF_BODY_WINDOW_KB.toString()}` } }],
        },
        customResponseBodies: [{ key: TOO_LARGE, content: wafTooLargeBody(), contentType: "APPLICATION_JSON" }],
        rules: [
          bodySize(0, args.corsOrigin),
          rate(1, args.rateLimitPerFiveMinutes ?? 1000, args.corsOrigin),
          ...Object.entries(BODY_RULES).map(([group, counted], index) => managed(2 + index, group, counted)),
        ],
      },
      { parent: this },
    );

    this.arn = acl.arn;
    this.metricName = acl.visibilityConfig.metricName;
    this.registerOutputs({ arn: this.arn, metricName: this.metricName });
  }
}

type Rule = aws.types.input.wafv2.WebAclRule;

// MATCH: what lies beyond the window would be delivered without having been seen.
function bodySize(priority: number, corsOrigin: pulumi.Input<string> | undefined): Rule {
  return {
    name: "body-size",
    priority,
    action: {
      block: {
        customResponse: {
          responseCode: ERRORS.BODY_TOO_LARGE.status,
          customResponseBodyKey: TOO_LARGE,
          ...corsHeader(corsOrigin),
        },
      },
    },
    statement: {
      sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: MAX_BODY_BYTES,
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    },
    visibilityConfig: visibility("body-size"),
  };
}

function rate(priority: number, limit: pulumi.Input<number>, corsOrigin: pulumi.Input<string> | undefined): Rule {
  return {
    name: "rate",
    priority,
    action: { block: { customResponse: { responseCode: 429, ...corsHeader(corsOrigin) } } },
    statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
    visibilityConfig: visibility("rate"),
  };
}

function corsHeader(
  value: pulumi.Input<string> | undefined,
): Pick<aws.types.input.wafv2.WebAclRuleActionBlockCustomResponse, "responseHeaders"> {
  return value === undefined ? {} : { responseHeaders: [{ name: "Access-Control-Allow-Origin", value }] };
}

function managed(priority: number, group: string, counted: readonly string[]): Rule {
  return {
    name: group,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(group),
  };
}

function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  // Samples would show callers' credentials: log redaction does not reach them.
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
