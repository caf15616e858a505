import { createParser } from "eventsource-parser";

/** An event of an SSE answer, and when it arrived. */
export interface Arrival {
  readonly event: string | undefined;
  readonly data: string;
  readonly at: number;
}

/** Reads an event stream to its end, noting when each event arrived. */
export async function arrivals(response: Response): Promise<Arrival[]> {
  const found: Arrival[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      found.push({ event, data, at: Date.now() });
    },
  });
  if (!response.body) return found;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
  return found;
}
