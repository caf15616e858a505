import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings } from "./handlers";
import { withDataPlane } from "./withDataPlane";

/** A collected answer, as a client parses it. */
export interface Collected {
  readonly session_id: string;
  readonly response: unknown;
  readonly content_type: string;
  readonly encoding?: string;
  readonly usage?: { readonly input_tokens: number; readonly output_tokens: number };
}

/** A prompt in the event of a REST API. */
export function restEvent(accept?: string, path = "/invoke"): object {
  return EVENTS["REST event 1.0"]({
    path,
    headers: { "Content-Type": "application/json", ...(accept !== undefined && { Accept: accept }) },
    body: JSON.stringify({ prompt: "hi" }),
  });
}

/** Both handlers over a data plane, for a suite. */
export function withDoors(settings = handlerSettings()) {
  const { plane, log } = withDataPlane();
  let streaming: ReturnType<typeof streamingHandler>;
  let buffered: ReturnType<typeof bufferedHandler>;
  before(() => {
    [streaming, buffered] = [streamingHandler(settings), bufferedHandler(settings)];
  });
  return {
    plane,
    /** The last line of the log. */
    line: () => JSON.parse(log.lines.at(-1) ?? "{}") as Readonly<Record<string, unknown>>,
    streamed: (event: object) => callStreaming(streaming, event),
    /** The collected answers of door 1, and of a streaming door with `Accept: application/json`. */
    collected: async (path?: string): Promise<{ status: number | undefined; body: string }[]> => {
      const one = await buffered(restEvent(undefined, path), contextWith());
      const three = await callStreaming(streaming, restEvent("application/json", path));
      return [
        { status: one.statusCode, body: one.body },
        { status: three.prelude.statusCode, body: three.body },
      ];
    },
  };
}
