import { takesTokens } from "../../aws/jwtAuthorizer";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, is, list, or, UNKNOWN } from "../../model/value";

interface Settings {
  readonly allowed: readonly string[];
}

const CUSTOM = /^x-amzn-bedrock-agentcore-runtime-custom-[a-z0-9_-]+$/i;
const PATH = "requestHeaderConfiguration.requestHeaderAllowlists";
const MOST = 20;

export const runtimeHeaders = defineRule<Settings>({
  id: "fd-agentcore-runtime-headers",
  description: "A runtime is handed headers that the front door sets, and none that a client could set for itself.",
  rationale:
    "What reaches the agent as a header looks like a fact to it. Headers with AgentCore's Custom prefix come from the front door's own list; Authorization hands the user's token to the agent's code (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-header-allowlist.html). A runtime takes 20 at the most.",
  severity: "medium",
  frameworks: { catalogue: ["FD47"] },
  remediationSteps:
    "List only headers that start with X-Amzn-Bedrock-AgentCore-Runtime-Custom-, 20 at the most. An agent that needs another one, Authorization behind a JWT authorizer for example, is named in the setting allowed.",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Other headers that runtimes may be handed. Authorization is taken only by a runtime that takes tokens.",
    },
  },
  resource: {
    types: [TYPES.agentRuntime],
    check: (runtime, { allowed }) => {
      const headers = list(at(runtime.props, "requestHeaderConfiguration", "requestHeaderAllowlists"));
      const others = allowed.map((header) => header.toLowerCase());
      const isOwn = (header: unknown) =>
        or(
          is(header, (known) => CUSTOM.test(String(known))),
          and(
            is(header, (known) => others.includes(String(known).toLowerCase())),
            or(
              is(header, (known) => String(known).toLowerCase() !== "authorization"),
              takesTokens(runtime),
            ),
          ),
        );
      const wanted = "headers that start with X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
      return [
        ...(headers === UNKNOWN ? judgeProperty(runtime, PATH, UNKNOWN, UNKNOWN, wanted) : []),
        ...(headers === UNKNOWN ? [] : headers).flatMap((header, index) =>
          judgeProperty(runtime, `${PATH}[${index}]`, header, isOwn(header), wanted),
        ),
        ...(headers !== UNKNOWN && headers.length > MOST
          ? judgeProperty(runtime, `${PATH}.length`, headers.length, false, `${MOST} at the most`)
          : []),
      ];
    },
  },
});
