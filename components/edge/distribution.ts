import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT_POLICIES, NEVER_KEPT, SECURITY_HEADERS } from "../../contract/aws/cloudfront";
import { aliasRecords } from "../shared/aliasRecords";

export interface EdgeDomainArgs {
  /** Fully qualified, such as `agent.example.com`. */
  name: pulumi.Input<string>;
  /** ARN of an ACM certificate for the name, in us-east-1. */
  certificateArn: pulumi.Input<string>;
  /**
   * Hosted zone of Route 53 that gets the name's records. Plain: it decides whether they exist.
   * @default - no record
   */
  hostedZoneId?: string;
}

export interface EdgeDistributionArgs {
  /** The Function URL behind the edge, `AWS_IAM`. */
  functionUrl: pulumi.Input<string>;
  /** Name of the function that the URL belongs to. */
  functionName: pulumi.Input<string>;
  /**
   * Alias that the URL is on: permissions of the function itself do not count for it.
   * @default - none
   */
  functionAlias?: pulumi.Input<string>;
  /** ARN of a web ACL of scope CLOUDFRONT. */
  webAclArn: pulumi.Input<string>;
  /**
   * Longest silence of the function, also before its first byte, seconds.
   * @default 60
   */
  readTimeoutSeconds?: pulumi.Input<number>;
  /**
   * A domain of one's own. Plain: it decides whether records exist.
   * @default - CloudFront's own domain
   */
  domain?: EdgeDomainArgs;
  /**
   * ARN of a published version of a Lambda@Edge function that hashes bodies, from `EdgeSigner`. Plain as to whether there is one.
   * @default - none: clients send `x-amz-content-sha256` with every body
   */
  bodySignerArn?: pulumi.Input<string>;
}

/** CloudFront in front of a streaming Function URL: it signs for everybody who passes its web ACL, and nobody else gets in. */
export class EdgeDistribution extends pulumi.ComponentResource {
  /** Base URL without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  public readonly distributionArn: pulumi.Output<string>;
  public readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: EdgeDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:EdgeDistribution", name, args, opts);
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
        comment: name,
        isIpv6Enabled: true,
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
          // CloudFront knows three sets of methods; the one with POST has all.
          allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: CLOUDFRONT_POLICIES.cachingDisabled,
          originRequestPolicyId: CLOUDFRONT_POLICIES.allViewerExceptHostHeader,
          responseHeadersPolicyId: headers.id,
          // A compressor holds back what it has not filled a block with.
          compress: false,
          ...(args.bodySignerArn !== undefined && {
            lambdaFunctionAssociations: [
              { eventType: "origin-request", lambdaArn: args.bodySignerArn, includeBody: true },
            ],
          }),
        },
        // One caller's failure is not the next one's answer.
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
    allow(name, args, distribution.arn, parent);
    if (domain) {
      const target = { name: distribution.domainName, zoneId: distribution.hostedZoneId };
      aliasRecords(name, { domain: domain.name, hostedZoneId: domain.hostedZoneId, target }, parent);
    }

    this.url = pulumi.interpolate`https://${domain?.name ?? distribution.domainName}`;
    this.distributionArn = distribution.arn;
    this.distributionId = distribution.id;
    this.registerOutputs({ url: this.url, distributionArn: this.distributionArn, distributionId: this.distributionId });
  }
}

const ORIGIN = "function-url";

/** `https://<host>/` or without the slash. */
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

/** A Function URL asks for both. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function allow(
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
