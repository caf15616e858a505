import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Partition, Region and account that a provider deploys to, and the id of the principal that it deploys as. */
export type AwsContext = Readonly<Record<"partition" | "region" | "accountId" | "userId", pulumi.Output<string>>>;

/**
 * What the provider in use says of itself, which is that of `opts` or of the parent; each part is asked for when it is read. Nothing else in
 * this room reads it, and nothing reads the default provider's config: a component can have a provider of another Region or account.
 */
export function awsContext(opts: pulumi.InvokeOptions): AwsContext {
  return {
    get partition() {
      return known(aws.getPartitionOutput({}, opts).partition);
    },
    get region() {
      return known(aws.getRegionOutput({}, opts).region);
    },
    get accountId() {
      return known(aws.getCallerIdentityOutput({}, opts).accountId);
    },
    get userId() {
      return known(aws.getCallerIdentityOutput({}, opts).userId);
    },
  };
}

/**
 * The Region of the default provider if a component with these options uses it; undefined if the Region comes from another provider or from a
 * profile, and only {@link awsContext} has it.
 */
export function defaultRegion({ provider, providers = {}, parent }: pulumi.ComponentResourceOptions = {}):
  string | undefined {
  const named = [provider, ...Object.values(providers)].some((each) => aws.Provider.isInstance(each));
  const isExplicit = named || "aws" in providers || parent?.getProvider("aws:index/getRegion:getRegion") !== undefined;
  return isExplicit ? undefined : aws.config.region;
}

/** Before its own config is known, a provider answers a preview without values: they are unknown then, and not undefined. */
function known(value: pulumi.Output<string>): pulumi.Output<string> {
  return value.apply((text: string | undefined) => text ?? (pulumi.unknown as unknown as string));
}
