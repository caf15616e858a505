import { setTimeout as sleep } from "node:timers/promises";
import { BedrockAgentCoreApp } from "bedrock-agentcore/runtime";
import { z } from "zod";

/** The data of one event. `at` is the time at which the agent created it, milliseconds since the epoch. */
interface Piece {
  readonly text: string;
  readonly index?: number;
  readonly at?: number;
}

const CHUNK_BYTES = 16 * 1024;

async function* count(n: number, everyMs: number): AsyncGenerator<Piece> {
  for (let index = 1; index <= n; index++) {
    if (index > 1) await sleep(everyMs);
    yield { text: `${String(index)} `, index, at: Date.now() };
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the SDK streams only an async generator
async function* bytes(n: number): AsyncGenerator<Piece> {
  for (let left = n; left > 0; left -= CHUNK_BYTES) yield { text: "x".repeat(Math.min(left, CHUNK_BYTES)) };
}

async function* failAfter(n: number): AsyncGenerator<Piece> {
  yield* count(n, 10);
  throw new Error(`failed after ${String(n)} events, as asked`);
}

// eslint-disable-next-line @typescript-eslint/require-await -- as above
async function* say(text: string): AsyncGenerator<Piece> {
  yield { text };
}

/** An answer: events, or one JSON object. */
type Answer = AsyncGenerator<Piece> | Record<string, unknown>;

/** Commands. The first match wins; the agent echoes any other prompt. */
const COMMANDS: readonly [pattern: RegExp, run: (...numbers: number[]) => Answer | Promise<Answer>][] = [
  [/^count (\d+) every (\d+)$/, (n = 0, ms = 0) => count(n, ms)],
  [/^bytes (\d+)$/, (n = 0) => bytes(n)],
  [
    /^sleep (\d+)$/,
    async (ms = 0) => {
      await sleep(ms);
      return say(`slept ${String(ms)} ms`);
    },
  ],
  [/^json$/, () => ({ answer: "json", streamed: false })],
  [
    /^fail$/,
    () => {
      throw new Error("failed, as asked");
    },
  ],
  [/^fail after (\d+)$/, (n = 0) => failAfter(n)],
];

async function answer(prompt: string): Promise<Answer> {
  for (const [pattern, run] of COMMANDS) {
    const match = pattern.exec(prompt);
    if (match) return await run(...match.slice(1).map(Number));
  }
  return say(prompt);
}

const app = new BedrockAgentCoreApp({
  config: { logging: { enabled: false } },
  invocationHandler: {
    requestSchema: z.looseObject({ prompt: z.string() }),
    process: ({ prompt }) => answer(prompt),
  },
});

app.run({ host: process.env["HOST"] ?? "0.0.0.0", port: Number(process.env["PORT"] ?? "8080") });
