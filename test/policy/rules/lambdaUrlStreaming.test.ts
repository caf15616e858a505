import { functionUrlStreaming } from "../../../policy/rules/lambda/functionUrlStreaming";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const within = { vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } };

const streaming = (fnProps: object, invokeMode: unknown = "RESPONSE_STREAM") => {
  const fn = declare("function", "fn", { name: "fn", ...fnProps });
  return [fn, declare("functionUrl", "url", { functionName: fn.out("name"), invokeMode })];
};

testRule(functionUrlStreaming, {
  pass: [
    { title: "a stream from outside of a VPC", resources: streaming({}) },
    { title: "a whole answer from a VPC", resources: streaming(within, "BUFFERED") },
    {
      title: "a function of another stack",
      resources: [declare("functionUrl", "url", { functionName: "theirs", invokeMode: "RESPONSE_STREAM" })],
    },
  ],
  fail: [
    { title: "a stream from a VPC", resources: streaming(within), findings: [["url", "invokeMode"]] },
    {
      title: "a stream from an alias of a function in a VPC",
      resources: (() => {
        const [fn] = streaming(within);
        const alias = declare("alias", "live", { functionName: fn?.out("name"), name: "live" });
        return [
          fn,
          alias,
          declare("functionUrl", "url", { functionName: alias.out("arn"), invokeMode: "RESPONSE_STREAM" }),
        ].flatMap((each) => each ?? []);
      })(),
      findings: [["url", "invokeMode"]],
    },
  ],
  unknown: [
    {
      title: "subnets that are not known",
      resources: streaming({ vpcConfig: { subnetIds: unknown } }),
      findings: [["url", "invokeMode"]],
    },
  ],
  notApplicable: [{ title: "a function without a URL", resources: [declare("function", "fn")] }],
});
