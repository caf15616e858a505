// Not in contract/aws/limits.ts, which the client would take along into a browser.
/** AgentCore session id on InvokeAgentRuntime: 33 to 256 characters; the response shape allows 100. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html */
export const SESSION_ID_LENGTH = { min: 33, max: 100 } as const;

const SESSION_ID = new RegExp(`^[A-Za-z0-9_-]{${SESSION_ID_LENGTH.min},${SESSION_ID_LENGTH.max}}$`);

/** Whether the value is a session id that AgentCore accepts in requests and in responses. */
export function isSessionId(value: unknown): value is string {
  return typeof value === "string" && SESSION_ID.test(value);
}
