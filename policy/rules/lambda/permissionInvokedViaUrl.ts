import { grants, isCloudFront, isService } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, or } from "../../model/value";

interface Settings {
  readonly directCallers: readonly string[];
}

export const permissionInvokedViaUrl = defineRule<Settings>({
  id: "fd-lambda-permission-invoked-via-url",
  description:
    "A Lambda permission for lambda:InvokeFunction that CloudFront, an account, a role or a user holds is good for calls through the Function URL only.",
  rationale:
    "Without the condition lambda:InvokedViaFunctionUrl its holder may call Invoke directly, past the URL and all that stands before it, with a request context that it makes up (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).",
  severity: "high",
  frameworks: { catalogue: ["FD04"] },
  remediationSteps:
    "Set invokedViaFunctionUrl to true on the permission. If the principal has to call Invoke directly, name it in this rule's setting directCallers.",
  settings: {
    directCallers: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Principals that may call Invoke directly, exactly as in `principal`.",
    },
  },
  resource: {
    types: [TYPES.permission],
    check: (permission, { directCallers }) => {
      const { invokedViaFunctionUrl: via, principal } = permission.props;
      return judgeProperty(
        permission,
        "invokedViaFunctionUrl",
        via,
        or(
          not(grants(permission, "InvokeFunction")),
          and(isService(permission), not(isCloudFront(permission))),
          is(principal, (known) => directCallers.some((caller) => caller === known)),
          is(via, (known) => known === true),
        ),
        "true",
      );
    },
  },
});
