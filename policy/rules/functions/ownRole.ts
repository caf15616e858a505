import { canonicalName } from "../../aws/identity";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge } from "../../model/rule";
import { UNKNOWN, type Truth } from "../../model/value";

export const functionOwnRole = defineRule({
  id: "fd-lambda-function-own-role",
  description: "Each function has a role of its own.",
  rationale:
    "A shared role gives each function what any of them needs, the right to call the agent among it (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { kics: ["lambda_functions_without_unique_iam_roles", "lambda_function_with_privileged_role"] },
  remediationSteps: "Declare an aws.iam.Role for each function and let it have what that function needs.",
  stack: {
    types: [TYPES.function],
    check: (graph) => {
      const users = usersOf(graph);
      return graph.all(TYPES.function).flatMap((fn) => {
        const sharing = users.get(roleOf(graph, fn)) ?? [];
        const other = sharing.find((each) => each !== fn);
        return judge(fn, isAlone(graph, users, fn), {
          finding: "role",
          seen: other
            ? `its role is also that of ${other.name}`
            : "its role, or that of another function, is not known",
          wanted: "a role of its own",
        });
      });
    },
  },
});

type Users = ReadonlyMap<string | typeof UNKNOWN, readonly StackResource[]>;

function usersOf(graph: PolicyGraph): Users {
  const users = new Map<string | typeof UNKNOWN, StackResource[]>();
  for (const fn of graph.all(TYPES.function)) {
    const role = roleOf(graph, fn);
    users.set(role, [...(users.get(role) ?? []), fn]);
  }
  return users;
}

/** One text for each role: its URN where the stack has it, else its name. */
function roleOf(graph: PolicyGraph, fn: StackResource): string | typeof UNKNOWN {
  const { to, sure } = link(graph, fn, "role", TYPES.role);
  const [role] = to;
  if (role) return sure ? role.urn : UNKNOWN;
  const [name] = canonicalName(TYPES.role, fn.props["role"]);
  return sure && name !== undefined ? name : UNKNOWN;
}

function isAlone(graph: PolicyGraph, users: Users, fn: StackResource): Truth {
  const role = roleOf(graph, fn);
  const unknown = users.get(UNKNOWN)?.length ?? 0;
  if (role !== UNKNOWN && (users.get(role)?.length ?? 0) > 1) return false;
  if (role !== UNKNOWN) return unknown === 0 || UNKNOWN;
  return graph.all(TYPES.function).length === 1 || UNKNOWN;
}
