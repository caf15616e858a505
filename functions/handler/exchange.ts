import { corsHeaders } from "../../contract/wire/cors";
import { agentOf, type Agent, type Target } from "../agent/agent";
import { logRequest, type Finished } from "./log";
import type { Decision } from "../request/decision";
import { decide, type Decide, type Rules } from "../request/pipeline";
import { redactor } from "../request/redact/redact";
import { readRequest, type DoorRequest } from "../request/request";
import { schemaOf } from "../request/schema/schema";
import { edgeEntryOf, EntryRefused, type EdgeEntry } from "../request/caller/edgeEntry";
import { startRun, type LambdaContext, type Run } from "./run";
import type { HandlerSettings } from "./settings";

/** A request with its decision, ready to be answered by the door. */
export interface Exchange {
  readonly run: Run;
  readonly request: DoorRequest | undefined;
  readonly decision: Decision;
  readonly agent: Agent;
  /** Writes the request's log line. Called exactly once, at the end. */
  readonly log: (finished: Finished) => void;
}

/** What every door calls first: it reads the request, decides, and prepares the log line. */
export type Receive = (event: unknown, context: LambdaContext) => Promise<Exchange>;

/** @param decideWith how requests are decided, if the stack has code of its own */
export function exchangeFactory(settings: HandlerSettings, decideWith: Decide = decide): Receive {
  const { door, marginMs, policy, stopSession, defaultAgent, agents } = settings;
  const routes = { defaultAgent, agents };
  const several = agents.size > 0 || defaultAgent?.canary !== undefined;
  const agent = agentOf(settings);
  // Loading begins while the sandbox starts.
  const ready = Promise.all([redactor(policy.redaction), schemaOf(policy)]).then(([redact, schema]): Rules => ({
    policy,
    redact,
    schema,
    routes,
    stopSession,
  }));
  const entering = edgeEntryOf(policy);
  return async (event, context) => {
    const [rules, enter] = await Promise.all([ready, entering]);
    const received = readRequest(event, policy.publicEdge, policy);
    const run = startRun(context, marginMs, corsHeaders(received?.header("origin"), policy.corsOrigins));
    const { request, decision } = await decideSafely(received, enter, decideWith, rules, () => {
      return context.getRemainingTimeInMillis() - marginMs;
    });
    const sessionId = "sessionId" in decision ? decision.sessionId : undefined;
    const redactions = ("redactions" in decision ? decision.redactions : undefined) ?? {};
    return {
      run,
      request,
      decision,
      agent,
      log: (finished) => {
        logRequest({ door, request, target: targetOf(decision), several, sessionId, redactions }, run, finished);
      },
    };
  };
}

function targetOf(decision: Decision): Target | undefined {
  if (decision.kind === "invoke") return decision.call;
  return decision.kind === "stop" ? decision.target : undefined;
}

/** An error in the door's own code must also give an answer and a log line. */
async function decideSafely(
  received: DoorRequest | undefined,
  enter: EdgeEntry | undefined,
  decideWith: Decide,
  rules: Rules,
  remainingMs: () => number,
): Promise<{ readonly request: DoorRequest | undefined; readonly decision: Decision }> {
  try {
    const request = received && enter ? await enter(received, remainingMs()) : received;
    return { request, decision: await decideWith(request, rules, remainingMs()) };
  } catch (cause) {
    const code = cause instanceof EntryRefused ? cause.code : "INTERNAL";
    return { request: received, decision: { kind: "error", refusal: { code }, cause } };
  }
}
