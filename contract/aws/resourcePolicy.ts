/** What a REST API's resource policy is made of. */
export interface ResourcePolicyParts {
  /** `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5`. */
  readonly executionArn: string;
  readonly partition: string;
  /** True where every route but a preflight takes SigV4. */
  readonly signed: boolean;
  /** True where browsers' preflights are answered: they come without a signature. */
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
 * The resource policy of a REST API. Without signatures an explicit allow is needed, so everybody is allowed and the denials decide. With
 * signatures a principal of this account needs no allow here, and `Allow *` would let in every account's: only the named accounts are
 * allowed, and preflights, which nobody signs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 *
 * With nothing to restrict the policy is neutral: it changes nobody's access. With signatures the denial of plain HTTP is then its only
 * statement, because a policy needs one; API Gateway accepts HTTPS only, so the statement denies nobody.
 */
export function resourcePolicy(parts: ResourcePolicyParts): ResourcePolicy {
  const { executionArn, partition, signed, preflights, vpcEndpointIds, allowIps, denyIps, accounts } = parts;
  const all = { Action: "execute-api:Invoke", Resource: `${executionArn}/*` } as const;
  // Behind a VPC endpoint the caller's address has a key of its own; the public one is absent there, and an absent key denies all.
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
            // `?*`: a path below the root, where preflights are answered by API Gateway itself.
            ...(preflights ? [allow("Preflights", "*", `${executionArn}/*/OPTIONS/?*`)] : []),
          ]
        : [allow("Everybody", "*", all.Resource)]),
    ],
  };
}
