import type { Metric } from "./metrics";

/**
 * Every field of the log line of a request, in the order of the docs. No field contains a prompt, an answer, a header, a token, an ARN or the text
 * of an exception.
 */
export const LOG_FIELDS = {
  level: "`ERROR` for a failure of the door, the agent or AWS; else `INFO`",
  message: "`request`",
  request_id: "as in `X-Request-Id` and in every error",
  function: "name of the function",
  door: "name of the door",
  agent: "which agent was asked; `default` is the one of `/invoke`",
  qualifier: "which endpoint of the agent was asked",
  method: "HTTP method, if it is a usual one",
  caller: "kind of the caller: `iam`, `cognitoIdentity`, `apiKey`, `jwt`, `authorizer` or `none`",
  caller_hash:
    "16 hexadecimal digits of the SHA-256 of the caller's kind and id; `callerHeader` with `hash` begins with them",
  session_hash: "16 hexadecimal digits of the handle's SHA-256",
  runtime_session_hash: "16 hexadecimal digits of the SHA-256 of the session id that the agent receives",
  status: "HTTP status",
  code: "code of the [catalogue](errors.md), if the request failed",
  cause: "class of the exception",
  runtime_status: "HTTP status of AgentCore",
  agent_status: "HTTP status of the container behind AgentCore",
  reason:
    "for `AGENT_START_FAILED`: `initialization_timeout`, `health_check` or `image`; for a refused token at the edge: what is wrong with it, such as `audience`",
  stack: "for `INTERNAL`: where in the code it was thrown",
  redactions: "findings by detector, as numbers",
  requests: "metric: 1",
  errors: "metric: 1 if the request failed, else 0; also by `code`",
  duration_ms: "metric: from the start of the handler to the end of the answer",
  time_to_first_byte_ms: "metric: from the start of the handler until the agent's first byte can be sent",
  bytes: "metric: bytes of the answer",
  events: "metric: events of a streamed answer",
  attempts: "metric: calls of the agent",
  redacted: "metric: findings of all detectors",
  input_tokens: "metric: tokens that the model read, if the agent's event stream reports them",
  output_tokens: "metric: tokens that the model wrote, if the agent's event stream reports them",
  dropped_events:
    "metric: events of an unknown shape, of which the client got nothing; only if it gets text only (`events`)",
  _aws: "CloudWatch's embedded metric format: the metrics in this line, in the namespace `AgentCoreFrontDoor`, by `function` and `door`",
} as const satisfies Readonly<Record<Metric, string>> & Readonly<Record<string, string>>;

export type LogField = keyof typeof LOG_FIELDS;
