import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { is, UNKNOWN } from "../../model/value";

export const apiKeyValue = defineRule({
  id: "fd-apigateway-api-key-value",
  description: "API Gateway generates the value of an API key: the program does not give one.",
  rationale:
    "A value in the program is known to everybody who reads the code, the config or the state. Policies see secrets unwrapped, so a value from a secret cannot be told from one in the code: what can be proven is whether a value is given at all.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD55"] },
  remediationSteps:
    "Remove value from the ApiKey and read the generated one from its output, as a secret. Where a value must be kept, as when keys move from elsewhere, take it from a secret of the config and enter a waiver for that key.",
  resource: { types: [TYPES.apiKey], inputsOnly: true, check },
  // In a stack the value is an output as well: what the engine names among the inputs was given.
  stack: {
    types: [TYPES.apiKey],
    check: (graph) =>
      graph
        .all(TYPES.apiKey)
        .filter(({ sources }) => "value" in sources)
        .flatMap(check),
  },
});

function check(key: Resource): readonly Finding[] {
  const value = key.props["value"];
  return judge(
    key,
    is(value, (known) => known === undefined || known === ""),
    {
      finding: "value",
      seen: `\`value\` is ${value === UNKNOWN ? "given and not known before the update" : "given"}`,
      wanted: "none",
    },
  );
}
