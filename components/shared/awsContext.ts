import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Partition, Region and account id of the stack, for building ARNs. */
export function awsContext(
  opts: pulumi.InvokeOptions,
): Record<"partition" | "region" | "accountId", pulumi.Output<string>> {
  const { partition } = aws.getPartitionOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return { partition, region, accountId };
}
