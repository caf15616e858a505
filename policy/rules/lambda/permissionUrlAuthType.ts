import { grants } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, not, or } from "../../model/value";

export const permissionUrlAuthType = defineRule({
  id: "fd-lambda-permission-url-auth-type",
  description: "A Lambda permission for lambda:InvokeFunctionUrl holds for Function URLs with AWS_IAM only.",
  rationale:
    "Without the condition the grant holds for a URL of any kind, so that a later change of the URL to NONE is live at once (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD05"] },
  remediationSteps: 'Set functionUrlAuthType to "AWS_IAM" on the permission.',
  resource: {
    types: [TYPES.permission],
    check: (permission) => {
      const auth = permission.props["functionUrlAuthType"];
      return judgeProperty(
        permission,
        "functionUrlAuthType",
        auth,
        or(
          not(grants(permission, "InvokeFunctionUrl")),
          is(auth, (known) => known === "AWS_IAM"),
        ),
        '"AWS_IAM"',
      );
    },
  },
});
