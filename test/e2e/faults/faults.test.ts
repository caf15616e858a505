import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { DOOR_NAMES, type DoorName } from "../../../contract/wire/doors";
import { readAnswer, type Answer } from "../../support/http/answer";
import { FaultProxy, type Fault } from "../../support/http/faultProxy";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const event = (text: string): string => `data: ${JSON.stringify({ text })}\n\n`;
const MEGABYTE = 1024 * 1024;

/** Waits until the reader has read on, or has left. */
async function drained(response: ServerResponse): Promise<void> {
  const done = new AbortController();
  const events = ["drain", "close"].map((name) => once(response, name, { signal: done.signal }).catch(() => undefined));
  await Promise.race(events);
  done.abort();
}

async function script(prompt: string, response: ServerResponse): Promise<void> {
  if (prompt === "silent") return;
  if (prompt === "plain") {
    response.writeHead(200, { "Content-Type": "text/plain" }).write("half of", () => response.destroy());
    return;
  }
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const [kind, n] = prompt.split(" ");
  if (kind === "events") {
    for (const text of ["one ", "two ", "three ", "häh? 😀"]) response.write(event(text));
  } else if (kind === "giant") {
    response.write(event("x".repeat(Number(n) * MEGABYTE)));
  } else if (kind === "cut") {
    // The first byte of a two-byte character, and no more.
    response.write(Buffer.concat([Buffer.from(event("one ")), Buffer.from("data: h"), Buffer.from([0xc3])]));
  } else if (kind === "halves") {
    for (const byte of Buffer.from(event("häh? 😀"))) response.write(Buffer.from([byte]));
  } else if (kind === "malformed") {
    response.write("no colon\n\n:::\n\ndata\n\n\u0000\n\nid: a\u0000b\n\ndata: fine\n\n");
  } else if (kind === "many") {
    for (let sent = 0; sent < Number(n) * MEGABYTE && !response.destroyed; sent += 16_000) {
      if (!response.write(event("x".repeat(16_000)))) await drained(response);
    }
  } else response.write(event("pong"));
  response.end();
}

interface Expected {
  readonly status: number;
  /** Of the last event or the body; undefined where the answer is whole. */
  readonly code?: string;
  readonly text?: string | ((text: string) => boolean);
}

interface Case {
  readonly title: string;
  readonly prompt: string;
  readonly fault?: Fault;
  readonly refuses?: boolean;
  readonly streaming: Expected;
  readonly buffered: Expected;
}

const xs = (length: number) => (text: string) => text === "x".repeat(length);
const WHOLE = "one two three häh? 😀";
const same = (expected: Expected) => ({ streaming: expected, buffered: expected });

