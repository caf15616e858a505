import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, is, list, not, some } from "../../model/value";

interface Settings {
  readonly allowPublicOrigin: boolean;
}

/** Sandboxed documents of anybody have the origin `null`. */
const isOpen = (entry: unknown) => is(entry, (known) => known === "null" || String(known).includes("*"));

export const functionUrlCors = defineRule<Settings>({
  id: "fd-lambda-function-url-cors",
  description: "CORS of a Lambda Function URL names its origins, headers and methods, with no wildcard among them.",
  rationale:
    "With a wildcard any page that a caller opens may call the agent from the caller's browser, and with allowCredentials in the caller's name (https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html).",
  severity: "medium",
  frameworks: {
    checkov: ["CKV2_AWS_75"],
    prowler: ["awslambda_function_url_cors_policy"],
  },
  remediationSteps:
    "List every origin, header and method that the pages in question need, or remove cors where no page calls. With allowCredentials there is no safe wildcard.",
  settings: {
    allowPublicOrigin: {
      type: "boolean",
      default: false,
      description: "Pages of any origin may call, as long as `allowCredentials` is not set.",
    },
  },
  resource: {
    types: [TYPES.functionUrl],
    check: (url, { allowPublicOrigin }) => {
      const cors = url.props["cors"];
      const withCredentials = is(at(cors, "allowCredentials"), (known) => known === true);
      return ["allowOrigins", "allowHeaders", "allowMethods"].flatMap((property) => {
        const value = at(cors, property);
        const open = some(list(value), isOpen);
        const refused = allowPublicOrigin && property === "allowOrigins" ? and(open, withCredentials) : open;
        const wanted = withCredentials === true ? "no wildcard beside `allowCredentials`" : "no wildcard";
        return judgeProperty(url, `cors.${property}`, value, not(refused), wanted);
      });
    },
  },
});
