/** The inputs of a REST API's resource policy. */
export interface ResourcePolicyParts {
  /** For example `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5`. */
  readonly executionArn: string;
  readonly partition: string;
  /** Whether every route except preflights requires SigV4. */
  readonly signed: boolean;
  /** Whether the API answers preflights, which have no signature. If not, the policy denies them. */
  readonly preflights: boolean;
  /** The VPC endpoints of a private API; undefined for a public one. */
  readonly vpcEndpointIds?: readonly string[] | undefined;
  readonly allowIps: readonly string[];
  readonly denyIps: readonly string[];
  readonly accounts: readonly string[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: readonly string[] };
  readonly Action: "execute-api:Invoke";
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface ResourcePolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/**
 * The resource policy of a REST API. Without signatures, API Gateway requires an explicit allow, so the policy allows every caller and its denials
 * decide. With signatures, a principal of this account needs no allow in this policy, and `Allow *` would admit principals of every account. So
 * the policy then allows only the configured accounts, and preflights, which have no signature.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 *
 * With nothing to restrict, the policy is neutral: it does not change any caller's access. With signatures it denies plain HTTP, because a policy
 * needs a statement. API Gateway accepts only HTTPS, so this statement denies no request.
 *
 * Without preflights, the policy denies them. Pulumi deletes resources last, so the methods that answered preflights are still part of the
 * deployment that is created when the last origin is removed. The policy is updated before that deployment.
 */
export function resourcePolicy(parts: ResourcePolicyParts): ResourcePolicy {
  const { executionArn, partition, signed, preflights, vpcEndpointIds, allowIps, denyIps, accounts } = parts;
  const all = { Action: "execute-api:Invoke", Resource: `${executionArn}/*` } as const;
  // Behind a VPC endpoint the caller's address is in `aws:VpcSourceIp`. `aws:SourceIp` is absent there, and the denial of an absent key denies all.
  const sourceIp = vpcEndpointIds === undefined ? "aws:SourceIp" : "aws:VpcSourceIp";
  const deny = (Sid: string, operator: string, key: string, values: readonly string[]): Statement[] =>
    values.length === 0
      ? []
      : [{ Sid, Effect: "Deny", Principal: "*", ...all, Condition: { [operator]: { [key]: [...values] } } }];
  const allow = (Sid: string, Principal: Statement["Principal"], Resource: string): Statement => ({
    Sid,
    Effect: "Allow",
    Principal,
    Action: all.Action,
    Resource,
  });
  return {
    Version: "2012-10-17",
    Statement: [
      ...deny("OnlyThroughTheEndpoints", "StringNotEquals", "aws:SourceVpce", vpcEndpointIds ?? []),
      ...deny("OnlyTheseAddresses", "NotIpAddress", sourceIp, allowIps),
      ...deny("NotTheseAddresses", "IpAddress", sourceIp, denyIps),
      ...(signed
        ? [
            ...deny("OnlyTls", "Bool", "aws:SecureTransport", ["false"]),
            ...(accounts.length > 0
              ? [allow("Accounts", { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) }, all.Resource)]
              : []),
            // `?*`: only paths below the root, because API Gateway answers preflights there.
            ...(preflights ? [allow("Preflights", "*", `${executionArn}/*/OPTIONS/?*`)] : []),
          ]
        : [allow("Everybody", "*", all.Resource)]),
      ...(preflights
        ? []
        : [{ ...allow("NoPreflights", "*", `${executionArn}/*/OPTIONS/*`), Effect: "Deny" } satisfies Statement]),
    ],
  };
}
