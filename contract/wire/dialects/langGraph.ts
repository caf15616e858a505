import {
  AN_ERROR,
  fieldsOf,
  isFields,
  itemsOf,
  joinedText,
  OTHER,
  reasoningSaid,
  textSaid,
  usageSaid,
  type Dialect,
  type Fields,
  type Said,
} from "./said";

const MESSAGE =
  /^(?:(AI|Human|System|Tool|Function|Chat|Remove)Message(Chunk)?|(ai|human|system|tool|function|remove))$/;
const MODES = /^(?:messages|updates|values|custom|debug|tasks|checkpoints)(?:\||$)/;

/**
 * LangGraph, as `astream` yields it and as its server sends it: a message with its metadata, the updates of nodes, whole states, pairs of a mode and
 * its data, and the events of `astream_events`. A message can also be in LangChain's form for JavaScript.
 * https://docs.langchain.com/oss/python/langgraph/streaming
 * https://reference.langchain.com/javascript/langchain-langgraph-sdk/index/MessagesTupleStreamEvent
 */
export const langGraph: Dialect = (value, { type }) =>
  Array.isArray(value) ? listSaid(value, type) : objectSaid(fieldsOf(value));

function listSaid(list: readonly unknown[], event: string): readonly Said[] | undefined {
  // The server repeats what a message is so far.
  if (event.startsWith("messages/")) return lastSaid(list, true);
  const [first, second, third] = list;
  // [message, metadata], [mode, data], [namespace, data], [namespace, mode, data]
  if (list.length === 2 && messageOf(first) && isFields(second)) return messageSaid(messageOf(first), 0);
  if (list.length === 3 && Array.isArray(first) && typeof second === "string") return modeSaid(second, third);
  if (list.length !== 2) return undefined;
  if (typeof first === "string") return MODES.test(first) ? modeSaid(first, second) : undefined;
  return Array.isArray(first) && first.every((name) => typeof name === "string") ? dataSaid(second) : undefined;
}

function objectSaid(fields: Fields): readonly Said[] | undefined {
  const { event, data, ns, type, run_id } = fields;
  if (typeof event === "string" && event.startsWith("on_") && run_id !== undefined) {
    const { chunk, output } = fieldsOf(data);
    if (event === "on_chat_model_stream") return messageSaid(messageOf(chunk), 0);
    return event === "on_chat_model_end" ? messageSaid(messageOf(output), 1) : OTHER;
  }
  if (Array.isArray(ns) && typeof type === "string" && MODES.test(type)) return modeSaid(type, data);
  return dataSaid(fields);
}

function modeSaid(mode: string, data: unknown): readonly Said[] {
  const { error, payload } = fieldsOf(data);
  // A node that failed can be tried again.
  if ((mode === "tasks" || mode === "debug") && (error ?? fieldsOf(payload)["error"])) return AN_ERROR;
  if (mode === "messages" && Array.isArray(data)) return messageSaid(messageOf(data[0]), 0);
  return (mode === "updates" || mode === "values" ? dataSaid(data) : undefined) ?? [{ kind: "state", value: data }];
}

/** A message, a state with messages, or the updates of nodes with messages. */
function dataSaid(data: unknown): readonly Said[] | undefined {
  if (Array.isArray(data))
    return data.length === 2 && messageOf(data[0]) ? messageSaid(messageOf(data[0]), 0) : undefined;
  const message = messageOf(data);
  // A short type, such as `tool`, is too general without LangChain's other fields.
  if (message)
    return /Message/.test(String(message["type"])) || "additional_kwargs" in message
      ? messageSaid(message, 0)
      : undefined;
  const { messages, ...others } = fieldsOf(data);
  // A state contains the whole conversation, so only its last message can be new.
  if (itemsOf(messages).some(messageOf)) return lastSaid(itemsOf(messages), false);
  const updates = Object.values(others).map((update) => fieldsOf(update)["messages"]);
  const said = updates.flatMap((update) => {
    const list = Array.isArray(update) ? update : [update];
    return list.flatMap((each) => (messageOf(each) ? messageSaid(messageOf(each), 1) : []));
  });
  return said.length > 0 ? said : undefined;
}

function lastSaid(messages: readonly unknown[], isPiece: boolean): readonly Said[] {
  const message = messageOf(messages.at(-1));
  const said = messageSaid(message, 1);
  return isPiece ? said.filter(({ kind }) => kind !== "usage") : said;
}

/** The fields of a message, with its type. */
function messageOf(value: unknown): Fields | undefined {
  const { lc, id, kwargs } = fieldsOf(value);
  const fields = lc === 1 && isFields(kwargs) ? { ...kwargs, type: itemsOf(id).at(-1) } : fieldsOf(value);
  const { type, content } = fields;
  const isMessage =
    typeof type === "string" && MESSAGE.test(type) && (typeof content === "string" || Array.isArray(content));
  return isMessage ? fields : undefined;
}

function messageSaid(message: Fields | undefined, level: number): readonly Said[] {
  const { type, content, id, usage_metadata, tool_call_chunks, tool_calls } = message ?? {};
  const kind = String(type);
  if (/^(?:tool|function)/i.test(kind)) return [{ kind: "toolResult", value: message }];
  if (!/^ai/i.test(kind)) return OTHER;
  const isChunk = kind.endsWith("Chunk");
  const key = typeof id === "string" ? id : "";
  const calls = [...itemsOf(tool_call_chunks), ...itemsOf(tool_calls)];
  const thoughts = itemsOf(content)
    .map(fieldsOf)
    .filter((part) => /^(?:thinking|reasoning)/.test(String(part["type"])));
  return [
    // A whole message repeats its chunks.
    ...textSaid(
      typeof content === "string" ? content : joinedText(content),
      isChunk ? level : 1,
      isChunk && level === 0 ? undefined : key,
    ),
    ...thoughts.flatMap(({ thinking, reasoning }) => reasoningSaid(thinking ?? reasoning)),
    ...calls.map((value): Said => ({ kind: "toolCall", value })),
    ...usageSaid(usage_metadata, isChunk ? level : 1, isChunk && level === 0 ? undefined : key),
  ];
}
