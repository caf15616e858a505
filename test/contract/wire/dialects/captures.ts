import type { DialectName } from "../../../../contract/wire/dialects/names";
import type { Usage } from "../../../../contract/wire/dialects/said";

/** A stream of a framework. */
export interface Capture {
  readonly dialect: DialectName;
  /** An event is its data (a text as it is, any other value as JSON), or its name and its data. */
  readonly events: readonly (string | object | readonly [name: string, data: string | object])[];
  readonly text: string;
  readonly usage?: Usage;
}

/** The data of an event that is a list: a list of two would be a name and data. */
const list = (...items: readonly unknown[]): string => JSON.stringify(items);

const REPR =
  "\"{'data': 'Hel', 'delta': {'text': 'Hel'}, 'agent': <strands.agent.agent.Agent object at 0x7f3a>, 'event_loop_cycle_id': UUID('1f')}\"";

const MESSAGE = { role: "assistant", content: [{ text: "Hello" }] };
const RESULT = {
  stop_reason: "end_turn",
  message: MESSAGE,
  metrics: { accumulated_usage: { inputTokens: 5, outputTokens: 2 } },
  state: {},
};
const aiChunk = (content: unknown, more: object = {}): object => ({
  content,
  additional_kwargs: {},
  response_metadata: {},
  type: "AIMessageChunk",
  name: null,
  id: "run-1",
  tool_calls: [],
  usage_metadata: null,
  tool_call_chunks: [],
  ...more,
});
const human = { content: "Say hello", type: "human", id: "h1", additional_kwargs: {}, response_metadata: {} };
const ai = (id: string, content: unknown, more: object = {}): object => ({
  content,
  type: "ai",
  id,
  additional_kwargs: {},
  response_metadata: {},
  tool_calls: [],
  ...more,
});
const response = (status: string) => ({
  id: "resp_1",
  object: "response",
  status,
  output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello", annotations: [] }] }],
  usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
});

/**
 * Written by hand. The shapes are those of the frameworks' own types and documentation, which the module of each dialect names; they were not recorded.
 */
