import type { DialectName } from "../../contract/wire/dialects/names";
import { fieldsOf, parsed } from "../../contract/wire/dialects/said";
import { lastEvent } from "../../contract/wire/lastEvent";

/** A dialect, as docs/agents.md describes it. A test reads each example. */
export interface DialectDoc {
  readonly title: string;
  /** What an agent yields so that its events are in this dialect. */
  readonly yields: string;
  /** What is text, and what is not. */
  readonly understood: string;
  /** Source of the shapes. */
  readonly source: string;
  /** Lines of an event stream; the text of all is `Hello`. */
  readonly example: readonly string[];
  /** The data of an event that reports a failure. */
  readonly failure: string;
}

/** One table for the page and its test. */
export const DIALECTS: Readonly<Record<DialectName, DialectDoc>> = {
  plain: {
    title: "No framework",
    yields: "texts, or objects with the text in `text`, `delta`, `content` or `data`",
    understood:
      "Plain lines and JSON strings are text. An object whose `type` begins with `tool`, `function`, `thinking`, `thought` or `reasoning`, or whose `role` is not `assistant` or `agent`, is not.",
    source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/response-streaming.html",
    example: ['data: "Hel"', 'data: {"text":"lo"}'],
    failure: '{"error":"The model is busy.","error_type":"ValueError"}',
  },
  strands: {
    title: "Strands Agents",
    yields: "every event of `agent.stream_async(prompt)` in Python, or of `agent.stream(prompt)` in TypeScript",
    understood:
      "Text is what `event.contentBlockDelta` has; without it `data`, then `message`, then `result`. In TypeScript it is what `modelContentBlockDeltaEvent` has, then `contentBlockEvent` and the messages. Objects that the SDK writes as a Python text are not text. `force_stop` is a failure.",
    source: "https://strandsagents.com/latest/documentation/docs/user-guide/concepts/streaming/",
    example: [
      'data: {"init_event_loop":true}',
      'data: {"event":{"contentBlockDelta":{"delta":{"text":"Hello"},"contentBlockIndex":0}}}',
      'data: {"message":{"role":"assistant","content":[{"text":"Hello"}]}}',
    ],
    failure: '{"force_stop":true,"force_stop_reason":"..."}',
  },
  converse: {
    title: "Bedrock ConverseStream",
    yields: "every event of the response's stream",
    understood: "Text is `contentBlockDelta.delta.text`. An event named after an exception is a failure.",
    source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html",
    example: [
      'data: {"contentBlockDelta":{"delta":{"text":"Hello"},"contentBlockIndex":0}}',
      'data: {"metadata":{"usage":{"inputTokens":5,"outputTokens":2}}}',
    ],
    failure: '{"modelStreamErrorException":{"message":"..."}}',
  },
  anthropic: {
    title: "Anthropic Messages",
    yields: "every event of the stream of `messages.create` or `messages.stream`",
    understood: "Text is the delta of type `text_delta`.",
    source: "https://docs.anthropic.com/en/docs/build-with-claude/streaming",
    example: [
      "event: content_block_delta",
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}',
    ],
    failure: '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
  },
  openAi: {
    title: "OpenAI chat completions, responses and Agents",
    yields: "every chunk or event",
    understood:
      "Text is `delta.content` of the first choice, or `response.output_text.delta`; what `done` and `completed` repeat counts only without them. A refusal is text.",
    source: "https://platform.openai.com/docs/api-reference/responses-streaming",
    example: ['data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}', "data: [DONE]"],
    failure: '{"type":"response.failed","response":{"error":{"code":"server_error","message":"..."}}}',
  },
  langGraph: {
    title: "LangGraph and LangChain",
    yields: "what `astream` yields in the modes `messages`, `updates` or `values`, or `astream_events`",
    understood:
      "Text is the content of messages of the AI. `messages` streams it; `updates` and `values` have whole messages, of which the new ones count.",
    source: "https://docs.langchain.com/oss/python/langgraph/streaming",
    example: ['data: [{"content":"Hello","type":"AIMessageChunk"},{"langgraph_node":"agent"}]'],
    failure: '{"error":"ValueError","message":"..."}',
  },
  agUi: {
    title: "AG-UI",
    yields: "every event of the run",
    understood: "Text is `TEXT_MESSAGE_CONTENT` and `TEXT_MESSAGE_CHUNK`. Snapshots are not.",
    source: "https://docs.ag-ui.com/concepts/events",
    example: [
      'data: {"type":"RUN_STARTED","threadId":"t","runId":"r"}',
      'data: {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Hello"}',
    ],
    failure: '{"type":"RUN_ERROR","message":"..."}',
  },
  aiSdk: {
    title: "Vercel AI SDK, UI message stream",
    yields: "every part of `toUIMessageStream()`",
    understood: "Text is `text-delta`. The error of a tool is not a failure of the agent.",
    source: "https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol",
    example: ['data: {"type":"text-delta","id":"1","delta":"Hello"}', "data: [DONE]"],
    failure: '{"type":"error","errorText":"..."}',
  },
  jsonRpc: {
    title: "A2A, MCP and JSON-RPC",
    yields: "the protocol's own events",
    understood:
      "Text is that of A2A artifacts, else of messages, else of a task's status; or the text of an MCP result. An `error`, a failed or rejected task and a result with `isError` are failures.",
    source: "https://a2a-protocol.org/latest/specification/",
    example: [
      'data: {"jsonrpc":"2.0","id":1,"result":{"kind":"artifact-update","artifact":{"artifactId":"a","parts":[{"kind":"text","text":"Hello"}]}}}',
    ],
    failure: '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"..."}}',
  },
};

/** The lines of the last event after the example. */
export function lastLines(dialect: DialectName): string {
  const data = DIALECTS[dialect].example.filter((line) => line.startsWith("data: {")).at(-1) ?? "";
  const last = fieldsOf(parsed(data.slice("data: ".length)));
  const error = { code: "AGENT_ERROR", message: "...", request_id: "..." };
  return lastEvent({ error }, { dialect, last }).trim();
}

/** Everything between the marks of docs/agents.md. */
export function dialectsSection(): string {
  return Object.entries(DIALECTS)
    .map(([name, { title, yields, understood, source, example, failure }]) =>
      [
        `### ${title}`,
        `\`dialect: ${name}\`. Yield ${yields}. ${understood} [Source of the shapes](${source}).`,
        `\`\`\`text\n${example.join("\n")}\n\`\`\``,
        `A failure: \`${failure}\``,
        `What a door sends if the stream fails:\n\n\`\`\`text\n${lastLines(name as DialectName)}\n\`\`\``,
      ].join("\n\n"),
    )
    .join("\n\n");
}
