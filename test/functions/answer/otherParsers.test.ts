import assert from "node:assert/strict";
import { runHttpRequest, transformHttpEventStream } from "@ag-ui/client";
import { parseJsonEventStream, uiMessageChunkSchema } from "ai";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { Stream } from "openai/core/streaming";
import type { DialectName } from "../../../contract/wire/dialects/names";
import { bytesOf, RECORDED } from "../../captures/recorded";
import { LINE_ENDS, withHeartbeats } from "./commented";

/** What a client reads of a stream. */
interface Outcome {
  readonly events: readonly unknown[];
  /** Undefined if it reads the stream to its end. */
  readonly error: string | undefined;
}

interface Parser {
  /** Which recorded streams it reads. */
  readonly reads: (dialect: DialectName | undefined) => boolean;
  /** Yields the events that the client reads, and throws if it does. */
  readonly parse: (response: Response) => AsyncIterable<unknown>;
  /** Line ends that the parser cannot read, whether a door is there or not. */
  readonly cannotRead?: readonly string[];
}

const PARSERS: Readonly<Record<string, Parser>> = {
  "eventsource-parser": {
    reads: () => true,
    async *parse({ body }) {
      assert.ok(body);
      yield* body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    },
  },
  "openai's Stream": {
    reads: (dialect) => dialect === "openAi",
    async *parse(response) {
      yield* Stream.fromSSEResponse(response, new AbortController(), undefined, true);
    },
  },
  "@ag-ui/client": {
    reads: (dialect) => dialect === "agUi",
    async *parse(response) {
      const events: unknown[] = [];
      const failed = await new Promise<unknown>((resolve) => {
        transformHttpEventStream(runHttpRequest(() => Promise.resolve(response))).subscribe({
          next: (event) => events.push(event),
          error: (error: unknown) => {
            resolve(error);
          },
          complete: () => {
            resolve(undefined);
          },
        });
      });
      yield* events;
      if (failed !== undefined) throw failed as Error;
    },
    // It splits at two line feeds.
    cannotRead: ["CRLF", "CR"],
  },
  "ai's parseJsonEventStream": {
    reads: (dialect) => dialect === "aiSdk",
    async *parse({ body }) {
      assert.ok(body);
      yield* parseJsonEventStream({ stream: body, schema: uiMessageChunkSchema });
    },
  },
};

async function outcomeOf({ parse }: Parser, chunks: readonly Uint8Array[]): Promise<Outcome> {
  const events: unknown[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  try {
    const response = new Response(body, { headers: { "content-type": "text/event-stream" } });
    for await (const event of parse(response)) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error: String(error) };
  }
}

describe("parsers of others", () => {
  for (const [name, parser] of Object.entries(PARSERS)) {
    const files = Object.keys(RECORDED).filter(
      (file) => file.endsWith(".sse") && parser.reads(RECORDED[file]?.dialect),
    );

    for (const [title, end] of Object.entries(LINE_ENDS)) {
      it(`${name} reads the same events with and without heartbeats, over ${title}, with and without ids`, async () => {
        assert.ok(files.length >= 3);
        for (const file of files) {
          const whole = await outcomeOf(parser, [bytesOf(file)]);
          assert.ok(whole.events.length > 0, file);
          for (const { agent, all, hasIds } of withHeartbeats(bytesOf(file), end)) {
            const [without, found] = [await outcomeOf(parser, agent), await outcomeOf(parser, all)];
            const where = `${file}${hasIds ? " with ids" : ""}`;
            if (parser.cannotRead?.includes(title)) {
              assert.ok(without.events.length < whole.events.length, `${where} can be read`);
            } else {
              assert.deepEqual(found, without, where);
              if (!hasIds) assert.deepEqual(without, whole, where);
              assert.equal(without.events.length, whole.events.length, where);
            }
          }
        }
      });
    }
  }
});
