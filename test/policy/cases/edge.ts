import { declare } from "../support/declare";
import { says, STRANGER, stops, type Change } from "./case";

export const EDGE: readonly Change[] = [
  stops("url", "CORS for pages over plain http, with credentials", "fd-lambda-function-url-cors", (program) => {
    program.set(program.get("functionUrl"), "cors", {
      allowOrigins: ["http://evil.example"],
      allowCredentials: true,
      allowMethods: ["POST"],
    });
    return [];
  }),
  stops("domain", "a cache in front of the API's own domain", "fd-cloudfront-no-caching", (program) => [
    declare("distribution", "edge", {
      enabled: true,
      webAclId: program.get("webAcl").out("arn"),
      origins: [
        {
          originId: "api",
          domainName: program.get("domainName").out("regionalDomainName"),
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "api",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    }),
  ]),
  stops(
    "public-edge",
    "a function of another account at the edge that sees each body",
    "fd-stack-accounts",
    (program) => {
      program.set(program.get("distribution"), "defaultCacheBehavior.lambdaFunctionAssociations", [
        {
          eventType: "origin-request",
          includeBody: true,
          lambdaArn: `arn:aws:lambda:us-east-1:${STRANGER}:function:theirs:3`,
        },
      ]);
      return [];
    },
  ),
  says("url", "a streaming Function URL whose function is in a VPC", "fd-lambda-function-url-streaming", (program) => {
    program.set(program.get("function"), "vpcConfig", {
      subnetIds: ["subnet-0a1b2c3d4e5f60718"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60718"],
    });
    return [];
  }),
  says("public-edge", "a distribution of another provider in front of the URL", "fd-stack-ingress", (program) => [
    declare("aws-native:cloudfront:Distribution", "second", {
      distributionConfig: {
        enabled: true,
        origins: [{ id: "url", domainName: program.get("functionUrl").out("functionUrl") }],
      },
    }),
  ]),
];
