import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is } from "../../model/value";

const ACTIONS: readonly unknown[] = ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"];

export const permissionActions = defineRule({
  id: "fd-lambda-permission-actions",
  description: "A Lambda permission grants lambda:InvokeFunction or lambda:InvokeFunctionUrl and nothing else.",
  rationale:
    "A statement in a function's resource policy may grant any action, also to change the function's code or to read it. Callers of a front door need the two that invoke (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    cfnGuard: ["LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION"],
    kics: ["lambda_permission_misconfigured"],
  },
  remediationSteps:
    "Set action to lambda:InvokeFunction, or for callers of a Function URL add one permission for each of the two actions. Grant everything else through the caller's own identity policy.",
  resource: {
    types: [TYPES.permission],
    check: (permission) => {
      const action = permission.props["action"];
      return judgeProperty(
        permission,
        "action",
        action,
        is(action, (known) => ACTIONS.includes(known)),
        '"lambda:InvokeFunction" or "lambda:InvokeFunctionUrl"',
      );
    },
  },
});
