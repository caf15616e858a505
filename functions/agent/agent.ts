import { setImmediate as pendingEvents } from "node:timers/promises";
import {
  BedrockAgentCoreClient,
  InvokeAgentRuntimeCommand,
  StopRuntimeSessionCommand,
} from "@aws-sdk/client-bedrock-agentcore";
import { EVENT_STREAM, JSON_TYPE } from "../../contract/wire/headers";
import { authFailure } from "./failure";
import { inTime, SENDING } from "./inTime";
import type { Endpoint } from "../request/route";
import { withRetries } from "./retry";
import { assertTimeLeft, type Run } from "../handler/run";
import type { HandlerSettings } from "../handler/settings";
import type { Trace } from "./trace";

/** An answer whose headers have arrived; its body is still on the way. */
export interface AgentAnswer {
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A session of a runtime, and who asks for it. */
export interface Target {
  /** The agent's name, `default` for the one behind `/invoke`; for the log. */
  readonly agent: string;
  readonly endpoint: Endpoint;
  readonly runtimeSessionId: string;
  readonly trace: Trace;
  /** The caller's bearer token, for a runtime that takes those. */
  readonly token?: string;
}

export interface AgentCall extends Target {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The runtime's custom headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The runtimes behind the door. Both calls throw what the SDK throws; the run's deadline aborts them. */
export interface Agent {
  /** Resolves when the answer's headers have arrived. */
  invoke(call: AgentCall, run: Run): Promise<AgentAnswer>;
  /** Ends a session and whatever it is still streaming. */
  stop(target: Target, run: Run): Promise<void>;
}

/** Connections at once: one a request in Lambda, more where a process serves many. The SDK's 50 would hold the 51st silently. */
const MAX_SOCKETS = 1000;

/** Headers that are set in this step are signed. */
const SIGNED = { step: "build", name: "frontDoorHeaders", priority: "high" } as const;

/** A bearer token instead of a signature: the SDK has no other way to leave `Authorization` to its caller. */
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

/** A client for the runtimes of the settings. */
export function agentOf({ region, policy }: Pick<HandlerSettings, "region" | "policy">): Agent {
  const { runtimeAuth } = policy;
  const client = new BedrockAgentCoreClient({
    region,
    // The SDK would repeat a prompt on any 5xx; which calls may be repeated is decided in retry.ts.
    maxAttempts: 1,
    requestHandler: { httpsAgent: { maxSockets: MAX_SOCKETS }, httpAgent: { maxSockets: MAX_SOCKETS } },
    ...(runtimeAuth === "oauth" && UNSIGNED),
  });

  const attempt = async <T>(run: Run, call: () => Promise<T>): Promise<T> => {
    // A sandbox that was frozen finds here that its idle connection was closed meanwhile, and does not send a prompt into it.
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
    invoke: async ({ endpoint, payload, headers, runtimeSessionId, trace, token }, run) => {
      const input = {
        ...endpoint,
        ...trace,
        runtimeSessionId,
        // Left out, the SDK sends application/octet-stream, which agents answer with 415.
        contentType: JSON_TYPE,
        // An agent that streams answers 406 unless it is offered an event stream.
        accept: `${EVENT_STREAM}, ${JSON_TYPE}`,
        payload: Buffer.from(JSON.stringify(payload)),
      };
      const { contentType, response } = await attempt(run, () => {
        const command = new InvokeAgentRuntimeCommand(input);
        command.middlewareStack.add(carrying({ ...headers, ...bearer(token) }), SIGNED);
        command.middlewareStack.add(inTime(run), SENDING);
        return client.send(command, { abortSignal: run.deadline });
      });
      return { contentType: typeOf(contentType), body: chunks(response) };
    },
    stop: async ({ endpoint, runtimeSessionId, token }, run) => {
      const input = { ...endpoint, runtimeSessionId };
      await attempt(run, () => {
        const command = new StopRuntimeSessionCommand(input);
        command.middlewareStack.add(carrying(bearer(token)), SIGNED);
        command.middlewareStack.add(inTime(run), SENDING);
        return client.send(command, { abortSignal: run.deadline });
      });
    },
  };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** What the agent calls its answer, if that can stand in a header. */
function typeOf(contentType: string | undefined): string {
  if (contentType === undefined) return JSON_TYPE;
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+[\x20-\x7e]{0,200}$/.test(contentType)
    ? contentType
    : "application/octet-stream";
}

/** Middleware that puts headers on one command, never on the client: there they would reach the next caller's request. */
function carrying(headers: Readonly<Record<string, string>>) {
  return <Args extends { request: unknown }, Result>(next: (args: Args) => Promise<Result>) =>
    (args: Args): Promise<Result> => {
      Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
      return next(args);
    };
}

async function* chunks(body: unknown): AsyncGenerator<Uint8Array> {
  if (body !== undefined) yield* body as AsyncIterable<Uint8Array>;
}
