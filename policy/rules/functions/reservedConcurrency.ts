import { isEdgeFunction } from "../../aws/edgeFunction";
import { functionsOf } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly max: number;
}

const PROPERTY = "reservedConcurrentExecutions";

export const functionReservedConcurrency = defineRule<Settings>({
  id: "fd-lambda-function-reserved-concurrency",
  description: "A function has reserved concurrency, and not more of it than the stack allows.",
  rationale:
    "Each call costs an agent's run, and a stream runs on when its reader has left: reserved concurrency is the one limit on how many run at once (denial of wallet). -1 and nothing both mean no limit (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). 0 stops the function and passes: it is the emergency brake, and no policy may stand in its way. Two kinds of functions call no agent and are exempt: those of Lambda@Edge, whose replicas run in many regions, and authorizers, which run at most as often as their API's throttle lets callers in; starving them locks all callers out.",
  severity: "medium",
  frameworks: {
    checkov: ["CKV_AWS_115"],
    cdkNag: ["HIPAA.Security-LambdaConcurrency", "NIST.800.53.R5-LambdaConcurrency"],
    cfnGuard: ["LAMBDA_CONCURRENCY_CHECK"],
  },
  remediationSteps:
    "In production, set reservedConcurrentExecutions (`reservedConcurrency` of the stack config) to the number of answers that may run at once and that you are ready to pay for. The account keeps 100 of its concurrency for functions without a reservation, and a new account has only 10: have the quota (L-B99A9384) raised if that leaves too little.",
  settings: {
    max: {
      type: "integer",
      minimum: 1,
      description:
        "The most that one function may reserve: so many agents run at once, and are paid for. A raised quota allows more.",
      default: 500,
    },
  },
  // What one function alone decides: a number that is too high. Whether it needs one at all depends on who calls it.
  resource: {
    types: [TYPES.function],
    check: (fn, { max }) =>
      judged(
        fn,
        max,
        is(fn.props[PROPERTY], (known) => !(typeof known === "number" && known > max)),
      ),
  },
  stack: {
    types: [TYPES.function],
    check: (graph, { max }) =>
      graph.all(TYPES.function).flatMap((fn) => {
        const isLimited = is(fn.props[PROPERTY], (known) => typeof known === "number" && known >= 0 && known <= max);
        return judged(fn, max, or(isLimited, isEdgeFunction(graph, fn), isAuthorizer(graph, fn)));
      }),
  },
});

function judged(fn: Resource, max: number, truth: Truth) {
  return judgeProperty(fn, PROPERTY, fn.props[PROPERTY] ?? undefined, truth, `a number from 0 to ${max.toString()}`);
}

function isAuthorizer(graph: PolicyGraph, fn: StackResource): Truth {
  const asked = graph.once("functions of authorizers", () => {
    const links = graph.all(TYPES.authorizer).map((authorizer) => functionsOf(graph, authorizer, "authorizerUri"));
    return {
      certain: new Set(links.flatMap(({ to, sure }) => (sure ? to : []))),
      possible: new Set(links.flatMap(({ to, sure }) => (sure ? [] : to))),
      stray: links.some(({ to, sure }) => !sure && to.length === 0),
    };
  });
  if (asked.certain.has(fn)) return true;
  return asked.stray || asked.possible.has(fn) ? UNKNOWN : false;
}
