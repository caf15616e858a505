/** What a front door calls. */
export const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
export const STOP_SESSION = "bedrock-agentcore:StopRuntimeSession";

/** Calls on behalf of a user whose id AgentCore takes on trust. */
export const FOR_USER: readonly string[] = [
  `${INVOKE}ForUser`,
  `${INVOKE}WithWebSocketStreamForUser`,
  "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
];

/**
 * Every other action that `InvokeAgentRuntime*` stands for; Command and CommandShell are a shell in the agent's microVM,
 * Proxy is the session's own endpoint.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
 */
export const INVOKE_SIBLINGS: readonly string[] = [
  `${INVOKE}Command`,
  `${INVOKE}CommandShell`,
  `${INVOKE}ForUser`,
  `${INVOKE}Proxy`,
  `${INVOKE}WithWebSocketStream`,
  `${INVOKE}WithWebSocketStreamForUser`,
];

/** Actions for which IAM checks the runtime and its endpoint. */
export const RUNTIME_ACTIONS: readonly string[] = [INVOKE, STOP_SESSION, ...INVOKE_SIBLINGS];

/** One runtime, or endpoints of one runtime. */
const RUNTIME_RESOURCE =
  /^(arn:aws[\w-]*:bedrock-agentcore:[a-z0-9-]+:\d{12}:runtime\/[a-zA-Z]\w{0,47}-[a-zA-Z0-9]{10})(\/runtime-endpoint\/(?:\*|[a-zA-Z]\w{0,47}))?$/;

/** The runtime that a resource of a policy names, and whether it names its endpoints; `undefined` for any other text. */
export function parseRuntimeResource(
  text: unknown,
): { readonly runtime: string; readonly endpoint: boolean } | undefined {
  const [, runtime, endpoint] = RUNTIME_RESOURCE.exec(String(text)) ?? [];
  return runtime === undefined ? undefined : { runtime, endpoint: endpoint !== undefined };
}
