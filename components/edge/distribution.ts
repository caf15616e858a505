import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cutName, legalNames } from "../shared/legalNames";
import { CLOUDFRONT_POLICIES, NEVER_KEPT, SECURITY_HEADERS } from "../../contract/aws/cloudfront";
import { DISTRIBUTION_COMMENT_LENGTH } from "../../contract/aws/names";
import { aliasRecords } from "../shared/aliasRecords";
import type { LogArgs } from "../shared/logs";
import { logAccess } from "./accessLog";

export interface EdgeDomainArgs {
  /** Fully qualified domain name, such as `agent.example.com`. */
  name: pulumi.Input<string>;
  /** ARN of an ACM certificate for the name, in us-east-1. */
  certificateArn: pulumi.Input<string>;
  /**
   * Id of the Route 53 hosted zone in which the name's records are created. Plain as to whether it is set.
   * @default - no record
   */
  hostedZoneId?: pulumi.Input<string>;
}

export interface EdgeDistributionArgs extends LogArgs {
  /** The Function URL behind the edge, with the auth type `AWS_IAM`. */
  functionUrl: pulumi.Input<string>;
  /** Name of the function that the URL belongs to. */
  functionName: pulumi.Input<string>;
  /**
   * Alias that the URL belongs to. Permissions of the function itself do not apply to an alias.
   * @default - none
   */
  functionAlias?: pulumi.Input<string>;
  /** ARN of a web ACL of scope CLOUDFRONT. */
  webAclArn: pulumi.Input<string>;
  /**
   * Longest time between two packets of the function's answer, and before the first one, seconds.
   * @default 60
   */
  readTimeoutSeconds?: pulumi.Input<number>;
  /**
   * Your own domain. Plain: it decides whether records exist.
   * @default - the distribution's domain at CloudFront
   */
  domain?: EdgeDomainArgs;
  /**
   * ARN of a published version of a Lambda@Edge function that hashes bodies, from `EdgeSigner`. Plain: whether it is set decides if there is
   * an association.
   * @default - none: clients send `x-amz-content-sha256` with every body
   */
  bodySignerArn?: pulumi.Input<string>;
  /**
   * Whether CloudFront logs every request, without paths, queries, cookies and headers, to a log group in us-east-1. Plain: it decides whether
   * the group exists.
   * @default false
   */
  accessLog?: boolean;
}

/** CloudFront in front of a streaming Function URL. CloudFront signs every request that its web ACL lets through. */
export class EdgeDistribution extends pulumi.ComponentResource {
  /** Base URL without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  public readonly distributionArn: pulumi.Output<string>;
  public readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: EdgeDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:EdgeDistribution", name, args, legalNames(opts));
    const parent = { parent: this };
    const { domain } = args;

    const access = new aws.cloudfront.OriginAccessControl(
      `${name}-oac`,
      { originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4" },
      parent,
    );
    const headers = new aws.cloudfront.ResponseHeadersPolicy(
      `${name}-headers`,
      { securityHeadersConfig: securityHeaders() },
      parent,
    );
    const distribution = new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: cutName(name, DISTRIBUTION_COMMENT_LENGTH),
        isIpv6Enabled: IPV6,
        httpVersion: "http2and3",
        webAclId: args.webAclArn,
        ...(domain && { aliases: [domain.name] }),
        origins: [
          {
            originId: ORIGIN,
            domainName: pulumi.output(args.functionUrl).apply(hostOf),
            originAccessControlId: access.id,
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
              originReadTimeout: args.readTimeoutSeconds ?? 60,
            },
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: ORIGIN,
          viewerProtocolPolicy: "https-only",
          // CloudFront offers three sets of methods; only the set of all methods includes POST.
          allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: CLOUDFRONT_POLICIES.cachingDisabled,
          originRequestPolicyId: CLOUDFRONT_POLICIES.allViewerExceptHostHeader,
          responseHeadersPolicyId: headers.id,
          // Compression would buffer small events until a block is full.
          compress: false,
          ...(args.bodySignerArn !== undefined && {
            lambdaFunctionAssociations: [
              { eventType: "origin-request", lambdaArn: args.bodySignerArn, includeBody: true },
            ],
          }),
        },
        // Without this, CloudFront would serve one caller's error to the next caller.
        customErrorResponses: NEVER_KEPT.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: domain
          ? {
              acmCertificateArn: domain.certificateArn,
              sslSupportMethod: "sni-only",
              minimumProtocolVersion: "TLSv1.2_2021",
            }
          : { cloudfrontDefaultCertificate: true },
      },
      parent,
    );
    allowCloudFront(name, args, distribution.arn, parent);
    if (args.accessLog ?? false) logAccess(name, distribution.arn, args, parent);
    if (domain) {
      const target = { name: distribution.domainName, zoneId: distribution.hostedZoneId };
      aliasRecords(name, { domain: domain.name, hostedZoneId: domain.hostedZoneId, target, ipv6: IPV6 }, parent);
    }

    this.url = pulumi.interpolate`https://${domain?.name ?? distribution.domainName}`;
    this.distributionArn = distribution.arn;
    this.distributionId = distribution.id;
    this.registerOutputs({ url: this.url, distributionArn: this.distributionArn, distributionId: this.distributionId });
  }
}

const ORIGIN = "function-url";

/** The distribution answers over IPv6, and its records agree. */
const IPV6 = true;

/** The host of a URL that may end in a slash. */
function hostOf(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/\/.*$/, "");
}

function securityHeaders(): aws.types.input.cloudfront.ResponseHeadersPolicySecurityHeadersConfig {
  const { hstsSeconds, contentSecurityPolicy, frameOption, referrerPolicy } = SECURITY_HEADERS;
  return {
    strictTransportSecurity: { accessControlMaxAgeSec: hstsSeconds, includeSubdomains: true, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption, override: true },
    referrerPolicy: { referrerPolicy, override: true },
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
  };
}

/** A Function URL requires both permissions. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function allowCloudFront(
  name: string,
  { functionName, functionAlias: qualifier }: EdgeDistributionArgs,
  sourceArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const fn = { function: functionName, ...(qualifier !== undefined && { qualifier }) };
  const cloudfront = { ...fn, principal: "cloudfront.amazonaws.com", sourceArn };
  new aws.lambda.Permission(
    `${name}-url`,
    { ...cloudfront, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
    opts,
  );
  new aws.lambda.Permission(
    `${name}-function`,
    { ...cloudfront, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
    opts,
  );
}
