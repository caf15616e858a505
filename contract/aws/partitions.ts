/** A partition: Regions with accounts, ARNs and hosts of their own. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
interface Partition {
  /** What its Regions begin with. */
  readonly regions: string;
  /** The domain of its services' hosts. https://docs.aws.amazon.com/general/latest/gr/rande.html, https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html */
  readonly dnsSuffix: string;
  /** Host of the login page of a user pool with a prefix domain, after the prefix and a dot; undefined if it has no user pools. */
  readonly loginHost?: (region: string) => string;
}

/**
 * The partitions, the narrower beginning of a Region first. AWS GovCloud (US) has FIPS login hosts only
 * (https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html); the Regions of China have no user pools
 * (https://docs.amazonaws.cn/en_us/aws/latest/userguide/cognito.html); the host of the European Sovereign Cloud is on the Public Suffix List
 * (https://publicsuffix.org/list/public_suffix_list.dat).
 */
const PARTITIONS: Readonly<Record<string, Partition>> = {
  "aws-cn": { regions: "cn-", dnsSuffix: "amazonaws.com.cn" },
  "aws-us-gov": {
    regions: "us-gov-",
    dnsSuffix: "amazonaws.com",
    loginHost: (region) => `auth-fips.${region}.amazoncognito.com`,
  },
  "aws-eusc": {
    regions: "eusc-",
    dnsSuffix: "amazonaws.eu",
    loginHost: (region) => `auth.cognito-idp.${region}.on.amazonwebservices.eu`,
  },
  "aws-iso": { regions: "us-iso-", dnsSuffix: "c2s.ic.gov" },
  "aws-iso-b": { regions: "us-isob-", dnsSuffix: "sc2s.sgov.gov" },
  "aws-iso-e": { regions: "eu-isoe-", dnsSuffix: "cloud.adc-e.uk" },
  "aws-iso-f": { regions: "us-isof-", dnsSuffix: "csp.hci.ic.gov" },
  aws: { regions: "", dnsSuffix: "amazonaws.com", loginHost: (region) => `auth.${region}.amazoncognito.com` },
};

/** The partition that a Region is in; a Region that is not known is in `aws`. */
export function partitionOf(region: string): string {
  return Object.entries(PARTITIONS).find(([, { regions }]) => region.startsWith(regions))?.[0] ?? "aws";
}

/** The domain that the hosts of a Region's services end with. */
export function dnsSuffixOf(region: string): string {
  return PARTITIONS[partitionOf(region)]?.dnsSuffix ?? "amazonaws.com";
}

/** Host of the login pages and token endpoints of user pools, after a pool's prefix and a dot; undefined in a Region without user pools. */
export function loginHostOf(region: string): string | undefined {
  return PARTITIONS[partitionOf(region)]?.loginHost?.(region);
}
