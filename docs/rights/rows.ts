import { BASE } from "./base";
import { REST } from "./rest";
import { EDGE } from "./edge";
import { USERS } from "./users";
import { NETWORK } from "./network";
import { OPERATIONS } from "./operations";
import { SAMPLE_AGENT } from "./sampleAgent";
import type { RightsByType } from "./rights";

/**
 * The actions by resource type: of the provider's calls, which are those of the Terraform provider that it is built on
 * (https://github.com/hashicorp/terraform-provider-aws), and what AWS asks for in addition, such as `iam:PassRole`
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
export const RIGHTS: RightsByType = {
  ...BASE,
  ...REST,
  ...EDGE,
  ...USERS,
  ...NETWORK,
  ...OPERATIONS,
  ...SAMPLE_AGENT,
};

/** What every preview and update calls, whatever the stack has: the account, and the zones of a new VPC. */
export const ALWAYS = ["sts:GetCallerIdentity", "ec2:DescribeAvailabilityZones"];
