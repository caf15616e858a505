import type { PolicyConfig } from "../../../contract/config/keys/policy";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { hookedExchange } from "../../../functions/hooks/exchange";
import { callStreaming, contextWith, handlerSettings } from "../../support/handlers/handlers";

/** What a client sees. */
export interface Seen {
  readonly status: number;
  readonly body: string;
}

export const TIMEOUT_MS = 300;

/** Sends an event through a handler with hooks, buffered or streaming. */
export async function send(
  door: "buffered" | "streaming",
  event: unknown,
  hooks: object | (() => Promise<object>),
  policy: PolicyConfig = {},
): Promise<Seen> {
  const base = handlerSettings(policy);
  const settings = { ...base, policy: { ...base.policy, hooks: { timeoutMs: TIMEOUT_MS } } };
  const load = typeof hooks === "function" ? (hooks as () => Promise<object>) : () => Promise.resolve(hooks);
  const { receive, untilTold } = hookedExchange(settings, load);
  if (door === "buffered") {
    const { statusCode, body } = await untilTold(bufferedHandler(settings, receive))(event, contextWith());
    return { status: statusCode, body };
  }
  const { prelude, body } = await callStreaming(untilTold(streamingHandler(settings, receive)), event);
  return { status: prelude.statusCode ?? 200, body };
}

/** The error's code and message. */
export function errorOf({ body }: Seen): { readonly code: string; readonly message: string } {
  return (JSON.parse(body) as { error: { code: string; message: string } }).error;
}