export const CAPTURES: Readonly<Record<string, Capture>> = {
  "plain lines": { dialect: "plain", events: ["Hel", "lo"], text: "Hello" },
  "JSON strings": { dialect: "plain", events: ['"Hel"', '"lo"'], text: "Hello" },
  "objects with a text": {
    dialect: "plain",
    events: [{ text: "H" }, { delta: "e" }, { type: "token", content: "l" }, { data: "lo" }, { done: true }],
    text: 'Hello{"done":true}\n',
  },
  "objects about tools, thoughts and users": {
    dialect: "plain",
    events: [
      { type: "thinking", content: "hm" },
      { type: "tool_result", content: "42" },
      { role: "user", content: "hi" },
      { role: "assistant", content: "Hello" },
    ],
    text: "Hello",
  },
  "Strands, every event": {
    dialect: "strands",
    events: [
      { init_event_loop: true },
      { start: true },
      { start_event_loop: true },
      { event: { messageStart: { role: "assistant" } } },
      { event: { contentBlockDelta: { delta: { text: "Hel" }, contentBlockIndex: 0 } } },
      REPR,
      { event: { contentBlockDelta: { delta: { text: "lo" }, contentBlockIndex: 0 } } },
      { event: { contentBlockStop: { contentBlockIndex: 0 } } },
      { event: { messageStop: { stopReason: "end_turn" } } },
      {
        event: { metadata: { usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 }, metrics: { latencyMs: 9 } } },
      },
      { message: MESSAGE },
      { result: "Hello\n" },
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "Strands, a first event that is not JSON": {
    dialect: "strands",
    events: [
      "\"{'init_event_loop': True, 'agent': <strands.agent.agent.Agent object at 0x7f3a>}\"",
      { event: { contentBlockDelta: { delta: { text: "Hello" }, contentBlockIndex: 0 } } },
    ],
    text: "Hello",
  },
  "Strands, texts for convenience only": {
    dialect: "strands",
    events: [
      { data: "Hel", delta: { text: "Hel" } },
      { data: "lo", delta: { text: "lo" } },
      { message: MESSAGE },
      { result: RESULT },
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "Strands, messages only": {
    dialect: "strands",
    events: [{ message: MESSAGE }, { result: RESULT }],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "Strands, the result only": {
    dialect: "strands",
    events: [{ result: RESULT }],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "Strands, a tool and a thought": {
    dialect: "strands",
    events: [
      { start_event_loop: true },
      { event: { contentBlockDelta: { delta: { reasoningContent: { text: "hm" } }, contentBlockIndex: 0 } } },
      { reasoningText: "hm", delta: { reasoningContent: { text: "hm" } }, reasoning: true },
      { event: { contentBlockStart: { start: { toolUse: { name: "f", toolUseId: "t" } }, contentBlockIndex: 1 } } },
      { event: { contentBlockDelta: { delta: { toolUse: { input: '{"text":' } }, contentBlockIndex: 1 } } },
      { delta: { toolUse: { input: '{"text":' } }, current_tool_use: { toolUseId: "t", name: "f", input: '{"text":' } },
      { event: { messageStop: { stopReason: "tool_use" } } },
      {
        message: { role: "assistant", content: [{ text: "" }, { toolUse: { toolUseId: "t", name: "f", input: {} } }] },
      },
      { tool_stream_event: { tool_use: { name: "f" }, data: "half" } },
      {
        message: {
          role: "user",
          content: [{ toolResult: { toolUseId: "t", status: "error", content: [{ text: "no" }] } }],
        },
      },
      { event: { contentBlockDelta: { delta: { text: "Hello" }, contentBlockIndex: 0 } } },
    ],
    text: "Hello",
  },
  "Strands, agents of a graph": {
    dialect: "strands",
    events: [
      { multi_agent_node_start: true, node_id: "a", node_type: "agent" },
      {
        multi_agent_node_stream: true,
        node_id: "a",
        event: { event: { contentBlockDelta: { delta: { text: "Hel" }, contentBlockIndex: 0 } } },
      },
      { multi_agent_node_stream: true, node_id: "a", event: { data: "Hel", delta: { text: "Hel" } } },
      {
        multi_agent_node_stream: true,
        node_id: "b",
        event: { event: { contentBlockDelta: { delta: { text: "lo" }, contentBlockIndex: 0 } } },
      },
      { multiagent_result: { status: "completed" } },
    ],
    text: "Hello",
  },
  "Bedrock Converse": {
    dialect: "converse",
    events: [
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { delta: { reasoningContent: { text: "hm" } }, contentBlockIndex: 0 } },
      { contentBlockDelta: { delta: { text: "Hel" }, contentBlockIndex: 1 } },
      { contentBlockDelta: { delta: { text: "lo" }, contentBlockIndex: 1 } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { contentBlockStart: { start: { toolUse: { toolUseId: "t", name: "f" } }, contentBlockIndex: 2 } },
      { contentBlockDelta: { delta: { toolUse: { input: '{"a":1}' } }, contentBlockIndex: 2 } },
      { messageStop: { stopReason: "end_turn" } },
      { metadata: { usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 }, metrics: { latencyMs: 9 } } },
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "Anthropic Messages": {
    dialect: "anthropic",
    events: [
      [
        "message_start",
        {
          type: "message_start",
          message: { id: "m", role: "assistant", content: [], usage: { input_tokens: 5, output_tokens: 1 } },
        },
      ],
      [
        "content_block_start",
        { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
      ],
      [
        "content_block_delta",
        { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "hm" } },
      ],
      ["content_block_start", { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } }],
      ["ping", { type: "ping" }],
      ["content_block_delta", { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hel" } }],
      { type: "text", text: "Hel", snapshot: "Hel" },
      ["content_block_delta", { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "lo" } }],
      ["content_block_stop", { type: "content_block_stop", index: 1 }],
      [
        "content_block_start",
        { type: "content_block_start", index: 2, content_block: { type: "tool_use", id: "t", name: "f", input: {} } },
      ],
      [
        "content_block_delta",
        { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"text":"x"}' } },
      ],
      ["message_delta", { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } }],
      ["message_stop", { type: "message_stop" }],
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "OpenAI chat completions": {
    dialect: "openAi",
    events: [
      {
        id: "c",
        object: "chat.completion.chunk",
        choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
        usage: null,
      },
      { choices: [{ index: 0, delta: { reasoning_content: "hm" } }] },
      { choices: [{ index: 0, delta: { content: "Hel" } }] },
      { choices: [{ index: 1, delta: { content: "Bye" } }] },
      { choices: [{ index: 0, delta: { content: "lo" } }] },
      { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: "{}" } }] } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: null },
      { choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } },
      "[DONE]",
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "OpenAI responses": {
    dialect: "openAi",
    events: [
      [
        "response.created",
        { type: "response.created", response: { id: "resp_1", status: "in_progress", output: [], usage: null } },
      ],
      ["response.reasoning_summary_text.delta", { type: "response.reasoning_summary_text.delta", delta: "hm" }],
      ["response.function_call_arguments.delta", { type: "response.function_call_arguments.delta", delta: '{"a":1}' }],
      ["response.output_text.delta", { type: "response.output_text.delta", item_id: "i", delta: "Hel" }],
      ["response.output_text.delta", { type: "response.output_text.delta", item_id: "i", delta: "lo" }],
      ["response.output_text.done", { type: "response.output_text.done", item_id: "i", text: "Hello" }],
      ["response.completed", { type: "response.completed", response: response("completed") }],
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "OpenAI Agents": {
    dialect: "openAi",
    events: [
      { type: "agent_updated_stream_event", new_agent: { name: "a" } },
      { type: "raw_response_event", data: { type: "response.output_text.delta", delta: "Hello" } },
      { type: "run_item_stream_event", name: "message_output_created", item: {} },
    ],
    text: "Hello",
  },
  "LangGraph, messages": {
    dialect: "langGraph",
    events: [
      list(aiChunk("Hel"), { langgraph_step: 1, langgraph_node: "agent" }),
      list(aiChunk("", { tool_call_chunks: [{ name: "f", args: '{"a"', index: 0 }] }), { langgraph_node: "agent" }),
      list({ content: "42", type: "tool", tool_call_id: "t", id: "t1" }, { langgraph_node: "tools" }),
      list(
        aiChunk([
          { type: "thinking", thinking: "hm" },
          { type: "text", text: "lo" },
        ]),
        { langgraph_node: "agent" },
      ),
      list(aiChunk("", { usage_metadata: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } }), {
        langgraph_node: "agent",
      }),
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "LangGraph, chunks alone": {
    dialect: "langGraph",
    events: [
      { type: "AIMessageChunk", content: [{ type: "text", text: "Hel" }] },
      { type: "AIMessageChunk", content: "lo" },
    ],
    text: "Hello",
  },
  "LangGraph, updates": {
    dialect: "langGraph",
    events: [
      { agent: { messages: [ai("a1", "", { tool_calls: [{ name: "f", args: {} }] })] } },
      { tools: { messages: [{ content: "42", type: "tool", id: "t1" }] } },
      {
        agent: {
          messages: [ai("a2", "Hello", { usage_metadata: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } })],
        },
      },
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "LangGraph, values": {
    dialect: "langGraph",
    events: [
      { messages: [ai("a0", "An earlier answer"), human] },
      { messages: [ai("a0", "An earlier answer"), human, ai("a2", "Hello")] },
      { messages: [ai("a0", "An earlier answer"), human, ai("a2", "Hello")], done: true },
    ],
    text: "Hello",
  },
  "LangGraph, several modes": {
    dialect: "langGraph",
    events: [
      list("values", { messages: [human] }),
      list("messages", [aiChunk("Hel"), { langgraph_node: "agent" }]),
      list("messages", [aiChunk("lo"), { langgraph_node: "agent" }]),
      list("updates", { agent: { messages: [ai("run-1", "Hello")] } }),
      list("values", { messages: [human, ai("run-1", "Hello")] }),
      list("custom", { text: "half" }),
    ],
    text: "Hello",
  },
  "LangGraph, namespaces": {
    dialect: "langGraph",
    events: [
      list(["sub:1"], "messages", [aiChunk("Hel"), { langgraph_node: "agent" }]),
      list([], "messages", [aiChunk("lo"), { langgraph_node: "agent" }]),
      { type: "updates", ns: [], data: { agent: { messages: [ai("run-1", "Hello")] } } },
    ],
    text: "Hello",
  },
  "LangGraph's server": {
    dialect: "langGraph",
    events: [
      ["metadata", { run_id: "r", attempt: 1 }],
      ["messages/metadata", { "run-1": { metadata: {} } }],
      ["messages/partial", `[${JSON.stringify(aiChunk("Hel"))}]`],
      ["messages/partial", `[${JSON.stringify(aiChunk("Hello"))}]`],
      ["messages/complete", `[${JSON.stringify(ai("run-1", "Hello"))}]`],
    ],
    text: "Hello",
  },
  "LangChain's events": {
    dialect: "langGraph",
    events: [
      { event: "on_chain_start", run_id: "r", data: { input: { messages: [human] } } },
      { event: "on_chat_model_stream", run_id: "r", data: { chunk: aiChunk("Hel") } },
      { event: "on_chat_model_stream", run_id: "r", data: { chunk: aiChunk("lo") } },
      { event: "on_chat_model_end", run_id: "r", data: { output: ai("run-1", "Hello") } },
      { event: "on_chain_end", run_id: "r", data: { output: { messages: [ai("run-1", "Hello")] } } },
    ],
    text: "Hello",
  },
  "LangChain for JavaScript": {
    dialect: "langGraph",
    events: ["Hel", "lo"].map((content) =>
      list(
        { lc: 1, type: "constructor", id: ["langchain_core", "messages", "AIMessageChunk"], kwargs: { content } },
        { langgraph_node: "a" },
      ),
    ),
    text: "Hello",
  },
  "AG-UI": {
    dialect: "agUi",
    events: [
      { type: "RUN_STARTED", threadId: "t", runId: "r" },
      { type: "STEP_STARTED", stepName: "s" },
      { type: "REASONING_MESSAGE_CONTENT", messageId: "r", delta: "hm" },
      { type: "THINKING_TEXT_MESSAGE_CONTENT", delta: "hm" },
      { type: "TOOL_CALL_START", toolCallId: "c", toolCallName: "f" },
      { type: "TOOL_CALL_ARGS", toolCallId: "c", delta: '{"text":"x"}' },
      { type: "TOOL_CALL_RESULT", messageId: "x", toolCallId: "c", content: "42" },
      { type: "STATE_DELTA", delta: [{ op: "add", path: "/a", value: 1 }] },
      { type: "TEXT_MESSAGE_START", messageId: "m", role: "assistant" },
      { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hel" },
      { type: "TEXT_MESSAGE_CHUNK", messageId: "m", delta: "lo" },
      { type: "TEXT_MESSAGE_END", messageId: "m" },
      { type: "MESSAGES_SNAPSHOT", messages: [{ id: "m", role: "assistant", content: "Hello" }] },
      { type: "RUN_FINISHED", threadId: "t", runId: "r" },
    ],
    text: "Hello",
  },
  "AI SDK": {
    dialect: "aiSdk",
    events: [
      { type: "start", messageId: "m" },
      { type: "start-step" },
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-delta", id: "r", delta: "hm" },
      { type: "tool-input-start", toolCallId: "c", toolName: "f" },
      { type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{"a":1}' },
      { type: "tool-output-error", toolCallId: "c", errorText: "no" },
      { type: "data-weather", data: { city: "Bern" } },
      { type: "text-start", id: "1" },
      { type: "text-delta", id: "1", delta: "Hel" },
      { type: "text-delta", id: "1", delta: "lo" },
      { type: "text-end", id: "1" },
      { type: "finish-step" },
      { type: "finish", messageMetadata: { usage: { inputTokens: 5, outputTokens: 2 } } },
      "[DONE]",
    ],
    text: "Hello",
    usage: { input: 5, output: 2 },
  },
  "A2A 0.3": {
    dialect: "jsonRpc",
    events: [
      { jsonrpc: "2.0", id: 1, result: { kind: "task", id: "t", contextId: "c", status: { state: "submitted" } } },
      {
        jsonrpc: "2.0",
        id: 1,
        result: {
          kind: "status-update",
          taskId: "t",
          status: { state: "working", message: { role: "agent", parts: [{ kind: "text", text: "I look it up." }] } },
          final: false,
        },
      },
      {
        jsonrpc: "2.0",
        id: 1,
        result: {
          kind: "artifact-update",
          taskId: "t",
          artifact: { artifactId: "a", parts: [{ kind: "text", text: "Hel" }] },
        },
      },
      {
        jsonrpc: "2.0",
        id: 1,
        result: {
          kind: "artifact-update",
          taskId: "t",
          append: true,
          lastChunk: true,
          artifact: {
            artifactId: "a",
            parts: [
              { kind: "text", text: "lo" },
              { kind: "data", data: { text: "x" } },
            ],
          },
        },
      },
      {
        jsonrpc: "2.0",
        id: 1,
        result: { kind: "status-update", taskId: "t", status: { state: "completed" }, final: true },
      },
    ],
    text: "Hello",
  },
  "A2A 1.0": {
    dialect: "jsonRpc",
    events: [
      { jsonrpc: "2.0", id: 1, result: { task: { id: "t", status: { state: "TASK_STATE_WORKING" } } } },
      {
        jsonrpc: "2.0",
        id: 1,
        result: { artifactUpdate: { taskId: "t", artifact: { artifactId: "a", parts: [{ text: "Hello" }] } } },
      },
      { jsonrpc: "2.0", id: 1, result: { statusUpdate: { taskId: "t", status: { state: "TASK_STATE_COMPLETED" } } } },
    ],
    text: "Hello",
  },
  "A2A, a message": {
    dialect: "jsonRpc",
    events: [
      { jsonrpc: "2.0", id: 1, result: { kind: "message", role: "agent", parts: [{ kind: "text", text: "Hello" }] } },
    ],
    text: "Hello",
  },
  "MCP, the result of a tool": {
    dialect: "jsonRpc",
    events: [
      ["message", { jsonrpc: "2.0", method: "notifications/message", params: { level: "error", data: "an error" } }],
      ["message", { jsonrpc: "2.0", id: 1, result: { content: [{ type: "text", text: "Hello" }], isError: false } }],
    ],
    text: "Hello",
  },
};

/** Events that are a failure as the first event of a stream, and after events of their dialect. */
export const FAILURES: readonly (readonly [
  DialectName | "any",
  string | object | readonly [string, string | object],
])[] = [
  ["any", ["error", "boom"]],
  ["any", ["error", { error: { code: "AGENT_TIMEOUT", message: "x", request_id: "r" } }]],
  ["any", { error: "secret", error_type: "ValueError", message: "An error occurred during streaming" }],
  ["any", { error_type: "E", error: "x" }],
  ["any", { error_type: "E", error: "" }],
  ["any", { error: "x" }],
  ["any", { error: "Invalid JSON", details: "line 1" }],
  ["any", { error: { message: "The server is overloaded.", type: "server_error", param: null, code: null } }],
  ["any", { error: "ValueError", message: "x" }],
  ["any", { type: "error", errorText: "x" }],
  ["any", { type: "error", error: "x" }],
  ["any", { type: "error", message: "x", code: "server_error", param: null, sequence_number: 3 }],
  ["any", ["error", { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }]],
  ["anthropic", { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }],
  ["any", { type: "RUN_ERROR", message: "x" }],
  ["any", { type: "RUN_ERROR", message: "x", code: "E" }],
  ["any", { jsonrpc: "2.0", id: 1, error: { code: -1, message: "x" } }],
  ["any", { jsonrpc: "2.0", id: null, error: { code: -32603, message: "x", data: { a: 1 } } }],
  ["jsonRpc", { jsonrpc: "2.0", id: 1, result: { kind: "status-update", status: { state: "failed" }, final: true } }],
  ["jsonRpc", { jsonrpc: "2.0", id: 1, result: { kind: "task", status: { state: "rejected" } } }],
  ["jsonRpc", { jsonrpc: "2.0", id: 1, result: { statusUpdate: { status: { state: "TASK_STATE_FAILED" } } } }],
  ["jsonRpc", { jsonrpc: "2.0", id: 1, result: { content: [{ type: "text", text: "x" }], isError: true } }],
  [
    "openAi",
    { type: "response.failed", response: { status: "failed", error: { code: "server_error", message: "x" } } },
  ],
  [
    "openAi",
    { choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }], error: { code: 502, message: "x" } },
  ],
  ["converse", { modelStreamErrorException: { message: "x", originalStatusCode: 500 } }],
  ["converse", { throttlingException: { message: "x" } }],
  ["converse", { internalServerException: { message: "x" } }],
  ["strands", { event: { internalServerException: { message: "x" } } }],
  ["strands", { force_stop: true, force_stop_reason: "x" }],
];

/** The bytes of events, as an event stream. */
export function streamOf(events: Capture["events"], end = "\n"): string {
  return events
    .map((event) => {
      const [name, data] = Array.isArray(event) ? (event as [string, string | object]) : [undefined, event];
      const text = typeof data === "string" ? data : JSON.stringify(data);
      return `${name === undefined ? "" : `event: ${name}${end}`}data: ${text}${end}${end}`;
    })
    .join("");
}
