import { setImmediate as pendingEvents } from "node:timers/promises";
import {
  BedrockAgentCoreClient,
  InvokeAgentRuntimeCommand,
  StopRuntimeSessionCommand,
} from "@aws-sdk/client-bedrock-agentcore";
import type { PinnedDialect } from "../../contract/wire/dialects/names";
import { EVENT_STREAM, JSON_TYPE } from "../../contract/wire/headers";
import { chunks } from "./chunks";
import { authFailure } from "./failure";
import { prepared } from "./command";
import type { Endpoint } from "../request/route";
import { withRetries } from "./retry";
import { assertTimeLeft, type Run } from "../handler/run";
import type { HandlerSettings } from "../handler/settings";
import { baggageWith, type Trace } from "./trace";

/** An answer whose headers have arrived. The body is still being received. */
export interface AgentAnswer {
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A session of a runtime, and the caller's trace and token. */
export interface Target {
  /** Name of the agent, for the log; `default` for the agent behind `/invoke`. */
  readonly agent: string;
  readonly endpoint: Endpoint;
  readonly runtimeSessionId: string;
  readonly trace: Trace;
  /** The caller's bearer token, if the runtime accepts bearer tokens. */
  readonly token?: string;
  /** The dialect of its events, if the stack names it. */
  readonly dialect?: PinnedDialect | undefined;
}

export interface AgentCall extends Target {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The runtime's custom headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** AgentCore's user id: the verified caller, if the stack passes it on. */
  readonly userId?: string;
}

/** The runtimes behind the door. Both calls throw the SDK's errors and are aborted by the run's deadline. */
export interface Agent {
  /** Resolves when the answer's headers have arrived. */
  invoke(call: AgentCall, run: Run): Promise<AgentAnswer>;
  /** Ends a session and the answer that it streams. */
  stop(target: Target, run: Run): Promise<void>;
}

/**
 * Open connections. A function in Lambda needs one; a process that serves many requests needs more. With the SDK's default of 50, request
 * 51 waits without any message.
 */
const MAX_SOCKETS = 1000;

/** Leaves `Authorization` to the caller, for a bearer token. The SDK has no other way to turn its signature off. */
const UNSIGNED = {
  httpAuthSchemes: [
    {
      schemeId: "smithy.api#noAuth",
      identityProvider: () => () => Promise.resolve({}),
      signer: { sign: <T>(request: T) => Promise.resolve(request) },
    },
  ],
  httpAuthSchemeProvider: () => [{ schemeId: "smithy.api#noAuth" }],
};

/** Creates a client for the runtimes of the settings. */
export function agentOf({ region, policy }: Pick<HandlerSettings, "region" | "policy">): Agent {
  const { runtimeAuth } = policy;
  const client = new BedrockAgentCoreClient({
    region,
    // The SDK would send a prompt again on any 5xx. retry.ts decides which calls may be repeated.
    maxAttempts: 1,
    requestHandler: { httpsAgent: { maxSockets: MAX_SOCKETS }, httpAgent: { maxSockets: MAX_SOCKETS } },
    ...(runtimeAuth === "oauth" && UNSIGNED),
  });

  const attempt = async <T>(run: Run, call: () => Promise<T>): Promise<T> => {
    // When a frozen sandbox resumes, the close event of an idle connection is still pending. Handle it first: otherwise the prompt goes into
    // the closed connection.
    await pendingEvents();
    return await withRetries(
      () => call().catch((error: unknown) => Promise.reject(authFailure(error, runtimeAuth))),
      run.deadline,
      (number) => {
        assertTimeLeft(run);
        run.attempts = number;
      },
    );
  };

  return {
    invoke: async ({ endpoint, payload, headers, userId, runtimeSessionId, trace, token }, run) => {
      const input = {
        ...endpoint,
        ...trace,
        baggage: baggageWith(run.requestId, trace.baggage),
        runtimeSessionId,
        runtimeUserId: userId,
        // Without it the SDK sends application/octet-stream, which agents answer with 415.
        contentType: JSON_TYPE,
        // An agent that streams answers 406 if `accept` has no event stream.
        accept: `${EVENT_STREAM}, ${JSON_TYPE}`,
        payload: Buffer.from(JSON.stringify(payload)),
      };
      const { contentType, response } = await attempt(run, () => {
        const command = prepared(new InvokeAgentRuntimeCommand(input), { ...headers, ...bearer(token) }, run);
        return client.send(command, { abortSignal: run.deadline });
      });
      return { contentType: typeOf(contentType), body: chunks(response) };
    },
    stop: async ({ endpoint, runtimeSessionId, token }, run) => {
      const input = { ...endpoint, runtimeSessionId };
      await attempt(run, () => {
        const command = prepared(new StopRuntimeSessionCommand(input), bearer(token), run);
        return client.send(command, { abortSignal: run.deadline });
      });
    },
  };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** The agent's content type, if it is a valid header value. */
function typeOf(contentType: string | undefined): string {
  if (contentType === undefined) return JSON_TYPE;
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+[\x20-\x7e]{0,200}$/.test(contentType)
    ? contentType
    : "application/octet-stream";
}
