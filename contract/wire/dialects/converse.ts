import { END, FAILURE, fieldsOf, isFields, OTHER, reasoningSaid, textSaid, usageSaid, type Dialect } from "./said";

const FAILURES = /^(?:internalServer|modelStreamError|serviceUnavailable|throttling|validation|modelTimeout)Exception$/;

/**
 * Bedrock's ConverseStream: each event is an object with one field, named after the event.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
export const converse: Dialect = (value) => {
  const fields = fieldsOf(value);
  const [name = "", ...more] = Object.keys(fields);
  const content = fields[name];
  if (more.length > 0 || !isFields(content)) return undefined;
  if (name === "contentBlockDelta") {
    const { text, reasoningContent, toolUse } = fieldsOf(content["delta"]);
    if (reasoningContent !== undefined) return reasoningSaid(fieldsOf(reasoningContent)["text"]);
    return toolUse === undefined ? textSaid(text) : [{ kind: "toolCall", value: toolUse }];
  }
  if (name === "contentBlockStart") {
    const { toolUse } = fieldsOf(content["start"]);
    return toolUse === undefined ? OTHER : [{ kind: "toolCall", value: toolUse }];
  }
  if (name === "metadata" && isFields(content["usage"])) return [...usageSaid(content["usage"]), ...OTHER];
  // After a call of a tool another message follows.
  if (name === "messageStop") return content["stopReason"] === "tool_use" ? OTHER : END;
  if (FAILURES.test(name)) return FAILURE;
  return name === "messageStart" || name === "contentBlockStop" ? OTHER : undefined;
};
