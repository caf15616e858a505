import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, is, list, not, some } from "../../model/value";

export const functionTimeout = defineRule({
  id: "fd-lambda-function-timeout",
  description: "A function says how long it may run and how much memory it has.",
  rationale:
    "Lambda's defaults are 3 s and 128 MB (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html): no agent answers within 3 s, and with little memory there is little CPU. The provider fills the defaults in; it says so in `__defaults`, and such a value is nobody's choice.",
  severity: "low",
  group: "hygiene",
  frameworks: { cdkNag: ["Serverless-LambdaFunctionDefaultTimeout", "Serverless-LambdaDefaultMemorySize"] },
  remediationSteps:
    "Set timeout to what the door's longest answer takes and a margin to end it in, and memorySize to what the function was measured with.",
  resource: {
    types: [TYPES.function],
    check: (fn) =>
      ["timeout", "memorySize"].flatMap((property) => {
        const filledIn = some(list(fn.props["__defaults"]), (name) => is(name, (known) => known === property));
        const isSet = is(fn.props[property], (known) => typeof known === "number");
        return judge(fn, and(isSet, not(filledIn)), {
          finding: property,
          seen: `\`${property}\` is Lambda's default, or not known`,
          wanted: "a number of the program's own",
        });
      }),
  },
});
