import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { isLogGroup, isNamedRight, sourcesAreNamedRight, WAF_LOG_PREFIX } from "../../aws/wafLogs";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { list, show, UNKNOWN } from "../../model/value";

interface DestinationSettings {
  readonly managedElsewhere: readonly string[];
}

export const logDestination = defineRule<DestinationSettings>({
  id: "fd-wafv2-log-destination",
  description: "A web ACL logs to a destination that WAF accepts, and to a log group only where the stack manages it.",
  rationale:
    "WAF accepts only names that begin with aws-waf-logs- (https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html): any other fails during the update, when the ACL already works without a log. A log group that no stack manages has no retention and no owner.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD35"] },
  remediationSteps:
    "Name the destination with the prefix aws-waf-logs- and hand in its own arn (logGroup.arn). Where another stack manages the log group, list its ARN in the setting managedElsewhere.",
  settings: {
    managedElsewhere: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs of log groups that another stack manages, without an ending `:*`.",
    },
  },
  resource: { types: [TYPES.webAclLogging], check: named },
  stack: {
    types: [TYPES.webAclLogging],
    check: (graph, settings) =>
      graph
        .all(TYPES.webAclLogging)
        .flatMap((logging) => [
          ...named(logging),
          ...destinationsOf(logging).flatMap((value, index) =>
            value === UNKNOWN ? followed(graph, logging, index) : managed(graph, logging, { value, index }, settings),
          ),
        ]),
  },
});

function destinationsOf({ props }: Resource): readonly unknown[] {
  const destinations = list(props["logDestinationConfigs"]);
  return destinations === UNKNOWN ? [UNKNOWN] : destinations;
}

const findingOf = (index: number) => `logDestinationConfigs[${index.toString()}]`;
const WANTED = `a log group, bucket or delivery stream whose name begins with ${WAF_LOG_PREFIX}`;

/** What is known of itself. What is not, the stack form follows. */
function named(logging: Resource): readonly Finding[] {
  const destinations = destinationsOf(logging);
  if (destinations.length === 0)
    return judge(logging, false, { finding: "logDestinationConfigs", seen: "it has no destination", wanted: WANTED });
  return destinations.flatMap((value, index) => {
    return judge(logging, value === UNKNOWN || isNamedRight(value), {
      finding: findingOf(index),
      seen: `it logs to ${show(value)}`,
      wanted: WANTED,
    });
  });
}

/** Where an ARN is not known, by the names of the resources that it comes from. */
function followed(graph: PolicyGraph, logging: StackResource, index: number): readonly Finding[] {
  const truth = sourcesAreNamedRight(graph, logging);
  return judge(logging, truth, {
    finding: findingOf(index),
    seen: truth === UNKNOWN ? "where it logs to is not known before the update" : "its destination has another name",
    wanted: WANTED,
  });
}

function managed(
  graph: PolicyGraph,
  logging: StackResource,
  { value, index }: { readonly value: unknown; readonly index: number },
  { managedElsewhere }: DestinationSettings,
): readonly Finding[] {
  const arn = String(value);
  if (!isLogGroup(arn) || managedElsewhere.includes(arn.replace(/:\*$/, ""))) return [];
  const { to, sure } = link(graph, logging, "logDestinationConfigs", TYPES.logGroup, value);
  return judge(logging, to.length > 0 || (sure ? false : UNKNOWN), {
    finding: `${findingOf(index)}.logGroup`,
    seen: sure ? `no LogGroup of this stack is ${arn}` : `it is not known yet which LogGroup is ${arn}`,
    wanted: "a LogGroup of this stack, or one in the setting `managedElsewhere`",
  });
}
