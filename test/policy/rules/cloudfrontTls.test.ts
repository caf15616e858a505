import { originTls } from "../../../policy/rules/cloudfront/originTls";
import { viewerHttps } from "../../../policy/rules/cloudfront/viewerHttps";
import { viewerTls } from "../../../policy/rules/cloudfront/viewerTls";
import { testRule } from "../support/cases";
import { unknown, type Declared } from "../support/declare";
import { behaviour, bucket, control, distribution, KNOWN_HOST, origin } from "../support/edge";
import { testRemedies } from "../support/remedies";

const READS = ["GET", "HEAD", "OPTIONS"];
const redirectReads = { redirectReads: true };

function viewers(policy: unknown, allowedMethods?: unknown, props: object = {}): Declared {
  return distribution({
    defaultCacheBehavior: behaviour({
      viewerProtocolPolicy: policy,
      ...(allowedMethods !== undefined && { allowedMethods }),
    }),
    ...props,
  });
}

const path = (viewerProtocolPolicy: unknown, props: object = {}) => ({
  pathPattern: "/ping",
  ...behaviour({ viewerProtocolPolicy, allowedMethods: READS, ...props }),
});

testRule(viewerHttps, {
  pass: [
    { title: "https-only", resources: [viewers("https-only")] },
    {
      title: "https-only on every path",
      resources: [
        viewers("https-only", undefined, { orderedCacheBehaviors: [path("https-only"), path("https-only")] }),
      ],
    },
    {
      title: "a redirect of reads where it is allowed",
      settings: redirectReads,
      resources: [viewers("redirect-to-https", READS)],
    },
  ],
  fail: [
    {
      title: "allow-all",
      resources: [viewers("allow-all")],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "a redirect, which every other pack passes: it loses the body of a POST",
      resources: [viewers("redirect-to-https")],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "a redirect of reads where it is not allowed",
      resources: [viewers("redirect-to-https", READS)],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "a redirect of a POST where reads may be redirected",
      settings: redirectReads,
      resources: [viewers("redirect-to-https")],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "allow-all of reads where reads may be redirected",
      settings: redirectReads,
      resources: [viewers("allow-all", READS)],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "nothing said",
      resources: [viewers(undefined)],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "one path that allows all",
      resources: [viewers("https-only", undefined, { orderedCacheBehaviors: [path("https-only"), path("allow-all")] })],
      findings: [["edge", "orderedCacheBehaviors[1].viewerProtocolPolicy"]],
    },
  ],
  unknown: [
    {
      title: "a policy that is not known",
      resources: [viewers(unknown)],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
    {
      title: "paths that are not known",
      resources: [viewers("https-only", undefined, { orderedCacheBehaviors: unknown })],
      findings: [["edge", "orderedCacheBehaviors.viewerProtocolPolicy"]],
    },
    {
      title: "a redirect of methods that are not known, where reads may be redirected",
      settings: redirectReads,
      resources: [viewers("redirect-to-https", unknown)],
      findings: [["edge", "defaultCacheBehavior.viewerProtocolPolicy"]],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [control] }],
});

testRemedies(viewerHttps, [
  {
    title: "a redirect and a path that allows all",
    before: viewers("redirect-to-https", undefined, { orderedCacheBehaviors: [path("allow-all")] }),
    after: viewers("https-only", undefined, { orderedCacheBehaviors: [path("https-only")] }),
  },
]);

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d";

function domain(certificate: unknown = {}, aliases: unknown = ["agent.example.com"]): Declared[] {
  const right = {
    acmCertificateArn: CERTIFICATE,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  };
  const viewerCertificate = certificate === unknown ? unknown : { ...right, ...(certificate as object) };
  return [distribution({ aliases, viewerCertificate })];
}

testRule(viewerTls, {
  pass: [
    { title: "a domain with its certificate", resources: domain() },
    { title: "a later policy", resources: domain({ minimumProtocolVersion: "TLSv1.2_2025" }) },
    {
      title: "TLS 1.3, which the packs that want exactly TLSv1.2_2021 refuse",
      resources: domain({ minimumProtocolVersion: "TLSv1.3_2025" }),
    },
    {
      title: "a certificate of IAM",
      resources: domain({ acmCertificateArn: undefined, iamCertificateId: "ASCA1234" }),
    },
    { title: "a certificate that is not known yet", resources: domain({ acmCertificateArn: unknown }) },
    {
      title: "CloudFront's own domain and certificate, which sets the policy by itself",
      resources: [distribution()],
    },
    {
      title: "CloudFront's own domain with its old policy, as the provider answers it",
      resources: domain(
        { acmCertificateArn: "", cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1" },
        [],
      ),
    },
  ],
  fail: [
    {
      title: "TLSv1",
      resources: domain({ minimumProtocolVersion: "TLSv1" }),
      findings: [["edge", "viewerCertificate.minimumProtocolVersion"]],
    },
    {
      title: "TLSv1.2_2019",
      resources: domain({ minimumProtocolVersion: "TLSv1.2_2019" }),
      findings: [["edge", "viewerCertificate.minimumProtocolVersion"]],
    },
    {
      title: "no policy: it is TLSv1",
      resources: domain({ minimumProtocolVersion: undefined }),
      findings: [["edge", "viewerCertificate.minimumProtocolVersion"]],
    },
    {
      title: "CloudFront's certificate with an alias",
      resources: [distribution({ aliases: ["agent.example.com"] })],
      findings: [["edge", "viewerCertificate"]],
    },
    {
      title: "no certificate with an alias",
      resources: [distribution({ aliases: ["agent.example.com"], viewerCertificate: {} })],
      findings: [["edge", "viewerCertificate"]],
    },
    {
      title: "addresses of its own instead of SNI",
      resources: domain({ sslSupportMethod: "vip" }),
      findings: [["edge", "viewerCertificate.sslSupportMethod"]],
    },
    {
      title: "an alias that is not known yet, which is one nevertheless",
      resources: domain({ minimumProtocolVersion: "TLSv1.1_2016" }, [unknown]),
      findings: [["edge", "viewerCertificate.minimumProtocolVersion"]],
    },
  ],
  unknown: [
    {
      title: "aliases that are not known, with CloudFront's certificate",
      resources: [distribution({ aliases: unknown })],
      findings: [["edge", "viewerCertificate"]],
    },
    {
      title: "a policy that is not known",
      resources: domain({ minimumProtocolVersion: unknown }),
      findings: [["edge", "viewerCertificate.minimumProtocolVersion"]],
    },
    {
      title: "a certificate of which nothing is known",
      resources: domain(unknown),
      findings: [
        ["edge", "viewerCertificate"],
        ["edge", "viewerCertificate.minimumProtocolVersion"],
        ["edge", "viewerCertificate.sslSupportMethod"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [control] }],
});

const tls = (custom: object, props: object = {}) =>
  distribution({ origins: [origin({ domainName: KNOWN_HOST, originAccessControlId: "E1", ...props }, custom)] });
const PROTOCOL_POLICY = "origins[function-url].customOriginConfig.originProtocolPolicy";
const PROTOCOLS = "origins[function-url].customOriginConfig.originSslProtocols";

testRule(originTls, {
  pass: [
    { title: "https-only with TLS 1.2", resources: [tls({})] },
    {
      title: "https-only with TLS 1.2 and what follows it",
      resources: [tls({ originSslProtocols: ["TLSv1.2", "TLSv1.3"] })],
    },
    { title: "a bucket, which has no such configuration", resources: [distribution({ origins: [bucket()] })] },
    {
      title: "a bucket as the provider answers it",
      resources: [distribution({ origins: [bucket({ customOriginConfig: null })] })],
    },
  ],
  fail: [
    {
      title: "http-only",
      resources: [tls({ originProtocolPolicy: "http-only" })],
      findings: [["edge", PROTOCOL_POLICY]],
    },
    {
      title: "match-viewer, which leaves it to the caller",
      resources: [tls({ originProtocolPolicy: "match-viewer" })],
      findings: [["edge", PROTOCOL_POLICY]],
    },
    { title: "TLS 1.0", resources: [tls({ originSslProtocols: ["TLSv1"] })], findings: [["edge", PROTOCOLS]] },
    {
      title: "TLS 1.1 beside TLS 1.2",
      resources: [tls({ originSslProtocols: ["TLSv1.1", "TLSv1.2"] })],
      findings: [["edge", PROTOCOLS]],
    },
    { title: "no protocol", resources: [tls({ originSslProtocols: [] })], findings: [["edge", PROTOCOLS]] },
    {
      title: "nothing said",
      resources: [tls({ originProtocolPolicy: undefined, originSslProtocols: undefined })],
      findings: [
        ["edge", PROTOCOL_POLICY],
        ["edge", PROTOCOLS],
      ],
    },
    {
      title: "the second of two origins",
      resources: [
        distribution({ origins: [origin(), origin({ originId: "alb" }, { originProtocolPolicy: "http-only" })] }),
      ],
      findings: [["edge", "origins[alb].customOriginConfig.originProtocolPolicy"]],
    },
    {
      title: "an origin whose id has a space in it",
      resources: [tls({ originProtocolPolicy: "http-only" }, { originId: "my origin" })],
      findings: [["edge", "origins[0].customOriginConfig.originProtocolPolicy"]],
    },
  ],
  unknown: [
    {
      title: "a policy that is not known",
      resources: [tls({ originProtocolPolicy: unknown })],
      findings: [["edge", PROTOCOL_POLICY]],
    },
    {
      title: "a protocol that is not known",
      resources: [tls({ originSslProtocols: [unknown] })],
      findings: [["edge", PROTOCOLS]],
    },
    {
      title: "origins that are not known",
      resources: [distribution({ origins: unknown })],
      findings: [
        ["edge", "origins.customOriginConfig.originProtocolPolicy"],
        ["edge", "origins.customOriginConfig.originSslProtocols"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without distributions", resources: [control] }],
});

testRemedies(originTls, [
  {
    title: "match-viewer and TLS 1.0",
    before: distribution({
      origins: [
        origin({ domainName: unknown }, { originProtocolPolicy: "match-viewer", originSslProtocols: ["TLSv1"] }),
        bucket(),
      ],
    }),
    after: distribution({ origins: [origin({ domainName: unknown }), bucket()] }),
  },
  {
    title: "several protocols: their number cannot be changed",
    before: tls({ originSslProtocols: ["TLSv1", "TLSv1.2"] }),
  },
]);
