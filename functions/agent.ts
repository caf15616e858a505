import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import { EVENT_STREAM, JSON_TYPE } from "../contract/headers";
import type { HandlerSettings } from "./settings";

/** An answer whose headers have arrived; its body is still on the way. */
export interface AgentAnswer {
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface AgentCall {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly runtimeSessionId: string;
  /** Closes the agent's socket, before or within the answer. */
  readonly signal: AbortSignal;
}

export type InvokeAgent = (call: AgentCall) => Promise<AgentAnswer>;

/**
 * Calls the one runtime of the settings. A prompt is not idempotent, so there is one attempt
 * (the SDK's default is three); the caller's signal is the only timeout.
 */
export function agentInvoker({ region, runtimeArn, qualifier }: HandlerSettings): InvokeAgent {
  const client = new BedrockAgentCoreClient({ region, maxAttempts: 1 });
  return async ({ payload, runtimeSessionId, signal }) => {
    const output = await client.send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn: runtimeArn,
        qualifier,
        runtimeSessionId,
        // Left out, the SDK sends application/octet-stream, which agents answer with 415.
        contentType: JSON_TYPE,
        // An agent that streams answers 406 unless it is offered an event stream.
        accept: `${EVENT_STREAM}, ${JSON_TYPE}`,
        payload: Buffer.from(JSON.stringify(payload)),
      }),
      { abortSignal: signal },
    );
    return { contentType: output.contentType ?? JSON_TYPE, body: chunks(output.response) };
  };
}

async function* chunks(body: unknown): AsyncGenerator<Uint8Array> {
  if (body !== undefined) yield* body as AsyncIterable<Uint8Array>;
}
