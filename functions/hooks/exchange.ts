import type { HookAnswer, Hooks } from "../../contract/runtime/hooks";
import { nameOf } from "../agent/failure";
import { exchangeFactory, type Exchange, type Receive } from "../handler/exchange";
import type { Finished } from "../handler/log";
import type { LambdaContext } from "../handler/run";
import type { HandlerSettings } from "../handler/settings";
import { decideWithHooks } from "./decide";
import { hookCaller } from "./caller";
import { HookFault } from "./fault";
import { limited } from "./limited";
import { hooksOfArchive, loadHooks } from "./load";

/** How a door with hooks receives requests, and what it waits for at the end. */
export interface HookedExchange {
  readonly receive: Receive;
  /** Lets a handler end only after `onAnswer` has ended: Lambda freezes the process between invocations. */
  readonly untilTold: <Args extends unknown[], Result>(
    handler: (...args: Args) => Promise<Result>,
  ) => (...args: Args) => Promise<Result>;
}

/** @param load loads the module of the stack's hooks */
export function hookedExchange(settings: HandlerSettings, load = hooksOfArchive): HookedExchange {
  const { timeoutMs = 0 } = settings.policy.hooks ?? {};
  const hooks = loadHooks(load);
  const receive = exchangeFactory(settings, decideWithHooks(hooks, timeoutMs));
  const telling = new Set<Promise<void>>();
  return {
    receive: async (event, context) => {
      const exchange = await receive(event, context);
      return {
        ...exchange,
        log: (finished) => {
          exchange.log(finished);
          const told = tell(hooks, timeoutMs, exchange, finished, context).finally(() => telling.delete(told));
          telling.add(told);
        },
      };
    },
    untilTold:
      (handler) =>
      async (...args) => {
        try {
          return await handler(...args);
        } finally {
          await Promise.all(telling);
        }
      },
  };
}

/** Time that is left to Lambda itself, milliseconds. */
const END_MS = 100;

/** Calls `onAnswer`. It cannot change an answer, so that its failure is only logged. */
async function tell(
  hooks: () => Promise<Hooks>,
  timeoutMs: number,
  exchange: Exchange,
  finished: Finished,
  context: LambdaContext,
): Promise<void> {
  try {
    const limitMs = Math.min(timeoutMs, context.getRemainingTimeInMillis() - END_MS);
    const { onAnswer } = await limited("the module", limitMs, hooks);
    if (!onAnswer) return;
    await limited("onAnswer", limitMs, () => onAnswer(answerOf(exchange, finished)));
  } catch (error) {
    // A module that cannot be loaded is in the line of the request.
    if (error instanceof HookFault && error.reason.startsWith("onAnswer")) warn(exchange.run.requestId, error);
  }
}

function answerOf({ run, decision, request }: Exchange, { status, code, bytes, usage }: Finished): HookAnswer {
  return {
    requestId: run.requestId,
    agent:
      decision.kind === "invoke" ? decision.call.agent : decision.kind === "stop" ? decision.target.agent : undefined,
    sessionId: "sessionId" in decision ? decision.sessionId : undefined,
    caller: hookCaller(request?.caller),
    status,
    code,
    durationMs: Date.now() - run.startedAt,
    firstByteMs: run.firstByteAt === undefined ? undefined : run.firstByteAt - run.startedAt,
    bytes,
    usage,
  };
}

/** A line of its own: the line of the request is written before. */
function warn(requestId: string, fault: HookFault): void {
  const line = { level: "WARN", message: "hook", request_id: requestId, cause: nameOf(fault), reason: fault.reason };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
