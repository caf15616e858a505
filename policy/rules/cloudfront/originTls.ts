import { originsOf, type Part } from "../../aws/distribution";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty, type Edit } from "../../model/rule";
import { and, at, every, is, list, or, type Truth } from "../../model/value";

export const originTls = defineRule({
  id: "fd-cloudfront-origin-tls",
  description: "CloudFront talks to origins of one's own over HTTPS only, with TLS 1.2 or later.",
  rationale:
    "Between the edge and the origin a prompt crosses networks too, and `match-viewer` leaves it to the caller. An access control for functions signs nothing but HTTPS (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "critical",
  frameworks: {
    securityHub: ["CloudFront.9", "CloudFront.10"],
    cdkNag: ["AwsSolutions-CFR5"],
    checkov: ["CKV2_AWS_72"],
    prowler: ["cloudfront_distributions_origin_traffic_encrypted"],
    pulumi: [
      "aws-cloudfront-distribution-configure-secure-tls-to-origin",
      "aws-cloudfront-distribution-enable-tls-to-origin",
    ],
  },
  remediationSteps:
    'Set originProtocolPolicy to "https-only" and originSslProtocols to ["TLSv1.2"] in the customOriginConfig of every origin.',
  resource: {
    types: [TYPES.distribution],
    check: (distribution) =>
      originsOf(distribution).flatMap((origin) => {
        const finding = (property: "originProtocolPolicy" | "originSslProtocols", right: Truth, wanted: string) =>
          judgeProperty(
            distribution,
            `${origin.path}.customOriginConfig.${property}`,
            configOf(origin, property),
            or(isBucket(origin), right),
            wanted,
          );
        return [
          ...finding("originProtocolPolicy", isHttps(origin), '"https-only"'),
          ...finding("originSslProtocols", isModern(origin), '["TLSv1.2"]'),
        ];
      }),
    remediate: (distribution) => originsOf(distribution).flatMap(edits),
  },
});

function configOf({ value }: Part, property: string): unknown {
  return at(value, "customOriginConfig", property);
}

/** Buckets and origins in a VPC have no configuration of this kind. */
function isBucket({ value }: Part): Truth {
  return is(at(value, "customOriginConfig"), (known) => known === undefined);
}

function isHttps(origin: Part): Truth {
  return is(configOf(origin, "originProtocolPolicy"), (policy) => policy === "https-only");
}

function isModern(origin: Part): Truth {
  const protocols = list(configOf(origin, "originSslProtocols"));
  return and(
    is(protocols, (known) => (known as unknown[]).length > 0),
    every(protocols, isModernProtocol),
  );
}

function isModernProtocol(protocol: unknown): Truth {
  return is(protocol, (known) => typeof known === "string" && /^TLSv1\.[2-9]$/.test(known));
}

/** A list of several protocols is left as it is: an edit can change its items, not their number. */
function edits(origin: Part): readonly Edit[] {
  if (isBucket(origin) !== false) return [];
  const config = [...origin.keys, "customOriginConfig"];
  const protocols = configOf(origin, "originSslProtocols");
  const single = Array.isArray(protocols) && protocols.length === 1 && isModernProtocol(protocols[0]) === false;
  return [
    ...(isHttps(origin) === false ? [{ path: [...config, "originProtocolPolicy"], value: "https-only" }] : []),
    ...(single ? [{ path: [...config, "originSslProtocols", 0], value: "TLSv1.2" }] : []),
  ];
}