/** Between the data plane and the agent. */
const BEHIND: readonly Case[] = [
  { title: "latency", prompt: "events", fault: { kind: "latency", ms: 300 }, ...same({ status: 200, text: WHOLE }) },
  {
    title: "a slow agent",
    prompt: "many 1",
    fault: { kind: "slow", bytesPerSecond: 2 * MEGABYTE },
    ...same({ status: 200, text: xs(Math.ceil(MEGABYTE / 16_000) * 16_000) }),
  },
  {
    title: "an agent that refuses connections",
    prompt: "events",
    refuses: true,
    ...same({ status: 502, code: "AGENT_ERROR" }),
  },
  {
    title: "RST before the answer",
    prompt: "events",
    fault: { kind: "rst", after: "HTTP/1.1" },
    ...same({ status: 502, code: "AGENT_ERROR" }),
  },
  {
    title: "FIN before the answer",
    prompt: "events",
    fault: { kind: "fin", after: "HTTP/1.1" },
    ...same({ status: 502, code: "AGENT_ERROR" }),
  },
  { title: "a stall before the answer", prompt: "silent", ...same({ status: 504, code: "AGENT_TIMEOUT" }) },
  {
    title: "RST within an event",
    prompt: "events",
    fault: { kind: "rst", after: '{"text":"three' },
    streaming: { status: 200, code: "AGENT_ERROR", text: (text) => WHOLE.startsWith(text) },
    buffered: { status: 502, code: "AGENT_ERROR" },
  },
  {
    title: "FIN within an event",
    prompt: "events",
    fault: { kind: "fin", after: '{"text":"three' },
    streaming: { status: 200, code: "AGENT_ERROR", text: "one two " },
    buffered: { status: 502, code: "AGENT_ERROR" },
  },
  {
    title: "FIN within a character",
    prompt: "events",
    fault: { kind: "fin", after: Buffer.concat([Buffer.from("häh? "), Buffer.from([0xf0, 0x9f])]) },
    streaming: { status: 200, code: "AGENT_ERROR" },
    buffered: { status: 502, code: "AGENT_ERROR" },
  },
  {
    title: "a stall within an event",
    prompt: "events",
    fault: { kind: "stall", after: '{"text":"three' },
    streaming: { status: 200, code: "AGENT_TIMEOUT", text: "one two " },
    buffered: { status: 504, code: "AGENT_TIMEOUT" },
  },
  { title: "an event of 5 MB", prompt: "giant 5", ...same({ status: 200, text: xs(5 * MEGABYTE) }) },
  {
    title: "an event of 8 MB",
    prompt: "giant 8",
    streaming: { status: 200, text: xs(8 * MEGABYTE) },
    buffered: { status: 502, code: "ANSWER_TOO_LARGE" },
  },
  {
    title: "an answer that ends within a character",
    prompt: "cut",
    streaming: { status: 200, text: "one " },
    buffered: { status: 200, text: "one h\ufffd" },
  },
  { title: "characters that come in halves", prompt: "halves", ...same({ status: 200, text: "häh? 😀" }) },
  { title: "malformed events", prompt: "malformed", ...same({ status: 200, text: (text) => text.endsWith("fine") }) },
];

