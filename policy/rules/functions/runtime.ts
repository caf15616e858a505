import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, or } from "../../model/value";

export const functionRuntime = defineRule<{ readonly runtimes: readonly string[] }>({
  id: "fd-lambda-function-runtime",
  description: "A function runs on a runtime that AWS still patches.",
  rationale:
    "After its deprecation a runtime gets no security patches, and some weeks later its functions can no longer be updated (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html). The default is that page's list of November 2026, without previews. The list allows: a runtime that nobody has heard of fails too. An image brings its own runtime.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["Lambda.2"],
    cdkNag: ["AwsSolutions-L1", "Serverless-LambdaLatestVersion"],
    checkov: ["CKV_AWS_363"],
    prowler: ["awslambda_function_using_supported_runtimes"],
  },
  remediationSteps:
    "Set runtime to a supported one and test the function on it. If AWS has published a newer one since, add it to the setting `runtimes`.",
  settings: {
    runtimes: {
      type: "array",
      items: { type: "string", minLength: 1 },
      minItems: 1,
      description: "Identifiers of the runtimes that functions may have.",
      default: [
        "nodejs22.x",
        "nodejs24.x",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
        "java8.al2",
        "java8.al2023",
        "java11",
        "java11.al2023",
        "java17",
        "java17.al2023",
        "java21",
        "java25",
        "dotnet10",
        "ruby3.3",
        "ruby3.4",
        "ruby4.0",
        "provided.al2023",
      ],
    },
  },
  resource: {
    types: [TYPES.function],
    check: (fn, { runtimes }) => {
      const runtime = fn.props["runtime"] ?? undefined;
      const isImage = is(fn.props["packageType"], (known) => known === "Image");
      const isAllowed = is(runtime, (known) => runtimes.includes(known as string));
      return judgeProperty(fn, "runtime", runtime, or(isImage, isAllowed), `one of ${runtimes.join(", ")}`);
    },
  },
});
