/** One thing that the provider or AWS does in an update, and how it is known. */
export interface Behaviour {
  readonly says: string;
  /** A file of the provider or of Pulumi, or the page of a service. */
  readonly source: string;
  /** `seen`: read there; `believed`: inferred or remembered, to be replaced by what AWS shows. */
  readonly known: "seen" | "believed";
}

/**
 * All that is modelled. Each is on by default and can be switched off alone (`new Cloud(place, { without: ["nameClashes"] })`);
 * test/engine/model/behaviours.test.ts shows for each what goes unnoticed without it. The table of test/engine/README.md is this one.
 */
export const BEHAVIOURS = {
  nameLengths: {
    says: "A name that the provider makes is the logical name, `-` and seven random characters; a longer one than the type takes is refused in the preview: 64 for roles and functions, 63 for buckets (in lower case), 100 for statement ids, 255 for all others",
    source: "pulumi-terraform-bridge `info/autonaming.go`, pulumi-aws `resources.go`",
    known: "seen",
  },
  serviceNames: {
    says: "What each service takes as a name: letters and greatest lengths, also for a name that the provider made",
    source: "the services' API references",
    known: "believed",
  },
  keptNames: {
    says: "A name that the provider made stays over updates, through `__defaults`",
    source: "pulumi-terraform-bridge `schema.go`",
    known: "seen",
  },
  requiredInputs: {
    says: "A required input that is left out, or whose output has no value, is refused in the preview",
    source: "@pulumi/aws, which is made from the provider's schema",
    known: "seen",
  },
  conflictingInputs: {
    says: "Inputs that exclude each other, and choices that none or two inputs make, are refused in the preview",
    source: "terraform-provider-aws, `ConflictsWith` and `ExactlyOneOf` of the resource's own file",
    known: "believed",
  },
  allowedValues: {
    says: "A value outside an enum or a range of the provider is refused in the preview",
    source: "terraform-provider-aws, `ValidateFunc` of the resource's own file",
    known: "believed",
  },
  replacingProperties: {
    says: "A change of some properties makes another object; of `lambda.Permission`, of every one",
    source:
      "terraform-provider-aws, `ForceNew` of the resource's own file (Lambda's permission and URL and API Gateway's deployment and authorizer seen)",
    known: "believed",
  },
  namedObjectsGoFirst: {
    says: "An object with a name from the program is deleted before it is replaced",
    source: "pulumi-terraform-bridge `schema.go`, `nameRequiresDeleteBeforeReplace`",
    known: "seen",
  },
  meaning: {
    says: "Policies and other JSON are compared by what they say, assets by their hash",
    source: "terraform-plugin-sdk, `DiffSuppressFunc`",
    known: "believed",
  },
  optionalComputed: {
    says: "What is Optional and Computed stays as it is if the program leaves it out: `disableExecuteApiEndpoint`",
    source: "terraform-provider-aws `apigateway/rest_api.go`",
    known: "seen",
  },
  returnedForms: {
    says: "AWS returns an account id as the root ARN of its partition; the next update compares with that",
    source: "Lambda, terraform-provider-aws `lambda/permission.go`",
    known: "believed",
  },
  emptyOutputs: {
    says: "An answer leaves out what is empty, so that it is unknown in every preview",
    source: "Pulumi SDK, `runtime/rpc.ts`; cases of this project",
    known: "seen",
  },
  nameClashes: {
    says: "Of what has a name in an account or below another object, there is one with each name, whichever stack made it",
    source: "the services' API references",
    known: "believed",
  },
  putReplaces: {
    says: "What is put is keyed by another object's ARN or name: a put replaces what is there, a delete removes it, whoever put it; nothing there is no error",
    source: "AgentCore API reference, terraform-provider-aws `bedrockagentcore/resource_policy.go`",
    known: "seen",
  },
  principalsExist: {
    says: "A principal of the own account that AgentCore's policies name must exist",
    source: "AgentCore, `PutResourcePolicy`",
    known: "believed",
  },
  policyLength: {
    says: "A policy of AgentCore has at most 20,480 letters",
    source: "AgentCore API reference, `PutResourcePolicy`",
    known: "seen",
  },
  functionPolicySize: {
    says: "The resource policy of a function, or of an alias, has at most 20,480 bytes",
    source: "Lambda quotas",
    known: "believed",
  },
  urlIdentity: {
    says: "A Function URL belongs to function and qualifier: for another alias there is another address",
    source: "terraform-provider-aws `lambda/function_url.go`",
    known: "seen",
  },
  urlRegions: {
    says: "Function URLs do not exist in eleven Regions",
    source: "Lambda, creating and managing function URLs",
    known: "seen",
  },
  concurrencyQuota: {
    says: "Reserved concurrency is refused if it leaves less than 10 unreserved in a new account, whose quota is 10, or less than 100 in another, whose quota is 1,000",
    source: "Lambda's error text in public issues, and its page of reserved concurrency",
    known: "seen",
  },
  rolesExist: {
    says: "A function or runtime whose role is not there is refused",
    source: "Lambda, `CreateFunction`",
    known: "believed",
  },
  networkInterfaces: {
    says: "The network interfaces of a function in a VPC outlive it, go only with the right of its role, and hold security groups and subnets until then",
    source: "Lambda, functions in a VPC",
    known: "believed",
  },
  privateDns: {
    says: "One interface endpoint of a VPC has the private DNS name of a service, whichever stack made it",
    source: "EC2's error text, terraform-provider-aws issue 17535",
    known: "seen",
  },
  snapshotParts: {
    says: "A deployment is a snapshot of methods, integrations, responses, authorizers, models and the execute-api switch",
    source: "API Gateway, deploy REST APIs",
    known: "believed",
  },
  snapshotPolicies: {
    says: "A deployment is a snapshot of the resource policy: a changed or deleted one is felt after the next deployment",
    source: "API Gateway, create and attach a resource policy",
    known: "seen",
  },
  deployable: {
    says: "A deployment needs methods, an integration of each, and a resource policy if the API is private",
    source: "API Gateway, deploy REST APIs; create and attach a resource policy",
    known: "seen",
  },
  loggingRole: {
    says: "A stage that logs is refused if the account's settings name no role",
    source: "API Gateway's error text in public issues",
    known: "seen",
  },
  loggingRights: {
    says: "The account's settings take a role only if a policy is on it",
    source: "terraform-provider-aws `apigateway/account.go`, the error that it retries",
    known: "seen",
  },
  accountReset: {
    says: "The end of `apigateway.Account` resets the settings, for every API of the Region",
    source: "terraform-provider-aws, upgrade guide of version 6 (older ones leave the settings)",
    known: "seen",
  },
  inUse: {
    says: "AWS keeps what another object uses: a deployment with a stage, a web ACL and an IP set, an origin access control, a headers policy",
    source: "the services' API references",
    known: "believed",
  },
  ipv4Domains: {
    says: "An AAAA record that points to an IPv4-only domain of API Gateway answers nothing",
    source: "API Gateway, `ipAddressType` of a domain name",
    known: "believed",
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof BEHAVIOURS;
