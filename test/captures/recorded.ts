import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectName } from "../../contract/wire/dialects/names";

/** What an agent of a framework answered. The bytes are in recorded/, made by make/. */
export interface Recorded {
  readonly dialect?: DialectName;
  /** Undefined if the agent fails. */
  readonly text?: string;
  /** True for an answer that is not an event stream. */
  readonly isWhole?: true;
  /** Tokens that the agent reports: input and output. */
  readonly usage?: readonly [input: number, output: number];
  /** Printed by a client that reads while the agent works, before the answer. */
  readonly status?: string;
}

/** Every agent that fails says it with this word, which no client may see in a collected answer. */
export const CANARY = /canary-secret|hunter2/;

const ONE_TURN = [5, 2] as const;
const TWO_TURNS = [10, 4] as const;
const THINKING = "Thinking about it.";

export const RECORDED: Readonly<Record<string, Recorded>> = {
  "strands-events.sse": { dialect: "strands", text: "Hello", usage: ONE_TURN },
  "strands-reasoning.sse": { dialect: "strands", text: "Hello", usage: ONE_TURN },
  "strands-tool.sse": { dialect: "strands", text: "Hello", usage: TWO_TURNS },
  "strands-tool-fails.sse": { dialect: "strands", text: "Hello", usage: TWO_TURNS },
  "strands-graph.sse": { dialect: "strands", text: "Hello", usage: TWO_TURNS },
  "strands-fails.sse": { dialect: "strands" },
  "strands-data.sse": { dialect: "plain", text: "Hello" },
  "strands-whole.json": { isWhole: true },
  "strands-ts-events.sse": { dialect: "strands", text: "Hello", usage: ONE_TURN },
  "strands-ts-tool.sse": { dialect: "strands", text: "Hello", usage: TWO_TURNS },
  "strands-ts-graph.sse": { dialect: "strands", text: "Hello", usage: TWO_TURNS },
  "strands-ts-fails.sse": { dialect: "strands" },
  "strands-ts-text.sse": { dialect: "plain", text: "Hello" },
  "sdk-ts-texts.sse": { dialect: "plain", text: "Hello" },
  "sdk-ts-fields.sse": { dialect: "plain", text: "Hello" },
  "sdk-ts-fails.sse": { dialect: "plain" },
  "sdk-ts-object.json": { isWhole: true },
  "langgraph-messages.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-messages-dumped.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-message-dumped.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-content.sse": { dialect: "plain", text: "Hello there" },
  "langgraph-values.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-updates.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-events.sse": { dialect: "langGraph", text: "Hello there" },
  "langgraph-fails.sse": { dialect: "langGraph" },
  "anthropic-messages.sse": { dialect: "anthropic", text: "Hello", usage: ONE_TURN },
  "anthropic-helper.sse": { dialect: "anthropic", text: "Hello", usage: ONE_TURN },
  "anthropic-fails.sse": { dialect: "anthropic" },
  "openai-chat.sse": { dialect: "openAi", text: "Hello", usage: ONE_TURN },
  "openai-responses.sse": { dialect: "openAi", text: "Hello", usage: ONE_TURN },
  "openai-responses-fails.sse": { dialect: "openAi" },
  "ag-ui-encoder.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-encoder-fails.sse": { dialect: "agUi" },
  "ag-ui-strands.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-strands-tool.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-strands-fails.sse": { dialect: "agUi" },
  "ag-ui-langgraph.sse": { dialect: "agUi", text: "Hello there" },
  "ag-ui-node.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-node-chunks.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-node-tool.sse": { dialect: "agUi", text: "Hello" },
  "ag-ui-node-fails.sse": { dialect: "agUi" },
  "ai-sdk.sse": { dialect: "aiSdk", text: "Hello" },
  "ai-sdk-reasoning.sse": { dialect: "aiSdk", text: "Hello" },
  "ai-sdk-tool.sse": { dialect: "aiSdk", text: "Hello" },
  "ai-sdk-tool-fails.sse": { dialect: "aiSdk", text: "Hello" },
  "ai-sdk-fails.sse": { dialect: "aiSdk" },
  "ai-sdk-fails-with-text.sse": { dialect: "aiSdk" },
  "ai-sdk-text.txt": { isWhole: true },
  "a2a-artifact.sse": { dialect: "jsonRpc", text: "Hello", status: THINKING },
  "a2a-message.sse": { dialect: "jsonRpc", text: "Hello" },
  "a2a-fails.sse": { dialect: "jsonRpc" },
  "a2a-raises.sse": { dialect: "jsonRpc" },
  "a2a-0.3-artifact.sse": { dialect: "jsonRpc", text: "Hello", status: THINKING },
  "a2a-0.3-message.sse": { dialect: "jsonRpc", text: "Hello" },
  "a2a-0.3-fails.sse": { dialect: "jsonRpc" },
  "mcp-tool.sse": { dialect: "jsonRpc", text: "Hello" },
  "mcp-tool-fails.sse": { dialect: "jsonRpc" },
  "mcp-unknown-tool.sse": { dialect: "jsonRpc" },
};

export const RECORDED_FOLDER = join(__dirname, "recorded");

export function bytesOf(file: string): Buffer {
  return readFileSync(join(RECORDED_FOLDER, file));
}

const TYPES: Readonly<Record<string, string>> = {
  sse: "text/event-stream",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
};

export function typeOf(file: string): string {
  return TYPES[file.split(".").at(-1) ?? ""] ?? "";
}
