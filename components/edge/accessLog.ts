import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT_REGION, EDGE_LOG_FIELDS, VENDED_LOG_PREFIX } from "../../contract/aws/cloudfront";
import { LOG_NAME_LENGTH } from "../../contract/aws/names";
import { cutName } from "../shared/legalNames";
import { logGroupArgs, type LogArgs } from "../shared/logs";

/**
 * Delivers a distribution's access log to a log group. Both are in us-east-1, as is everything of CloudFront. AWS itself lets its delivery
 * write to groups with this prefix.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function logAccess(
  name: string,
  distributionArn: pulumi.Output<string>,
  logs: LogArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const region = CLOUDFRONT_REGION;
  const group = new aws.cloudwatch.LogGroup(
    `${name}-access-log`,
    { region, namePrefix: `${VENDED_LOG_PREFIX}${cutName(name, LOG_NAME_LENGTH)}-`, ...logGroupArgs(logs) },
    opts,
  );
  const source = new aws.cloudwatch.LogDeliverySource(
    `${name}-access-log`,
    { region, logType: "ACCESS_LOGS", resourceArn: distributionArn },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-access-log`,
    {
      region,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    `${name}-access-log`,
    {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: [...EDGE_LOG_FIELDS],
    },
    // The provider cannot change the fields in place: https://github.com/hashicorp/terraform-provider-aws/issues/48527
    { ...opts, replaceOnChanges: ["recordFields"], deleteBeforeReplace: true },
  );
}
