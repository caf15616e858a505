import { linkedFrom, strays } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

interface AccessLog {
  readonly required: boolean;
}

export const accessLog = defineRule<AccessLog>({
  id: "fd-cloudfront-access-log",
  description:
    "A distribution's access log has no cookies and no query strings in it, and exists where it is required.",
  rationale:
    "The log is the only record of callers whom the edge refused, and cookies and query strings in it are credentials in clear text (a presigned request has its signature in the query). There are two kinds, an old one into a bucket and one through CloudWatch's log delivery (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["CloudFront.5"],
    cdkNag: ["AwsSolutions-CFR3"],
    checkov: ["CKV_AWS_86"],
    trivy: ["AWS-0010"],
    cfnGuard: ["CLOUDFRONT_ACCESSLOGS_ENABLED"],
    kics: ["cloudfront_logging_disabled"],
    prowler: ["cloudfront_distributions_logging_enabled"],
    pulumi: [
      "aws-cloudfront-distribution-configure-access-logging",
      "aws-cloudfront-distribution-enable-access-logging",
    ],
  },
  remediationSteps:
    "Set includeCookies to false, and name the recordFields of a delivery, without cs(Cookie) and cs-uri-query. For a log, add an aws.cloudwatch.LogDeliverySource of logType ACCESS_LOGS, in us-east-1, whose resourceArn is the distribution's arn, with its destination and delivery; or name a bucket in loggingConfig.",
  settings: {
    required: {
      type: "boolean",
      description: "Whether every distribution has to have an access log.",
      default: false,
    },
  },
  resource: {
    types: [TYPES.distribution],
    check: (distribution) => {
      const cookies = at(distribution.props["loggingConfig"], "includeCookies");
      return judgeProperty(
        distribution,
        "loggingConfig.includeCookies",
        cookies,
        is(cookies, (known) => known !== true),
        "false",
      );
    },
  },
  stack: {
    types: [TYPES.distribution],
    check: (graph, { required }) => [
      ...graph.all(TYPES.distribution).flatMap((distribution) => secretsInDelivery(graph, distribution)),
      ...(required ? graph.all(TYPES.distribution) : []).flatMap((distribution) => {
        const logged = isLogged(graph, distribution);
        return judge(distribution, logged, {
          finding: "accessLog",
          seen: logged === UNKNOWN ? "whether it has an access log is not known" : "it has no access log",
          wanted: "a LogDeliverySource whose resourceArn is its arn, or loggingConfig.bucket",
        });
      }),
    ],
  },
});

/** Fields in which clients send credentials. A delivery that names no fields has all of them. */
const SECRET_FIELDS: readonly unknown[] = ["cs(Cookie)", "cs-uri-query"];

function secretsInDelivery(graph: PolicyGraph, distribution: StackResource): readonly Finding[] {
  return linkedFrom(graph, distribution, TYPES.logDeliverySource, "resourceArn").flatMap(({ from: source }) =>
    linkedFrom(graph, source, TYPES.logDelivery, "deliverySourceName").flatMap(({ from: delivery, sure }) => {
      const fields = delivery.props["recordFields"];
      const isClean = not(
        fields === undefined
          ? true
          : some(list(fields), (field) => is(field, (known) => SECRET_FIELDS.includes(known))),
      );
      const wanted = `fields without ${SECRET_FIELDS.join(" and ")}`;
      return judgeProperty(delivery, "recordFields", fields, or(isClean, sure ? false : UNKNOWN), wanted);
    }),
  );
}

function isLogged(graph: PolicyGraph, distribution: StackResource): Truth {
  const isAccessLog = ({ props }: StackResource): Truth =>
    is(props["logType"] ?? undefined, (type) => type === "ACCESS_LOGS");
  const sources = linkedFrom(graph, distribution, TYPES.logDeliverySource, "resourceArn");
  const elsewhere = strays(graph, TYPES.logDeliverySource, "resourceArn", TYPES.distribution);
  return or(
    not(is(at(distribution.props["loggingConfig"], "bucket"), (bucket) => bucket === undefined || bucket === "")),
    ...sources.map(({ from, sure }) => and(isAccessLog(from), sure || UNKNOWN)),
    ...elsewhere.map((from) => and(isAccessLog(from), UNKNOWN)),
  );
}
