import { declare } from "../support/declare";
import { catches, misses, type OtherCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const HOST = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws";
const ACL_ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/acl/11111111-2222-3333-4444-555555555555";
const BEHAVIOUR = { targetOriginId: "agent", viewerProtocolPolicy: "https-only", allowedMethods: ["GET", "POST"] };

const origin = (custom: Props = {}, props: Props = {}) => ({
  originId: "agent",
  domainName: HOST,
  originAccessControlId: "E1OAC",
  customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"], ...custom },
  ...props,
});
const distribution = (props: Props) =>
  declare("distribution", "distribution", {
    enabled: true,
    origins: [origin()],
    defaultCacheBehavior: BEHAVIOUR,
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    webAclId: ACL_ARN,
    ...props,
  });
const alone = (props: Props = {}) => [distribution(props)];
const behaviour = (props: Props) => alone({ defaultCacheBehavior: { ...BEHAVIOUR, ...props } });
const ordered = (...policies: string[]) =>
  alone({
    orderedCacheBehaviors: policies.map((viewerProtocolPolicy, index) => ({
      ...BEHAVIOUR,
      pathPattern: `/${index.toString()}/*`,
      viewerProtocolPolicy,
    })),
  });
const toOrigin = (custom: Props) => alone({ origins: [origin(custom)] });
/** A certificate has a use with an alias only, so a translation has one. */
const certificate = (props?: Props) => alone({ aliases: ["agent.example.com"], viewerCertificate: props });
const OWN = { acmCertificateArn: "arn:aws:acm:us-east-1:111222333444:certificate/foo", sslSupportMethod: "sni-only" };
const headers = (props: Props) => {
  const policy = declare("responseHeadersPolicy", "headers", props);
  return [policy, distribution({ defaultCacheBehavior: { ...BEHAVIOUR, responseHeadersPolicyId: policy.out("id") } })];
};
const behindAcl = (props: Props) => {
  const acl = declare("webAcl", "acl", { scope: "CLOUDFRONT", region: "us-east-1", ...props });
  return [acl, distribution({ webAclId: acl.out("arn") })];
};

const LOG = "fd-cloudfront-access-log";
const LOGGED = { [LOG]: { required: true } };
const ACL = "fd-cloudfront-web-acl";
const HTTPS = "fd-cloudfront-viewer-https";
const VIEWER_TLS = "fd-cloudfront-viewer-tls";
const ORIGIN_TLS = "fd-cloudfront-origin-tls";
const HEADERS = "fd-cloudfront-security-headers";

export const CLOUDFRONT_CASES: readonly OtherCase[] = [
  ...catches("cdk-nag", "CloudFrontDistributionAccessLogging", ["Noncompliance 1", LOG, alone(), LOGGED]),
  ...catches("cdk-nag", "CloudFrontDistributionWAFIntegration", ["Noncompliance", ACL, alone({ webAclId: undefined })]),
  ...misses("cdk-nag", "CloudFrontDistributionWAFIntegration", [
    "Compliance",
    "does not look into the ACL, which has no rules",
    `${ACL} fd-wafv2-web-acl-rules`,
    behindAcl({ defaultAction: { allow: {} } }),
  ]),
  ...catches(
    "cdk-nag",
    "CloudFrontDistributionHttpsViewerNoOutdatedSSL",
    ["Noncompliance 1: No viewer certificate specified", VIEWER_TLS, certificate()],
    [
      "Noncompliance 2: using the default CloudFront Viewer Certificate",
      VIEWER_TLS,
      certificate({ cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2019" }),
    ],
    [
      "Noncompliance 3: using an outdated protocol",
      VIEWER_TLS,
      certificate({ ...OWN, minimumProtocolVersion: "SSLv3" }),
    ],
    [
      "Noncompliance 3: using a virtual IP for ssl support",
      VIEWER_TLS,
      certificate({ ...OWN, minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "vip" }),
    ],
  ),
  ...catches(
    "cdk-nag",
    "CloudFrontDistributionNoOutdatedSSL",
    ["Noncompliance 1", ORIGIN_TLS, toOrigin({ originProtocolPolicy: "match-viewer" })],
    ["Noncompliance 2", ORIGIN_TLS, toOrigin({ originSslProtocols: ["TLSv1", "TLSv1.1"] })],
  ),

  ...catches("checkov", "CKV_AWS_68", ["WAFEnabled: fail", ACL, alone({ webAclId: undefined })]),
  ...catches(
    "checkov",
    "CKV_AWS_174",
    ["CloudfrontTLS12: fail", VIEWER_TLS, certificate({ cloudfrontDefaultCertificate: true })],
    ["CloudfrontTLS12: fail2", VIEWER_TLS, certificate({ ...OWN, minimumProtocolVersion: "TLSv1" })],
    ["CloudfrontTLS12: fail3", VIEWER_TLS, certificate(OWN)],
  ),
  ...catches("checkov", "CKV_AWS_34", ["test_failure", HTTPS, behaviour({ viewerProtocolPolicy: "allow-all" })]),
  ...catches("checkov", "CKV_AWS_86", ["CloudfrontDistributionLogging: test_failure", LOG, alone(), LOGGED]),
  ...catches(
    "checkov",
    "CKV_AWS_259",
    ["no_security_headers_config", HEADERS, headers({})],
    [
      "no_strict_transport_security",
      HEADERS,
      headers({ securityHeadersConfig: { contentTypeOptions: { override: true } } }),
    ],
    [
      "incorrect_strict_transport_security",
      HEADERS,
      headers({
        securityHeadersConfig: {
          strictTransportSecurity: { accessControlMaxAgeSec: 1, includeSubdomains: true, override: true },
        },
      }),
    ],
  ),
  ...catches("checkov", "CKV2_AWS_32", ["no_response_headers_policy", HEADERS, alone()]),
  ...catches(
    "checkov",
    "CKV2_AWS_72",
    [
      "CloudfrontOriginNotHTTPSOnly: example_fail",
      ORIGIN_TLS,
      toOrigin({ originProtocolPolicy: "match-viewer", originSslProtocols: ["TLSv1", "TLSv1.1", "TLSv1.2"] }),
    ],
    [
      "CloudfrontOriginNotHTTPSOnly: example_fail_one_missing_one_bad",
      ORIGIN_TLS,
      alone({
        origins: [
          { originId: "other", domainName: "example.com" },
          origin({ originProtocolPolicy: "match-viewer" }, { domainName: "example.elb.amazonaws.com" }),
        ],
      }),
    ],
    [
      "CloudfrontOriginNotHTTPSOnly: example_fail_one_good_one_bad",
      ORIGIN_TLS,
      alone({
        origins: [
          origin(),
          origin({ originProtocolPolicy: "match-viewer" }, { originId: "bad", domainName: "a.example" }),
        ],
      }),
    ],
  ),
  ...catches("checkov", "CKV2_AWS_54", [
    "CloudFrontUsesSecureProtocolsForHTTPS: fail_1",
    ORIGIN_TLS,
    toOrigin({ originSslProtocols: ["SSLv3"] }),
  ]),

  ...catches("trivy", "AWS-0010", ["test_deny_distribution_entirely_missing_logging", LOG, alone(), LOGGED]),
  ...catches("trivy", "AWS-0011", ["test_deny_distribution_without_waf", ACL, alone({ webAclId: "" })]),
  ...catches(
    "trivy",
    "AWS-0012",
    ["test_deny_default_cache_behavior_with_allow_all", HTTPS, behaviour({ viewerProtocolPolicy: "allow-all" })],
    ["test_deny_ordered_cache_behaviors_with_allow_all", HTTPS, ordered("allow-all")],
  ),
  ...catches("trivy", "AWS-0013", [
    "test_deny_distribution_using_tls_1_0",
    VIEWER_TLS,
    certificate({ ...OWN, cloudfrontDefaultCertificate: false, minimumProtocolVersion: "TLSv1.0" }),
  ]),

  ...catches(
    "cfn-guard",
    "CLOUDFRONT_VIEWER_POLICY_HTTPS",
    ["Scenario d)", HTTPS, behaviour({ viewerProtocolPolicy: "allow-all" })],
    ["Scenario e) (single)", HTTPS, ordered("allow-all")],
    ["Scenario e) (multiple)", HTTPS, ordered("allow-all", "allow-all")],
  ),
  ...catches(
    "cfn-guard",
    "CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE",
    ["no viewerCertificate", VIEWER_TLS, certificate()],
    ["viewerCertificate and TLS 1.1", VIEWER_TLS, certificate({ ...OWN, minimumProtocolVersion: "TLSv1.1_2016" })],
  ),
  ...catches("cfn-guard", "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE", [
    "Scenario d) CloudFrontDefaultCertificate set to True",
    VIEWER_TLS,
    certificate({ cloudfrontDefaultCertificate: true }),
  ]),
  ...catches("cfn-guard", "CLOUDFRONT_SNI_ENABLED", [
    "Scenario e) SslSupportMethod is set to 'vip'",
    VIEWER_TLS,
    certificate({ ...OWN, minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "vip" }),
  ]),

  ...catches("prowler", "cloudfront_distributions_https_enabled", [
    "test_one_distribution_https_disabled",
    HTTPS,
    behaviour({ viewerProtocolPolicy: "allow-all" }),
  ]),
  ...misses("prowler", "cloudfront_distributions_https_enabled", [
    "test_one_distribution_https_redirect",
    "passes a redirect, after the prompt has gone over the wire in the clear",
    HTTPS,
    behaviour({ viewerProtocolPolicy: "redirect-to-https" }),
  ]),
  ...catches(
    "prowler",
    "cloudfront_distributions_origin_traffic_encrypted",
    ["test_distribution_no_traffic_encryption", ORIGIN_TLS, toOrigin({ originProtocolPolicy: "" })],
    ["test_distribution_http_only", ORIGIN_TLS, toOrigin({ originProtocolPolicy: "http-only" })],
    [
      "test_distribution_match_viewer_allow_all",
      `${ORIGIN_TLS} ${HTTPS}`,
      alone({
        origins: [origin({ originProtocolPolicy: "match-viewer" })],
        defaultCacheBehavior: { ...BEHAVIOUR, viewerProtocolPolicy: "allow-all" },
      }),
    ],
  ),
  ...catches(
    "prowler",
    "cloudfront_distributions_using_deprecated_ssl_protocols",
    ["test_one_distribution_using_deprecated_ssl_protocols", ORIGIN_TLS, toOrigin({ originSslProtocols: ["SSLv3"] })],
    ["test_one_distribution_using_SSL_and_TLS", ORIGIN_TLS, toOrigin({ originSslProtocols: ["SSLv3", "TLSv1.2"] })],
    ["test_one_distribution_using_SSL_and_bad_TLS", ORIGIN_TLS, toOrigin({ originSslProtocols: ["SSLv3", "TLSv1"] })],
  ),
  ...catches("prowler", "cloudfront_distributions_using_waf", [
    "test_one_distribution_no_waf",
    ACL,
    alone({ webAclId: "" }),
  ]),
  ...catches("prowler", "cloudfront_distributions_logging_enabled", [
    "test_one_distribution_logging_disabled_realtime_disabled",
    LOG,
    alone(),
    LOGGED,
  ]),
  ...catches("prowler", "cloudfront_distributions_custom_ssl_certificate", [
    "test_distribution_default_certificate",
    VIEWER_TLS,
    certificate({ cloudfrontDefaultCertificate: true }),
  ]),

  ...catches("Pulumi", "aws-cloudfront-distribution-configure-waf", ["#2", ACL, alone({ webAclId: "" })]),
  ...misses(
    "Pulumi",
    "aws-cloudfront-distribution-configure-waf",
    [
      "a web ACL without rules",
      "sees one resource at a time, and takes any text for an ACL",
      ACL,
      behindAcl({ defaultAction: { allow: {} }, rules: [] }),
    ],
    [
      "a regional web ACL",
      "sees one resource at a time, and takes any text for an ACL",
      `${ACL} fd-wafv2-web-acl-scope`,
      behindAcl({ scope: "REGIONAL", rules: [{ name: "rate" }] }),
    ],
  ),
  ...catches(
    "Pulumi",
    "aws-cloudfront-distribution-disallow-unencrypted-traffic",
    ["#2", HTTPS, behaviour({ viewerProtocolPolicy: "allow-all" })],
    ["#3", HTTPS, ordered("allow-all")],
  ),
  ...catches("Pulumi", "aws-cloudfront-distribution-enable-tls-to-origin", [
    "#2",
    ORIGIN_TLS,
    toOrigin({ originProtocolPolicy: "" }),
  ]),
  ...catches("Pulumi", "aws-cloudfront-distribution-configure-secure-tls-to-origin", [
    "#2",
    ORIGIN_TLS,
    toOrigin({ originSslProtocols: ["TLSv1.2", "TLSv1"] }),
  ]),
  ...catches("Pulumi", "aws-cloudfront-distribution-configure-secure-tls", [
    "#2",
    VIEWER_TLS,
    certificate({ ...OWN, minimumProtocolVersion: "" }),
  ]),
  ...catches("Pulumi", "aws-cloudfront-distribution-enable-access-logging", ["#2", LOG, alone(), LOGGED]),
  ...catches("Pulumi", "aws-cloudfront-distribution-configure-access-logging", [
    "#2",
    LOG,
    alone({ loggingConfig: { bucket: "" } }),
    LOGGED,
  ]),
];
