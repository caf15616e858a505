import { isEdgeFunction } from "../../aws/edgeFunction";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge } from "../../model/rule";
import { at, or, UNKNOWN, type Truth } from "../../model/value";

export const functionLogGroup = defineRule({
  id: "fd-lambda-function-log-group",
  description: "A function logs into a log group of the stack.",
  rationale:
    "Otherwise Lambda makes /aws/lambda/<name> at the first call, and keeps what is logged for ever, without the stack's key (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html). At the edge a function logs in every region by itself: one that a distribution runs there is exempt.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD34"] },
  remediationSteps:
    "Declare an aws.cloudwatch.LogGroup with a retention and set loggingConfig.logGroup to its name, or name it /aws/lambda/ and the function's name.",
  stack: {
    types: [TYPES.function],
    check: (graph) =>
      graph.all(TYPES.function).flatMap((fn) => {
        const group = at(fn.props, "loggingConfig", "logGroup");
        const hasGroup = group === undefined ? isNamedAfter(graph, fn) : isGroupOf(graph, fn, group);
        return judge(fn, or(isEdgeFunction(graph, fn), hasGroup), {
          finding: "logGroup",
          seen:
            hasGroup === UNKNOWN
              ? "its log group is not known before the update"
              : "no LogGroup of the stack is the one it logs into",
          wanted: "a LogGroup that `loggingConfig.logGroup` names, or of the name that Lambda would give it",
        });
      }),
  },
});

/** By `loggingConfig.logGroup`, also where the whole of `loggingConfig` is not known. */
function isGroupOf(graph: PolicyGraph, fn: StackResource, group: unknown): Truth {
  const named = link(graph, fn, "loggingConfig", TYPES.logGroup, group);
  if (named.to.length > 0) return named.sure || UNKNOWN;
  return named.sure ? false : UNKNOWN;
}

const PREFIX = "/aws/lambda/";

/** Whether a log group has the name that Lambda gives: by text, or by the function's name that flowed into it. */
function isNamedAfter(graph: PolicyGraph, fn: StackResource): Truth {
  const { texts, own, stray } = graph.once("names of log groups", () => namesOf(graph));
  const name = fn.props["name"];
  if (typeof name === "string" && texts.has(`${PREFIX}${name}`)) return true;
  if (own.get(fn)) return true;
  const mayBeNamed = typeof name !== "string" && [...texts].some((text) => text.startsWith(PREFIX));
  return stray || own.has(fn) || mayBeNamed ? UNKNOWN : false;
}

function namesOf(graph: PolicyGraph) {
  const texts = new Set<string>();
  /** Functions whose name flowed into that of a group; true where nothing else did. */
  const own = new Map<StackResource, boolean>();
  let stray = false;
  for (const group of graph.all(TYPES.logGroup)) {
    const { name, namePrefix } = group.props;
    if (typeof name === "string") texts.add(name);
    if (name !== UNKNOWN || typeof namePrefix === "string") continue;
    const functions = graph.sources(group, "name", TYPES.function);
    const isAlone = functions.length === 1 && group.sources["name"]?.length === 1;
    for (const fn of functions) own.set(fn, isAlone || own.get(fn) === true);
    stray ||= functions.length === 0;
  }
  return { texts, own, stray };
}
