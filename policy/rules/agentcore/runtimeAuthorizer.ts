import { isSignedFor } from "../../aws/runtimeCallers";
import { judgeJwtAuthorizer, takesTokens } from "../../aws/jwtAuthorizer";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, not, or } from "../../model/value";

interface Settings {
  readonly bearer: boolean;
}

const TOKENS = [TYPES.agentRuntime];

export const runtimeAuthorizer = defineRule<Settings>({
  id: "fd-agentcore-runtime-authorizer",
  description: "A runtime that takes tokens says whose, and no role of the stack is to call it with a signature.",
  rationale:
    "A runtime takes SigV4 or tokens, never both, so a role's right to invoke it is a front door that gets 403. Without audiences or clients, a token that the issuer made for any other application opens the agent (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html).",
  severity: "high",
  frameworks: { catalogue: ["FD46"] },
  remediationSteps:
    "Set discoveryUrl and allowedAudiences or allowedClients in authorizerConfiguration.customJwtAuthorizer. Where the front door signs its calls, take authorizerConfiguration out of the runtime; where it hands on bearer tokens, set bearer in the pack's config.",
  settings: {
    bearer: {
      type: "boolean",
      default: false,
      description: "Whether the stack's functions call such runtimes with bearer tokens, though their roles name them.",
    },
  },
  resource: { types: TOKENS, check: (runtime) => judgeJwtAuthorizer(runtime, takesTokens(runtime)) },
  stack: {
    types: TOKENS,
    check: (graph, { bearer }) =>
      graph.all(TYPES.agentRuntime).flatMap((runtime) =>
        judge(runtime, or(bearer, not(and(takesTokens(runtime), isSignedFor(graph, runtime)))), {
          finding: "authorizerConfiguration",
          seen: "the runtime takes tokens, and a role's policy names it for calls with a signature",
          wanted: "SigV4 on both sides, or tokens on both sides",
        }),
      ),
  },
});
