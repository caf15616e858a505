import { of, type RightsByType } from "./rights";

/** CloudFront, the key of session ids, and records of domains. */
export const EDGE: RightsByType = {
  "aws:route53/record:Record": {
    policy: "edge",
    read: of("route53", "GetHostedZone ListResourceRecordSets"),
    write: of("route53", "ChangeResourceRecordSets GetChange"),
  },
  "aws:cloudfront/distribution:Distribution": {
    policy: "edge",
    read: of("cloudfront", "GetDistribution ListTagsForResource"),
    write: [
      ...of("cloudfront", "CreateDistribution UpdateDistribution DeleteDistribution TagResource UntagResource"),
      // The web ACL, and with edgeSigner the function: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
      ...of("wafv2", "GetWebACL"),
      ...of("lambda", "GetFunction EnableReplication*"),
      "iam:CreateServiceLinkedRole",
    ],
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    policy: "edge",
    read: of("cloudfront", "GetOriginAccessControl"),
    write: of("cloudfront", "CreateOriginAccessControl UpdateOriginAccessControl DeleteOriginAccessControl"),
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    policy: "edge",
    read: of("cloudfront", "GetResponseHeadersPolicy"),
    write: of("cloudfront", "CreateResponseHeadersPolicy UpdateResponseHeadersPolicy DeleteResponseHeadersPolicy"),
  },
  "aws:kms/key:Key": {
    policy: "edge",
    read: of("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
    write: of(
      "kms",
      "CreateKey PutKeyPolicy UpdateKeyDescription EnableKey DisableKey ScheduleKeyDeletion TagResource UntagResource",
    ),
  },
};
