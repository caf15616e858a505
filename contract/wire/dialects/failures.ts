import { FAILURE, fieldsOf, isFields, type Dialect } from "./said";

/** Fields of an object that is about an error and nothing else. An object with any other field can be an answer, or the result of a tool. */
const OF_AN_ERROR = /^(?:error_(?:type|code)|details?|code|status(?:_code|Code)?|request_?[iI]d|timestamp)$/;

/**
 * The failures that count in a stream of any dialect:
 * - an event `error`: AgentCore's SDK for TypeScript, LangGraph, Anthropic, the doors themselves
 * - `error` with `error_type`: AgentCore's SDK for Python, if the agent throws. It is written after events of any dialect.
 *   https://github.com/aws/bedrock-agentcore-sdk-python/blob/main/src/bedrock_agentcore/runtime/app.py
 * - the type `error` with a message: Anthropic (https://docs.anthropic.com/en/docs/build-with-claude/streaming#error-events), OpenAI responses
 *   (https://platform.openai.com/docs/api-reference/responses-streaming/error), AI SDK (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol)
 * - the type `RUN_ERROR`: AG-UI (https://docs.ag-ui.com/concepts/events#runerror)
 * - `jsonrpc` with `error`: https://www.jsonrpc.org/specification#error_object
 * - `error`, a text or an object with a message, and no field that is not about an error: OpenAI chat completions, LangGraph, hand-written agents
 */
export const commonFailure: Dialect = (value, { type }) => {
  if (type === "error") return FAILURE;
  const { error, message, errorText, ...rest } = fieldsOf(value);
  const isText = typeof error === "string";
  const isObject = isFields(error) && typeof error["message"] === "string";
  if (isText && "error_type" in rest) return FAILURE;
  const says = (isText && error.trim() !== "") || isObject;
  if (rest["type"] === "RUN_ERROR" || (rest["jsonrpc"] === "2.0" && isFields(error))) return FAILURE;
  if (rest["type"] === "error" && (says || typeof message === "string" || typeof errorText === "string"))
    return FAILURE;
  return says && errorText === undefined && Object.keys(rest).every((name) => OF_AN_ERROR.test(name))
    ? FAILURE
    : undefined;
};

/**
 * Failures of an answer that is one JSON object and no stream, in addition to those of a stream's events:
 * - JSend: the status `error` with a message. https://github.com/omniti-labs/jsend#error
 * - a response of OpenAI that failed: https://platform.openai.com/docs/api-reference/responses/object
 * - `__error__` of LangGraph's server, if a run failed: https://github.com/langchain-ai/langgraph/blob/main/libs/sdk-py/langgraph_sdk/client.py
 * - a result of a tool, graph or swarm of Strands: https://github.com/strands-agents/sdk-python/blob/main/src/strands/types/tools.py,
 *   https://github.com/strands-agents/sdk-python/blob/main/src/strands/multiagent/base.py
 * As events they are none: a stream goes on after a tool, or a part of a run, that failed.
 */
export function isWholeFailure(value: unknown): boolean {
  const { status, message, object, type, content, toolUseId, __error__: failed, ...rest } = fieldsOf(value);
  if (isFields(failed)) return typeof failed["error"] === "string";
  if (object === "response") return status === "failed";
  if (type === "multiagent_result") return status === "failed";
  if (status !== "error") return false;
  if (typeof toolUseId === "string") return Array.isArray(content);
  const isOnlyError = Object.keys(rest).every((name) => name === "data" || OF_AN_ERROR.test(name));
  return (
    typeof message === "string" && message.trim() !== "" && type === undefined && content === undefined && isOnlyError
  );
}
