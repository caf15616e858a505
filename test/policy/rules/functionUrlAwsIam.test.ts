import { functionUrlAwsIam } from "../../../policy/rules/lambda/functionUrlAwsIam";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const url = (props: object) => [declare("functionUrl", "url", { functionName: "fn", ...props })];

testRule(functionUrlAwsIam, {
  pass: [{ title: "AWS_IAM", resources: url({ authorizationType: "AWS_IAM" }) }],
  fail: [
    {
      title: "NONE",
      resources: url({ authorizationType: "NONE" }),
      findings: [["url", "authorizationType"]],
    },
    {
      title: "a kind of auth nobody knows",
      resources: url({ authorizationType: "aws_iam" }),
      findings: [["url", "authorizationType"]],
    },
    { title: "no kind of auth", resources: url({}), findings: [["url", "authorizationType"]] },
  ],
  unknown: [
    {
      title: "a kind of auth that another resource gives",
      resources: url({ authorizationType: unknown }),
      findings: [["url", "authorizationType"]],
    },
  ],
  notApplicable: [{ title: "a stack without Function URLs", resources: [declare("function", "fn")] }],
});
