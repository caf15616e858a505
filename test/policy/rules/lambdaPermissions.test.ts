import { permissionActions } from "../../../policy/rules/lambda/permissionActions";
import { permissionInvokedViaUrl } from "../../../policy/rules/lambda/permissionInvokedViaUrl";
import { permissionPublicPrincipal } from "../../../policy/rules/lambda/permissionPublicPrincipal";
import { permissionUrlAuthType } from "../../../policy/rules/lambda/permissionUrlAuthType";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const permission = (props: object): Declared =>
  declare("permission", "permission", {
    function: "fn",
    action: "lambda:InvokeFunction",
    principal: "123456789012",
    ...props,
  });
const one = (props: object) => [permission(props)];
const role = declare("role", "role", { assumeRolePolicy: "{}" });
const notApplicable = [{ title: "a stack without permissions", resources: [declare("function", "fn")] }];
const ROLE = "arn:aws:iam::123456789012:role/caller";
const organizations = ["o-a1b2c3d4e5"];

testRule(permissionPublicPrincipal, {
  pass: [
    { title: "an account", resources: one({}) },
    { title: "a role", resources: one({ principal: ROLE }) },
    { title: "a service", resources: one({ principal: "sns.amazonaws.com" }) },
    {
      title: "the ARN of a role of this stack",
      resources: [role, permission({ principal: role.out("arn") })],
    },
    {
      title: "everybody in an organization that the settings name",
      settings: { organizations },
      resources: one({ principal: "*", principalOrgId: "o-a1b2c3d4e5" }),
    },
  ],
  fail: [
    { title: "everybody", resources: one({ principal: "*" }), findings: [["permission", "principal"]] },
    {
      title: "everybody through a URL without authentication",
      resources: one({ principal: "*", action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "everybody with a source account (cdk-nag LambdaFunctionPublicAccessProhibited passes it)",
      resources: one({ principal: "*", sourceAccount: "123456789012" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "everybody with a source ARN (cdk-nag LambdaFunctionPublicAccessProhibited passes it)",
      resources: one({ principal: "*", sourceArn: "arn:aws:sns:us-east-1:123456789012:topic" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "everybody in an organization that no setting names",
      resources: one({ principal: "*", principalOrgId: "o-a1b2c3d4e5" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "everybody in another organization than the settings name",
      settings: { organizations },
      resources: one({ principal: "*", principalOrgId: "o-zzzzzzzzzz" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "the root of every account",
      resources: one({ principal: "arn:aws:iam::*:root" }),
      findings: [["permission", "principal"]],
    },
    {
      title: "a policy's way of writing everybody",
      resources: one({ principal: '{"AWS":"*"}' }),
      findings: [["permission", "principal"]],
    },
    { title: "no principal", resources: one({ principal: null }), findings: [["permission", "principal"]] },
  ],
  unknown: [
    {
      title: "a principal of another stack",
      resources: one({ principal: unknown }),
      findings: [["permission", "principal"]],
    },
    {
      title: "a text made of two roles",
      modes: ["preview"],
      resources: [
        role,
        declare("role", "other"),
        permission({ principal: text`${role.out("arn")}${declare("role", "other").out("arn")}` }),
      ],
      findings: [["permission", "principal"]],
    },
    {
      title: "everybody in an organization that is not known",
      settings: { organizations },
      resources: one({ principal: "*", principalOrgId: unknown }),
      findings: [["permission", "principal"]],
    },
  ],
  notApplicable,
});

testRule(permissionActions, {
  pass: [
    { title: "InvokeFunction", resources: one({}) },
    {
      title: "InvokeFunctionUrl (cfn-guard LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION forbids it)",
      resources: one({ action: "lambda:InvokeFunctionUrl" }),
    },
  ],
  fail: [
    { title: "every action of Lambda", resources: one({ action: "lambda:*" }), findings: [["permission", "action"]] },
    { title: "every action", resources: one({ action: "*" }), findings: [["permission", "action"]] },
    {
      title: "a change of the code",
      resources: one({ action: "lambda:UpdateFunctionCode" }),
      findings: [["permission", "action"]],
    },
    {
      title: "an action that streaming does not ask for",
      resources: one({ action: "lambda:InvokeWithResponseStream" }),
      findings: [["permission", "action"]],
    },
    { title: "no action", resources: one({ action: null }), findings: [["permission", "action"]] },
  ],
  unknown: [
    {
      title: "an action that another resource gives",
      resources: one({ action: unknown }),
      findings: [["permission", "action"]],
    },
  ],
  notApplicable,
});

const url = (props: object) => one({ action: "lambda:InvokeFunctionUrl", ...props });

testRule(permissionUrlAuthType, {
  pass: [
    { title: "AWS_IAM", resources: url({ functionUrlAuthType: "AWS_IAM" }) },
    { title: "InvokeFunction, which has no such condition", resources: one({}) },
    {
      title: "InvokeFunction, whatever the principal is",
      resources: one({ principal: unknown, functionUrlAuthType: null }),
    },
  ],
  fail: [
    {
      title: "a grant for URLs of any kind",
      resources: url({}),
      findings: [["permission", "functionUrlAuthType"]],
    },
    {
      title: "NONE",
      resources: url({ functionUrlAuthType: "NONE" }),
      findings: [["permission", "functionUrlAuthType"]],
    },
    {
      title: "a kind that nobody knows",
      resources: url({ functionUrlAuthType: "aws_iam" }),
      findings: [["permission", "functionUrlAuthType"]],
    },
    {
      title: "a wildcard that stands for InvokeFunctionUrl too",
      resources: one({ action: "lambda:*" }),
      findings: [["permission", "functionUrlAuthType"]],
    },
    {
      title: "an action in other letters",
      resources: one({ action: "Lambda:invokefunctionurl" }),
      findings: [["permission", "functionUrlAuthType"]],
    },
  ],
  unknown: [
    {
      title: "a kind that another resource gives",
      resources: url({ functionUrlAuthType: unknown }),
      findings: [["permission", "functionUrlAuthType"]],
    },
    {
      title: "an action that another resource gives",
      resources: one({ action: unknown }),
      findings: [["permission", "functionUrlAuthType"]],
    },
  ],
  notApplicable,
});

testRule(permissionInvokedViaUrl, {
  pass: [
    { title: "an account, through the URL", resources: one({ invokedViaFunctionUrl: true }) },
    {
      title: "CloudFront, through the URL",
      resources: one({ principal: "cloudfront.amazonaws.com", invokedViaFunctionUrl: true }),
    },
    { title: "InvokeFunctionUrl itself", resources: url({ functionUrlAuthType: "AWS_IAM" }) },
    { title: "API Gateway, which calls directly", resources: one({ principal: "apigateway.amazonaws.com" }) },
    {
      title: "a caller that the settings name",
      settings: { directCallers: [ROLE] },
      resources: one({ principal: ROLE }),
    },
  ],
  fail: [
    { title: "an account, directly", resources: one({}), findings: [["permission", "invokedViaFunctionUrl"]] },
    {
      title: "a role, directly",
      resources: one({ principal: ROLE, invokedViaFunctionUrl: false }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
    {
      title: "CloudFront, directly",
      resources: one({ principal: "cloudfront.amazonaws.com" }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
    {
      title: "a wildcard that stands for InvokeFunction too",
      resources: one({ action: "lambda:*" }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
    {
      title: "another caller than the settings name",
      settings: { directCallers: [ROLE] },
      resources: one({ principal: `${ROLE}-2` }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
  ],
  unknown: [
    {
      title: "a principal that another resource gives",
      resources: one({ principal: unknown }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
    {
      title: "a condition that another resource gives",
      resources: one({ invokedViaFunctionUrl: unknown }),
      findings: [["permission", "invokedViaFunctionUrl"]],
    },
  ],
  notApplicable,
});
