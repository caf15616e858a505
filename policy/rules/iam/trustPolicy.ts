import { linkedFrom } from "../../aws/links";
import { allows, isBoundBy, statementsOf, type Statement, type Values } from "../../aws/iamPolicy";
import { judgeOthers } from "../../aws/iamPrincipals";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, every, is, not, or, some, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly principals: readonly string[];
  readonly pinnedServices: readonly string[];
}

const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const SOURCES = ["aws:SourceAccount", "aws:SourceArn"];

export const trustPolicy = defineRule<Settings>({
  id: "fd-iam-trust-policy",
  description: "A role trusts AWS services by name, and AgentCore only for a named account or resource.",
  rationale:
    "Whoever can assume a role has its rights: `*` is everybody's account, and NotPrincipal is everybody else. AgentCore assumes roles for every account, so without aws:SourceAccount or aws:SourceArn somebody else's runtime may use the role, the confused deputy (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html).",
  severity: "high",
  frameworks: {
    checkov: ["CKV_AWS_60", "CKV_AWS_61"],
    cfnGuard: ["IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL"],
    prowler: ["iam_role_cross_service_confused_deputy_prevention"],
  },
  remediationSteps:
    "Name the service under Principal.Service. For bedrock-agentcore.amazonaws.com add the conditions StringEquals aws:SourceAccount and ArnLike aws:SourceArn. List accounts, roles and identity providers that may assume roles in the setting principals. Replace NotPrincipal by the principals that are meant.",
  settings: {
    principals: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Principals other than services that roles may trust, exactly as policies write them, for example arn:aws:iam::123456789012:root.",
    },
    pinnedServices: {
      type: "array",
      items: { type: "string" },
      default: ["bedrock-agentcore.amazonaws.com"],
      description: "Services that need a condition on aws:SourceAccount or aws:SourceArn.",
    },
  },
  resource: { types: [TYPES.role], check },
  // A stack rule sees what is deployed, also where `ignoreChanges` hides it from the inputs.
  stack: {
    types: [TYPES.role],
    check: (graph, settings) =>
      graph.all(TYPES.role).flatMap((role) => [...check(role, settings), ...sharedWithOthers(graph, role)]),
  },
});

const OF_FUNCTIONS: readonly string[] = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];

/** The role of a function is one that Lambda assumes, and no other service beside it. */
function sharedWithOthers(graph: PolicyGraph, role: StackResource): readonly Finding[] {
  if (linkedFrom(graph, role, TYPES.function, "role").length === 0) return [];
  const statements = statementsOf(role.props["assumeRolePolicy"]);
  if (statements === UNKNOWN) return [];
  return statements.flatMap((statement) => {
    const services = (statement.principals ?? []) as readonly (readonly [string, Values])[];
    const others = some(statement.principals === UNKNOWN ? UNKNOWN : services, (pair) => {
      const [kind, values] = pair as readonly [string, Values];
      return kind === "Service" && some(values, (value) => is(value, (known) => !OF_FUNCTIONS.includes(String(known))));
    });
    return judge(role, not(and(allows(statement), others)), {
      finding: `${statement.path}.Service`,
      seen: `a function has this role, and \`${statement.path}\` lets another service assume it`,
      wanted: "lambda.amazonaws.com alone",
    });
  });
}

function check(role: Resource, settings: Settings): readonly Finding[] {
  const statements = statementsOf(role.props["assumeRolePolicy"]);
  if (statements === UNKNOWN)
    return judge(role, UNKNOWN, {
      finding: "assumeRolePolicy",
      seen: "`assumeRolePolicy` is not known, or is no JSON",
      wanted: "a document that can be read",
    });
  return statements.flatMap((statement) => judged(role, statement, settings));
}

function judged(role: Resource, statement: Statement, settings: Settings): readonly Finding[] {
  const { path, principals = [], condition } = statement;
  const denied = not(allows(statement));
  const everyone = (test: (kind: string, principals: Values) => Truth) =>
    every(principals, (pair) => test(...(pair as readonly [string, Values])));
  const named = everyone((kind, values) =>
    every(values, (value) =>
      is(value, (known) => {
        const name = String(known);
        return (kind === "Service" && SERVICE.test(name)) || settings.principals.includes(name);
      }),
    ),
  );
  const unpinned = everyone(
    (kind, values) =>
      kind !== "Service" ||
      every(values, (value) => is(value, (known) => !settings.pinnedServices.includes(String(known)))),
  );
  return [
    ...judgeProperty(role, `${path}.Principal`, principals, or(denied, named), "services by their names"),
    ...judgeOthers(role, statement),
    ...judgeProperty(
      role,
      `${path}.Condition`,
      condition,
      or(denied, unpinned, isBoundBy(condition, SOURCES)),
      "a condition on aws:SourceAccount or aws:SourceArn",
    ),
  ];
}
