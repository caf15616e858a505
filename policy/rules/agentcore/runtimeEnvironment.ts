import { secretIn } from "../../aws/secrets";
import { TYPES } from "../../aws/types";
import type { Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { entries, UNKNOWN } from "../../model/value";

const PROPERTY = "environmentVariables";

export const runtimeEnvironment = defineRule({
  id: "fd-agentcore-runtime-environment",
  description: "No environment variable of a runtime holds a secret.",
  rationale:
    "Whoever may read the runtime's configuration reads its variables, and so does every command that an agent can be talked into running (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-security-best-practices.html). The message never shows the value.",
  severity: "critical",
  frameworks: { catalogue: ["FD64"] },
  remediationSteps:
    "Move the value into Secrets Manager or AgentCore Identity, give the agent its name and the right to read it, and replace the secret: it has been in the state.",
  resource: { types: [TYPES.agentRuntime], check: findings },
  stack: {
    types: [TYPES.agentRuntime],
    check: (graph) => graph.all(TYPES.agentRuntime).flatMap((runtime) => [...findings(runtime), ...unknowns(runtime)]),
  },
});

function said(runtime: Resource, status: false | typeof UNKNOWN, name: string, seen: string): readonly Finding[] {
  const finding = name === "" ? PROPERTY : `${PROPERTY}.${name}`;
  return judge(runtime, status, {
    finding,
    seen: `\`${finding}\` ${seen}`,
    wanted: "a name or ARN of a secret, which the agent reads when it starts",
  });
}

function findings(runtime: Resource): readonly Finding[] {
  const variables = entries(runtime.props[PROPERTY]);
  if (variables === UNKNOWN) return [];
  return variables.flatMap(([name, value]) => {
    const secret = typeof value === "string" ? secretIn(name, value) : undefined;
    return secret === undefined ? [] : said(runtime, false, name, `holds ${secret} (not shown)`);
  });
}

/** A value that comes from nowhere in the stack may be anything. */
function unknowns(runtime: StackResource): readonly Finding[] {
  if ((runtime.sources[PROPERTY] ?? []).length > 0) return [];
  const variables = entries(runtime.props[PROPERTY]);
  if (variables === UNKNOWN) return said(runtime, UNKNOWN, "", "is not known before the update");
  return variables
    .filter(([, value]) => value === UNKNOWN)
    .flatMap(([name]) => said(runtime, UNKNOWN, name, "is not known before the update"));
}
