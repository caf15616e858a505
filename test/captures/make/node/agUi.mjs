// AG-UI: the events of an agent, with the official encoder.
import { EventType } from "@ag-ui/client";
import { EventEncoder } from "@ag-ui/encoder";

const IDS = { threadId: "t1", runId: "r1" };
const STARTED = [{ type: EventType.RUN_STARTED, ...IDS }];
const FINISHED = [{ type: EventType.RUN_FINISHED, ...IDS }];
const TEXT = [
  { type: EventType.TEXT_MESSAGE_START, messageId: "m1", role: "assistant" },
  { type: EventType.TEXT_MESSAGE_CONTENT, messageId: "m1", delta: "Hel" },
  { type: EventType.TEXT_MESSAGE_CONTENT, messageId: "m1", delta: "lo" },
  { type: EventType.TEXT_MESSAGE_END, messageId: "m1" },
];
const CHUNKS = [
  { type: EventType.TEXT_MESSAGE_CHUNK, messageId: "m1", role: "assistant", delta: "Hel" },
  { type: EventType.TEXT_MESSAGE_CHUNK, messageId: "m1", delta: "lo" },
];
const TOOL = [
  { type: EventType.TOOL_CALL_START, toolCallId: "c1", toolCallName: "weather" },
  { type: EventType.TOOL_CALL_ARGS, toolCallId: "c1", delta: '{"city":"Rome"}' },
  { type: EventType.TOOL_CALL_END, toolCallId: "c1" },
  { type: EventType.TOOL_CALL_RESULT, messageId: "m0", toolCallId: "c1", content: "sunny, an error is unlikely" },
];
const FAILED = [{ type: EventType.RUN_ERROR, message: "canary-secret: failed" }];

const encoded = (events) => () => {
  const encoder = new EventEncoder();
  return new globalThis.Response(events.map((event) => encoder.encodeSSE(event)).join(""), {
    headers: { "content-type": encoder.getContentType() },
  });
};

export const CAPTURES = {
  "ag-ui-node": encoded([...STARTED, ...TEXT, ...FINISHED]),
  "ag-ui-node-chunks": encoded([...STARTED, ...CHUNKS, ...FINISHED]),
  "ag-ui-node-tool": encoded([...STARTED, ...TOOL, ...TEXT, ...FINISHED]),
  "ag-ui-node-fails": encoded([...STARTED, ...TEXT.slice(0, 2), ...FAILED]),
};
