import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, show } from "../../model/value";

/** TLSv1.2_2021 and what has come since: a date later than that, or a version. */
const SECURITY_POLICY = /^TLSv1\.(?:2_20(?:2[1-9]|[3-9]\d)|[3-9]_\d{4})$/;

export const viewerTls = defineRule({
  id: "fd-cloudfront-viewer-tls",
  description:
    "A distribution with a domain of its own serves it with that domain's certificate, by SNI, and with TLS 1.2 or later.",
  rationale:
    "With CloudFront's own certificate the security policy is TLSv1, whatever the distribution says, and no browser takes it for another domain; older policies have ciphers without forward secrecy (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["CloudFront.7", "CloudFront.8", "CloudFront.15"],
    cdkNag: ["AwsSolutions-CFR4"],
    checkov: ["CKV_AWS_174", "CKV2_AWS_42", "CKV2_AWS_54"],
    trivy: ["AWS-0013"],
    cfnGuard: [
      "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE",
      "CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE",
      "CLOUDFRONT_SNI_ENABLED",
    ],
    kics: ["cloudfront_without_minimum_protocol_tls_1.2"],
    prowler: [
      "cloudfront_distributions_custom_ssl_certificate",
      "cloudfront_distributions_https_sni_enabled",
      "cloudfront_distributions_using_deprecated_ssl_protocols",
    ],
    pulumi: ["aws-cloudfront-distribution-configure-secure-tls"],
  },
  remediationSteps:
    'Give the distribution an ACM certificate of us-east-1 for its aliases (viewerCertificate.acmCertificateArn), sslSupportMethod "sni-only" and minimumProtocolVersion "TLSv1.2_2021" or a later policy.',
  resource: { types: [TYPES.distribution], check },
});

function check(distribution: Resource): readonly Finding[] {
  const certificate = distribution.props["viewerCertificate"];
  const aliasless = is(list(distribution.props["aliases"]), (aliases) => (aliases as unknown[]).length === 0);
  // An ARN that is not known yet is one: AWS itself takes no alias without a certificate.
  const isNamed = ["acmCertificateArn", "iamCertificateId"].some(
    (property) => (at(certificate, property) ?? "") !== "",
  );
  const isDefault = is(at(certificate, "cloudfrontDefaultCertificate"), (known) => known === true);
  const own = and(isNamed, not(isDefault));
  if (own === false)
    return judge(distribution, aliasless, {
      finding: "viewerCertificate",
      seen: "it has aliases, or may have, and no certificate of its own",
      wanted: "a certificate for its aliases",
    });
  const part = (property: string, test: (known: unknown) => boolean, wanted: string) => {
    const value = at(certificate, property);
    return judge(distribution, or(aliasless, is(value, test)), {
      finding: `viewerCertificate.${property}`,
      seen: `\`viewerCertificate.${property}\` is ${show(value)}`,
      wanted,
    });
  };
  return [
    ...judge(distribution, or(aliasless, own), {
      finding: "viewerCertificate",
      seen: "its certificate is not known",
      wanted: "a certificate for its aliases",
    }),
    ...part(
      "minimumProtocolVersion",
      (known) => typeof known === "string" && SECURITY_POLICY.test(known),
      '"TLSv1.2_2021" or later',
    ),
    ...part("sslSupportMethod", (known) => known === "sni-only", '"sni-only"'),
  ];
}
