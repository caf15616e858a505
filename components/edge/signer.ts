import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { bundleEdgeSigner } from "../function/bundle";
import { awsContext } from "../shared/awsContext";
import { createLogGroupStatement, trustPolicy, writeLogStatement } from "../function/roles";

export interface EdgeSignerArgs {
  /**
   * Memory of the function, megabytes.
   * @default 128
   */
  memoryMb?: pulumi.Input<number>;
}

/**
 * A Lambda@Edge function that hashes request bodies, for clients that cannot send `x-amz-content-sha256`. It runs in a region near the viewer
 * and logs there, in the group /aws/lambda/us-east-1.<name>, which Lambda creates.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export class EdgeSigner extends pulumi.ComponentResource {
  /** ARN of the published version, for `EdgeDistribution`. */
  public readonly qualifiedArn: pulumi.Output<string>;

  constructor(name: string, args: EdgeSignerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:EdgeSigner", name, args, legalNames(opts));
    const parent = { parent: this };

    const assumeRolePolicy = trustPolicy("lambda.amazonaws.com", "edgelambda.amazonaws.com");
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy }, parent);
    const fn = new aws.lambda.Function(
      name,
      {
        region: CLOUDFRONT_REGION,
        // Lambda@Edge requires x86_64 and a published version. It supports no environment variables, no VPC and no custom log group.
        runtime: "nodejs22.x",
        architectures: ["x86_64"],
        handler: "index.handler",
        code: bundleEdgeSigner(),
        role: role.arn,
        timeout: TIMEOUT_SECONDS,
        memorySize: args.memoryMb ?? 128,
        publish: true,
      },
      parent,
    );
    const { partition, accountId } = awsContext(parent);
    const groups = pulumi.interpolate`arn:${partition}:logs:*:${accountId}:log-group:/aws/lambda/${CLOUDFRONT_REGION}.${fn.name}`;
    new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: allowLogs(groups) }, parent);

    this.qualifiedArn = fn.qualifiedArn;
    this.registerOutputs({ qualifiedArn: this.qualifiedArn });
  }
}

/** Hashing one megabyte needs some milliseconds; the rest of the time is for a cold start. */
const TIMEOUT_SECONDS = 5;

function allowLogs(groups: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [createLogGroupStatement(groups), writeLogStatement(groups)],
  });
}