describe("faults, in real processes", () => {
  let agent: OwnAgent;
  let behind: FaultProxy;
  let frontDoor: LocalFrontDoor;
  const inFront: Partial<Record<DoorName, FaultProxy>> = {};

  before(async () => {
    agent = await OwnAgent.start((prompt, response) => {
      void script(prompt, response);
    });
    behind = await FaultProxy.start(agent.url);
    const file = stackFile({ maxDurationSeconds: 5, bufferedMaxDurationSeconds: 5 });
    frontDoor = await LocalFrontDoor.start(["--config-file", file, "--agent", behind.origin]);
    for (const door of DOOR_NAMES) inFront[door] = await FaultProxy.start(frontDoor.door(door).url);
  });
  after(async () => {
    for (const proxy of Object.values(inFront)) await proxy.stop();
    await frontDoor.stop();
    await behind.stop();
    await agent.stop();
  });

  const lines = async (from: number) => (await frontDoor.requestLines(from + 1)).slice(from);
  const logged = (): Promise<number> => frontDoor.loggedRequests();
  const ask = async (door: DoorName, prompt: string): Promise<Answer> =>
    await readAnswer(await frontDoor.invoke(door, { prompt }));

  /** After a fault: the same sandboxes, or as many, and one of them answers. */
  const assertServes = async (door: DoorName, sandboxes: number): Promise<void> => {
    const { status, text } = await ask(door, "ping");
    assert.deepEqual([status, text], [200, "pong"], "the next request is served");
    assert.ok((await frontDoor.sandboxes()).length <= sandboxes, "no sandbox is left busy or dead");
  };

  for (const door of DOOR_NAMES) {
    const streaming = door !== "bufferedApi";
    describe(`${door}, the agent's side`, () => {
      for (const { title, prompt, fault, refuses = false, ...expected } of BEHIND) {
        const { status, code, text } = streaming ? expected.streaming : expected.buffered;
        it(`${title}: ${status}${code ? ` ${code}` : ""}`, async () => {
          await ask(door, "ping");
          const [sandboxes, from] = [await frontDoor.sandboxes(), await logged()];
          // Kept-alive connections are closed, so that the fault meets the next request.
          behind.mend();
          behind.down = fault;
          behind.refuses = refuses;
          const answer = await ask(door, prompt);
          behind.mend();
          assert.deepEqual([answer.status, answer.error?.code], [status, code]);
          if (typeof text === "string") assert.equal(answer.text, text);
          else if (text) assert.ok(text(answer.text ?? ""), answer.text?.slice(0, 100));
          const [line] = await lines(from);
          assert.deepEqual([line?.["status"], line?.["code"]], [status, code]);
          assert.equal(line?.["request_id"], answer.headers.get("x-request-id"));
          assert.equal(line["attempts"], 1, "a prompt is sent once");
          await assertServes(door, sandboxes.length);
        });
      }
    });

    if (streaming) {
      it(`${door}, a text that breaks off: so does the answer, or nobody could tell`, async () => {
        await ask(door, "ping");
        const [sandboxes, from] = [await frontDoor.sandboxes(), await logged()];
        await assert.rejects(frontDoor.invoke(door, { prompt: "plain" }).then((response) => response.text()));
        const [line] = await lines(from);
        assert.deepEqual([line?.["status"], line?.["code"]], [200, "AGENT_ERROR"]);
        await assertServes(door, sandboxes.length);
      });
    }

    describe(`${door}, the client's side`, () => {
      const through = (prompt: string, signal?: AbortSignal) =>
        frontDoor.send(door, "/invoke", {
          body: JSON.stringify({ prompt }),
          headers: { "content-type": "application/json" },
          via: proxy().origin,
          ...(signal && { signal }),
        });
      const proxy = (): FaultProxy => {
        const found = inFront[door];
        if (!found) throw new Error("not started");
        return found;
      };

      it("latency: the answer is whole", async () => {
        proxy().up = proxy().down = { kind: "latency", ms: 100 };
        assert.equal((await readAnswer(await through("events"))).text, WHOLE);
        proxy().mend();
      });

      it("a slow reader: the answer is whole, and the agent had to wait", async () => {
        const sandboxes = await frontDoor.sandboxes();
        proxy().down = { kind: "slow", bytesPerSecond: 4 * MEGABYTE };
        const { status, text } = await readAnswer(await through("many 4"));
        assert.deepEqual([status, text?.length], [200, Math.ceil((4 * MEGABYTE) / 16_000) * 16_000]);
        proxy().mend();
        await assertServes(door, sandboxes.length);
      });

      it("refuse: nothing reaches the function", async () => {
        const from = await logged();
        proxy().mend();
        proxy().refuses = true;
        await assert.rejects(through("events"));
        proxy().mend();
        assert.equal(await logged(), from);
      });

      it("RST within the request: nothing reaches the function", async () => {
        const from = await logged();
        proxy().up = { kind: "rst", after: '{"prompt' };
        await assert.rejects(through("events"));
        proxy().mend();
        assert.equal(await logged(), from);
      });

      /** Where the answer has begun: in its first event, or in the reply's JSON. */
      const begun = streaming ? '{"text' : '"response"';

      for (const kind of ["rst", "fin"] as const) {
        it(`${kind.toUpperCase()} within the answer: the run ends, and is logged as what it was`, async () => {
          await ask(door, "ping");
          const [sandboxes, from, start] = [await frontDoor.sandboxes(), await logged(), frontDoor.log.length];
          proxy().down = { kind, after: begun };
          await assert.rejects(through("events").then((response) => response.text()));
          proxy().mend();
          const [line] = await lines(from);
          assert.deepEqual([line?.["status"], line?.["code"]], [200, undefined]);
          await frontDoor.servedLine(door, start);
          await assertServes(door, sandboxes.length);
        });
      }

      const [prompt, code] = streaming ? (["many 200", "CLIENT_TOO_SLOW"] as const) : (["many 4", undefined] as const);
      it(`a stall: the run ends at its deadline at the latest${code ? `, as ${code}` : ""}`, async () => {
        await ask(door, "ping");
        const [sandboxes, from, start] = [await frontDoor.sandboxes(), await logged(), frontDoor.log.length];
        proxy().down = { kind: "stall", after: begun };
        const abandoned = new AbortController();
        const reading = through(prompt, abandoned.signal).then((response) => response.text());
        reading.catch(() => undefined);
        const [line] = await lines(from);
        assert.deepEqual([line?.["status"], line?.["code"]], [200, code]);
        assert.ok(Number(line?.["bytes"]) < 100 * MEGABYTE, "most of an endless answer was never taken from the agent");
        abandoned.abort();
        proxy().mend();
        await frontDoor.servedLine(door, start);
        await assertServes(door, sandboxes.length);
      });
    });
  }
});
