// The AI SDK: the UI message stream and the text stream of `streamText`.
import { stepCountIs, streamText, tool } from "ai";
import { MockLanguageModelV3, simulateReadableStream } from "ai/test";
import { z } from "zod";

const USAGE = {
  inputTokens: { total: 5, noCache: 5, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 2, text: 2, reasoning: undefined },
};

const finish = (unified) => ({ type: "finish", finishReason: { unified, raw: unified }, usage: USAGE });
const text = (...pieces) => [
  { type: "text-start", id: "1" },
  ...pieces.map((delta) => ({ type: "text-delta", id: "1", delta })),
  { type: "text-end", id: "1" },
];
const REASONING = [
  { type: "reasoning-start", id: "0" },
  { type: "reasoning-delta", id: "0", delta: "Let me think." },
  { type: "reasoning-end", id: "0" },
];
const CALL = { type: "tool-call", toolCallId: "c1", toolName: "weather", input: '{"city":"Rome"}' };

const tools = (execute) => ({ weather: tool({ inputSchema: z.object({ city: z.string() }), execute }) });

function streamed(turns, more = {}) {
  const left = [...turns];
  const model = new MockLanguageModelV3({
    doStream: () => Promise.resolve({ stream: simulateReadableStream({ chunks: left.shift() ?? [] }) }),
  });
  return streamText({ model, prompt: "Hi", onError: () => undefined, ...more });
}

const start = { type: "stream-start", warnings: [] };
const plain = [start, ...text("Hel", "lo"), finish("stop")];
const failing = [start, ...text("Hel").slice(0, 2), { type: "error", error: new Error("canary-secret: failed") }];
const calling = [start, CALL, finish("tool-calls")];
const answer = (...steps) => streamed(steps).toUIMessageStreamResponse();
const withTool = (execute) =>
  streamed([calling, plain], { tools: tools(execute), stopWhen: stepCountIs(2) }).toUIMessageStreamResponse();

export const CAPTURES = {
  "ai-sdk": () => answer(plain),
  "ai-sdk-reasoning": () => answer([start, ...REASONING, ...text("Hel", "lo"), finish("stop")]),
  "ai-sdk-tool": () => withTool(() => "sunny, an error is unlikely"),
  "ai-sdk-tool-fails": () => withTool(() => Promise.reject(new Error("the tool failed"))),
  "ai-sdk-fails": () => answer(failing),
  "ai-sdk-fails-with-text": () => streamed([failing]).toUIMessageStreamResponse({ onError: (error) => error.message }),
  "ai-sdk-text": () => streamed([plain]).toTextStreamResponse(),
};
