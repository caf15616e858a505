import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, or } from "../../model/value";

interface Settings {
  readonly minimumLength: number;
}

/** With a second factor a short password is not the only thing that stands before an account. */
const SHORTEST_WITH_MFA = 8;

export const cognitoUserPool = defineRule<Settings>({
  id: "fd-cognito-user-pool",
  description:
    "Passwords of a user pool are long or have a second factor beside them, and an identity pool knows its users.",
  rationale:
    "Whoever guesses one password calls the agent as that user. An identity pool that lets guests in gives AWS credentials to everybody (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html, https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html).",
  severity: "high",
  frameworks: {
    catalogue: ["FD63"],
    checkov: ["CKV_AWS_366"],
    prowler: ["cognito_identity_pool_guest_access_disabled"],
  },
  remediationSteps:
    "Set mfaConfiguration to ON, or passwordPolicy.minimumLength to the setting's number or more; at least 8 in any case. Set allowUnauthenticatedIdentities of an identity pool to false.",
  settings: {
    minimumLength: {
      type: "integer",
      minimum: 8,
      maximum: 99,
      default: 12,
      description: "The shortest password of a pool that does not ask everybody for a second factor.",
    },
  },
  resource: {
    types: [TYPES.userPool, TYPES.identityPool],
    check: (resource, settings) =>
      resource.type === TYPES.userPool ? ofUsers(resource, settings) : ofIdentities(resource),
  },
});

function ofUsers(pool: Resource, { minimumLength }: Settings): readonly Finding[] {
  const length = at(pool.props, "passwordPolicy", "minimumLength");
  const atLeast = (least: number) => is(length, (known) => known !== undefined && Number(known) >= least);
  // Without a policy Cognito asks for 8 characters.
  const unset = is(length, (known) => known === undefined);
  const asksAll = is(pool.props["mfaConfiguration"], (known) => known === "ON");
  const long = or(atLeast(minimumLength), and(asksAll, or(unset, atLeast(SHORTEST_WITH_MFA))));
  return judgeProperty(
    pool,
    "passwordPolicy.minimumLength",
    length,
    long,
    `${minimumLength.toString()} or more, or ${SHORTEST_WITH_MFA.toString()} with \`mfaConfiguration\` ON`,
  );
}

function ofIdentities(pool: Resource): readonly Finding[] {
  const guests = pool.props["allowUnauthenticatedIdentities"] ?? undefined;
  return judgeProperty(
    pool,
    "allowUnauthenticatedIdentities",
    guests,
    is(guests, (known) => known !== true),
    "false",
  );
}
