import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, is, list, not, or, some } from "../../model/value";

interface Settings {
  readonly allowPublicOrigin: boolean;
}

/** Sandboxed documents of anybody have the origin `null`. */
const isOpen = (entry: unknown) => is(entry, (known) => known === "null" || String(known).includes("*"));

/** Whoever is on the way of a page over plain http puts a script into it. A page on the developer's own machine is on no way. */
const isPlain = (entry: unknown) =>
  is(entry, (known) => /^http:\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$)/i.test(String(known)));

export const functionUrlCors = defineRule<Settings>({
  id: "fd-lambda-function-url-cors",
  description:
    "CORS of a Lambda Function URL names its origins, headers and methods, with no wildcard and no page over plain http among them.",
  rationale:
    "With a wildcard any page that a caller opens may call the agent from the caller's browser, and with allowCredentials in the caller's name (https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html).",
  severity: "high",
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
        const plain = property === "allowOrigins" ? some(list(value), isPlain) : false;
        const wanted = withCredentials === true ? "no wildcard beside `allowCredentials`" : "no wildcard";
        return judgeProperty(
          url,
          `cors.${property}`,
          value,
          not(or(refused, plain)),
          plain === true ? "https://" : wanted,
        );
      });
    },
  },
});
