import { standsIn, urlIssuer } from "../cognito/issuers";
import { LINES, type Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

/** How far the doubles of Lambda emulate its types. */
export const LAMBDA: Emulates = {
  [TYPES.function]: {
    enforces: [
      "code",
      "environment",
      "handler",
      "loggingConfig",
      "memorySize",
      "reservedConcurrentExecutions",
      "role",
      "runtime",
      "timeout",
    ],
    plain: ["architectures", "description", "name", "publish", "region"],
    gaps: [
      {
        inputs: ["tracingConfig"],
        says: (functions) =>
          functions.some(({ inputs }) => (inputs["tracingConfig"] as { mode?: unknown } | undefined)?.mode === "Active")
            ? [LINES.traces]
            : [],
      },
      {
        inputs: ["vpcConfig"],
        says: (functions) => (functions.some(({ inputs }) => inputs["vpcConfig"] !== undefined) ? [LINES.network] : []),
      },
    ],
  },
  [TYPES.alias]: { enforces: ["functionName", "functionVersion", "name"], plain: ["description"] },
  [TYPES.provisionedConcurrency]: { enforces: ["functionName", "provisionedConcurrentExecutions", "qualifier"] },
  [TYPES.functionUrl]: {
    enforces: ["authorizationType", "cors", "functionName", "invokeMode", "qualifier"],
    gaps: [
      {
        inputs: [],
        says: (urls, { graph }) =>
          urls.flatMap((url) => {
            const issuer = urlIssuer(graph, url);
            return issuer === undefined ? [] : [standsIn(issuer)];
          }),
      },
    ],
  },
  [TYPES.permission]: {
    enforces: [
      "action",
      "function",
      "functionUrlAuthType",
      "invokedViaFunctionUrl",
      "principal",
      "qualifier",
      "sourceArn",
    ],
    plain: ["statementId", "statementIdPrefix"],
  },
};
