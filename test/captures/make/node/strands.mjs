// Strands Agents for TypeScript, and texts and objects of one's own, behind AgentCore's SDK for TypeScript.
import { setImmediate } from "node:timers";
import { createServer } from "node:net";
import { once } from "node:events";
import { Agent, Graph, Model, tool } from "@strands-agents/sdk";
import { BedrockAgentCoreApp } from "bedrock-agentcore/runtime";
import { z } from "zod";

const START = { type: "modelMessageStartEvent", role: "assistant" };
const BLOCK = { type: "modelContentBlockStartEvent" };
const STOP = { type: "modelContentBlockStopEvent" };
const delta = (text) => ({ type: "modelContentBlockDeltaEvent", delta: { type: "textDelta", text } });
const ended = (stopReason) => [
  { type: "modelMessageStopEvent", stopReason },
  { type: "modelMetadataEvent", usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 } },
];
const textTurn = (...pieces) => [START, BLOCK, ...pieces.map(delta), STOP, ...ended("endTurn")];
const failingTurn = [START, BLOCK, delta("Hel"), new Error("canary-secret: the database password is hunter2")];
const toolTurn = [
  START,
  { ...BLOCK, start: { type: "toolUseStart", name: "weather", toolUseId: "tool-1" } },
  { type: "modelContentBlockDeltaEvent", delta: { type: "toolUseInputDelta", input: '{"city":"Rome"}' } },
  STOP,
  ...ended("toolUse"),
];

/** Each call of the model takes the next turn. */
class ScriptedModel extends Model {
  constructor(turns) {
    super();
    this.turns = turns;
  }
  updateConfig() {}
  getConfig() {
    return {};
  }
  async *stream() {
    for (const event of this.turns.shift()) {
      if (event instanceof Error) throw event;
      yield event;
    }
  }
}

const weather = tool({
  name: "weather",
  description: "The weather in a city.",
  inputSchema: z.object({ city: z.string() }),
  callback: () => "sunny, an error is unlikely",
});
const agent = (turns, more = {}) => new Agent({ model: new ScriptedModel(turns), printer: false, ...more });
const graph = () =>
  new Graph({
    nodes: [agent([textTurn("Hel")], { id: "first" }), agent([textTurn("lo")], { id: "second" })],
    edges: [["first", "second"]],
  });

async function* textsOf(events) {
  for await (const { event } of events) if (event?.delta?.type === "textDelta") yield event.delta.text;
}

const texts = async function* () {
  yield "Hel";
  yield "lo";
};
const fields = async function* () {
  yield { text: "Hel" };
  yield { text: "lo" };
};
const failing = async function* () {
  yield { text: "Hel" };
  throw new Error("canary-secret: the database password is hunter2");
};

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

const behind = (process) => async () => {
  const port = await freePort();
  const app = new BedrockAgentCoreApp({ config: { logging: { enabled: false } }, invocationHandler: { process } });
  await app.run({ host: "127.0.0.1", port });
  const call = () =>
    fetch(`http://127.0.0.1:${port}/invocations`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream, application/json",
        "x-amzn-bedrock-agentcore-runtime-session-id": "s".repeat(33),
      },
      body: JSON.stringify({ prompt: "Hi" }),
    });
  // `run` returns before the server listens.
  for (let tries = 0; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries > 1000) throw error;
      await new Promise((next) => setImmediate(next));
    }
  }
};

export const CAPTURES = {
  "strands-ts-events": behind(() => agent([textTurn("Hel", "lo")]).stream("Hi")),
  "strands-ts-tool": behind(() => agent([toolTurn, textTurn("Hel", "lo")], { tools: [weather] }).stream("Hi")),
  "strands-ts-graph": behind(() => graph().stream("Hi")),
  "strands-ts-fails": behind(() => agent([failingTurn]).stream("Hi")),
  "strands-ts-text": behind(() => textsOf(agent([textTurn("Hel", "lo")]).stream("Hi"))),
  "sdk-ts-texts": behind(() => texts()),
  "sdk-ts-fields": behind(() => fields()),
  "sdk-ts-fails": behind(() => failing()),
  "sdk-ts-object": behind(() => ({ answer: "Hello" })),
};
