/** What a name may be at most, and which property has it. */
export interface NameRule {
  readonly property: string;
  /** Characters. */
  readonly longest: number;
  /** Whether the name is in lower case. */
  readonly lowerCase?: boolean;
}

/** The longest name that the provider makes if a type has no rule of its own. https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go (`SetAutonaming`) */
const LONGEST = 255;

/** What the provider adds to a logical name: a hyphen and seven characters. https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
export const AUTONAME_SUFFIX = 8;

/**
 * Types whose names are made by the provider, with the lesser of what the provider makes and what the service accepts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
 */
export const NAME_RULES: Readonly<Record<string, NameRule>> = {
  "aws:apigateway/apiKey:ApiKey": { property: "name", longest: LONGEST },
  "aws:apigateway/authorizer:Authorizer": { property: "name", longest: 128 },
  "aws:apigateway/requestValidator:RequestValidator": { property: "name", longest: LONGEST },
  "aws:apigateway/restApi:RestApi": { property: "name", longest: LONGEST },
  "aws:apigateway/usagePlan:UsagePlan": { property: "name", longest: LONGEST },
  "aws:cloudfront/originAccessControl:OriginAccessControl": { property: "name", longest: 64 },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": { property: "name", longest: 128 },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": { property: "name", longest: 60 },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": { property: "name", longest: 60 },
  "aws:cloudwatch/logGroup:LogGroup": { property: "name", longest: LONGEST },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { property: "name", longest: LONGEST },
  "aws:cognito/userPool:UserPool": { property: "name", longest: 128 },
  "aws:cognito/userPoolClient:UserPoolClient": { property: "name", longest: 128 },
  "aws:ec2/securityGroup:SecurityGroup": { property: "name", longest: LONGEST },
  "aws:iam/role:Role": { property: "name", longest: 64 },
  "aws:iam/rolePolicy:RolePolicy": { property: "name", longest: 128 },
  "aws:lambda/function:Function": { property: "name", longest: 64 },
  "aws:lambda/permission:Permission": { property: "statementId", longest: 100 },
  "aws:s3/bucket:Bucket": { property: "bucket", longest: 63, lowerCase: true },
  "aws:wafv2/ipSet:IpSet": { property: "name", longest: 128 },
  "aws:wafv2/webAcl:WebAcl": { property: "name", longest: 128 },
};

/** Longest comment of a CloudFront distribution, characters. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
export const DISTRIBUTION_COMMENT_LENGTH = 128;

/** What of a log group's 512 characters is for the program, if the provider adds 26 to a prefix, and another prefix and a hyphen stand around it. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const LOG_NAME_LENGTH = 400;
