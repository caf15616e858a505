import {
  END,
  FAILURE,
  fieldsOf,
  isFields,
  itemsOf,
  joinedText,
  OTHER,
  textSaid,
  type Dialect,
  type Fields,
  type Said,
} from "./said";

/**
 * JSON-RPC: the events of the A2A protocol (0.3, and 1.0 without `kind`), also without their envelope, and the results of MCP.
 * https://a2a-protocol.org/latest/specification/
 * https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool-result
 */
export const jsonRpc: Dialect = (value) => {
  const fields = fieldsOf(value);
  if (fields["jsonrpc"] !== "2.0") return a2a(fields) ?? mcp(fields);
  const result = fieldsOf(fields["result"]);
  return a2a(result) ?? mcp(result) ?? OTHER;
};

/** In 1.0 the kind is the name of the only field. */
const KINDS: Readonly<Record<string, string>> = {
  artifactUpdate: "artifact-update",
  statusUpdate: "status-update",
  task: "task",
  message: "message",
};

function a2a(fields: Fields): readonly Said[] | undefined {
  const [name = "", ...more] = Object.keys(fields);
  const named = more.length === 0 ? KINDS[name] : undefined;
  const event = named === undefined ? fields : fieldsOf(fields[name]);
  const { artifact, artifacts, status, parts } = event;
  const kind = named ?? event["kind"];
  if (kind === "artifact-update" && isFields(artifact)) return textSaid(joinedText(artifact["parts"]));
  if (kind === "message" && Array.isArray(parts))
    return /user/i.test(String(event["role"])) ? OTHER : textSaid(joinedText(parts), 1);
  if (kind === "status-update" && isFields(status)) return statusSaid(status);
  if (kind !== "task" || !isFields(status)) return undefined;
  const whole = itemsOf(artifacts).map((each) => joinedText(fieldsOf(each)["parts"]));
  return [...textSaid(whole.join(""), 1), ...statusSaid(status)];
}

/** The message of a status is the answer only if the agent sends no other: usually it says how far the task is. */
function statusSaid({ state, message }: Fields): readonly Said[] {
  const name = String(state).toLowerCase().replace("task_state_", "").replaceAll("_", "-");
  if (name === "failed" || name === "rejected") return FAILURE;
  const said = textSaid(joinedText(fieldsOf(message)["parts"]), 2);
  return /^(?:submitted|working)$/.test(name) ? said : [...said, ...END];
}

function mcp({ content, isError }: Fields): readonly Said[] | undefined {
  const isResult =
    Array.isArray(content) && content.length > 0 && content.every((item) => typeof fieldsOf(item)["type"] === "string");
  if (!isResult) return undefined;
  return isError === true ? FAILURE : textSaid(joinedText(content));
}
