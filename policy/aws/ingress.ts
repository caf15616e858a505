import type { StackResource } from "../model/graph";
import { is, list, or, some, UNKNOWN, type Truth } from "../model/value";

/** Ways in from outside that are none of the front door's: a request by them meets none of the doors' checks. */
const WAYS_IN: readonly string[] = [
  "aws:alb/listener:Listener",
  "aws:amplify/app:App",
  "aws:apigatewayv2/api:Api",
  "aws:apprunner/service:Service",
  "aws:appsync/api:Api",
  "aws:appsync/graphQLApi:GraphQLApi",
  "aws:cloudfront/distributionTenant:DistributionTenant",
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
  "aws:elasticbeanstalk/environment:Environment",
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:globalaccelerator/listener:Listener",
  "aws:iot/topicRule:TopicRule",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:lb/listener:Listener",
  "aws:lightsail/containerService:ContainerService",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
  "aws:vpclattice/listener:Listener",
  // Another provider's names of what the rules know by the aws provider's alone.
  "aws-native:apigateway:RestApi",
  "aws-native:apigatewayv2:Api",
  "aws-native:apprunner:Service",
  "aws-native:appsync:Api",
  "aws-native:appsync:GraphQlApi",
  "aws-native:bedrockagentcore:Gateway",
  "aws-native:cloudfront:Distribution",
  "aws-native:elasticloadbalancingv2:Listener",
  "aws-native:iot:TopicRule",
  "aws-native:lambda:EventSourceMapping",
  "aws-native:lambda:Permission",
  "aws-native:lambda:Url",
  "aws-native:vpclattice:Listener",
];

const BUCKETS: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource";
/** Templates, in which anything may stand. */
const TEMPLATES: readonly string[] = ["aws:cloudformation/stack:Stack", "aws:cloudformation/stackSet:StackSet"];

/** Types that are a way in, or that may be one. */
export const INGRESS_TYPES: readonly string[] = [...WAYS_IN, ...BUCKETS, CLOUD_CONTROL, ...TEMPLATES];

/** `AWS::Lambda::Url` for `aws-native:lambda:Url`. */
const NATIVE = new Set(
  WAYS_IN.flatMap((type) => /^aws-native:(.+):(.+)$/.exec(type)?.slice(1).join("::").toLowerCase() ?? []),
);

/** Whether a resource is a way in past the doors. */
export function isWayIn({ type, props }: StackResource): Truth {
  if (TEMPLATES.includes(type)) return UNKNOWN;
  if (type === CLOUD_CONTROL)
    return is(props["typeName"], (known) =>
      NATIVE.has(
        String(known)
          .replace(/^AWS::/i, "")
          .toLowerCase(),
      ),
    );
  if (!BUCKETS.includes(type)) return WAYS_IN.includes(type);
  return or(...["website", "websites"].map((property) => hasWebsite(props[property])));
}

/** Providers write an empty website where there is none. */
const hasWebsite = (value: unknown): Truth =>
  some(list(value), (each) => is(each, (known) => Object.keys(known as object).length > 0));
