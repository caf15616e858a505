import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a stack deploys to, for ARNs that are made of their parts. */
export function here(opts: pulumi.InvokeOptions): Record<"partition" | "region" | "accountId", pulumi.Output<string>> {
  const { partition } = aws.getPartitionOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return { partition, region, accountId };
}
