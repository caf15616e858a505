import { corsHeaders } from "../../contract/wire/cors";
import { agentOf, type Agent, type Target } from "../agent/agent";
import { logRequest, type Finished } from "./log";
import { decide, type Decision, type Rules } from "../request/pipeline";
import { redactor } from "../request/redact";
import { readRequest, type DoorRequest } from "../request/request";
import { startRun, type LambdaContext, type Run } from "./run";
import type { HandlerSettings } from "./settings";

/** A request with its decision, ready to be answered by the door. */
export interface Exchange {
  readonly run: Run;
  readonly decision: Decision;
  readonly agent: Agent;
  /** Writes the request's log line. Called exactly once, at the end. */
  readonly log: (finished: Finished) => void;
}

/** Creates what every door calls first: it reads the request, decides, and prepares the log line. */
export function exchangeFactory(
  settings: HandlerSettings,
): (event: unknown, context: LambdaContext) => Promise<Exchange> {
  const { door, marginMs, policy, stopSession, defaultAgent, agents } = settings;
  const routes = { defaultAgent, agents };
  const several = agents.size > 0 || defaultAgent?.canary !== undefined;
  const agent = agentOf(settings);
  // Loading begins while the sandbox starts.
  const ready = redactor(policy.redaction).then((redact): Rules => ({ policy, redact, routes, stopSession }));
  return async (event, context) => {
    const rules = await ready;
    const request = readRequest(event, policy.publicEdge, policy);
    const run = startRun(context, marginMs, corsHeaders(request?.header("origin"), policy.corsOrigins));
    const decision = decideSafely(request, rules, context.getRemainingTimeInMillis() - marginMs);
    const sessionId = "sessionId" in decision ? decision.sessionId : undefined;
    const redactions = ("redactions" in decision ? decision.redactions : undefined) ?? {};
    return {
      run,
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
function decideSafely(request: DoorRequest | undefined, rules: Rules, remainingMs: number): Decision {
  try {
    return decide(request, rules, remainingMs);
  } catch (cause) {
    return { kind: "error", refusal: { code: "INTERNAL" }, cause };
  }
}
