import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, at, is, list, not, some, UNKNOWN, type Truth } from "../../model/value";

export const cors = defineRule({
  id: "fd-cloudfront-cors",
  description: "A response headers policy lets no web page of just any origin read answers with credentials.",
  rationale:
    "With `*` and credentials every page that a caller opens can talk to the agent in that caller's name, and with originOverride the policy's `*` takes the place of what the function allows (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html).",
  severity: "high",
  frameworks: { catalogue: ["FD30"], checkov: ["CKV2_AWS_75"] },
  remediationSteps:
    "Name the origins of the pages that may call in corsConfig.accessControlAllowOrigins; or set accessControlAllowCredentials and originOverride to false.",
  resource: {
    types: [TYPES.responseHeadersPolicy],
    check: (policy) => {
      const config = policy.props["corsConfig"] ?? undefined;
      const open = some(list(at(config, "accessControlAllowOrigins", "items")), isAnybody);
      return (["accessControlAllowCredentials", "originOverride"] as const).flatMap((property) => {
        const closed = not(
          and(
            open,
            is(at(config, property), (known) => known === true),
          ),
        );
        return judge(policy, closed, {
          finding: `corsConfig.${property}`,
          seen: `\`corsConfig\` ${closed === UNKNOWN ? "perhaps allows" : "allows"} every origin with ${property}`,
          wanted: `named origins, or ${property} false`,
        });
      });
    },
  },
});

/** `*` with a scheme is every origin too. */
function isAnybody(origin: unknown): Truth {
  return is(origin, (known) => typeof known === "string" && /^(?:https?:\/\/)?\*$/i.test(known));
}
