import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { every, list, or, show, UNKNOWN, type Truth } from "../../model/value";

const PREFIX = "aws-waf-logs-";

const LOG_GROUP = /^arn:[\w-]+:logs:[\w-]*:\d*:log-group:([^:]+)/;
const NAMES = [LOG_GROUP, /^arn:[\w-]+:s3:::([^/]+)/, /^arn:[\w-]+:firehose:[\w-]*:\d*:deliverystream\/(.+)$/];

/** Where logs may go, and the properties that name it before its ARN is known. */
const DESTINATIONS = [
  { type: TYPES.logGroup, name: "name", prefix: "namePrefix" },
  { type: TYPES.bucket, name: "bucket", prefix: "bucketPrefix" },
  { type: TYPES.firehose, name: "name", prefix: "namePrefix" },
] as const;

interface DestinationSettings {
  readonly managedElsewhere: readonly string[];
}

export const logDestination = defineRule<DestinationSettings>({
  id: "fd-wafv2-log-destination",
  description: "A web ACL logs to a destination that WAF accepts, and to a log group only where the stack manages it.",
  rationale:
    "WAF accepts only names that begin with aws-waf-logs- (https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html): any other fails during the update, when the ACL already works without a log. A log group that no stack manages has no retention and no owner.",
  severity: "medium",
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
const WANTED = `a log group, bucket or delivery stream whose name begins with ${PREFIX}`;

/** What is known of itself. What is not, the stack form follows. */
function named(logging: Resource): readonly Finding[] {
  const destinations = destinationsOf(logging);
  if (destinations.length === 0)
    return judge(logging, false, { finding: "logDestinationConfigs", seen: "it has no destination", wanted: WANTED });
  return destinations.flatMap((value, index) => {
    const name = NAMES.map((arn) => arn.exec(String(value))?.[1]).find((found) => found !== undefined);
    return judge(logging, value === UNKNOWN || (name?.startsWith(PREFIX) ?? false), {
      finding: findingOf(index),
      seen: `it logs to ${show(value)}`,
      wanted: WANTED,
    });
  });
}

/** Where an ARN is not known, by the names of the resources that it comes from. */
function followed(graph: PolicyGraph, logging: StackResource, index: number): readonly Finding[] {
  const found = DESTINATIONS.flatMap(({ type, name, prefix }) =>
    link(graph, logging, "logDestinationConfigs", type, UNKNOWN).to.map(({ props }) =>
      startsRight(props[name] ?? props[prefix], props[prefix]),
    ),
  );
  // Of several candidates one or more may be meant.
  const all = every(found, (truth) => truth as Truth);
  const truth: Truth = found.length === 0 || (all === false && or(...found) !== false) ? UNKNOWN : all;
  return judge(logging, truth, {
    finding: findingOf(index),
    seen: truth === UNKNOWN ? "where it logs to is not known before the update" : "its destination has another name",
    wanted: WANTED,
  });
}

function startsRight(name: unknown, prefix: unknown): Truth {
  const known = name === UNKNOWN ? prefix : name;
  return typeof known === "string" ? known.startsWith(PREFIX) : UNKNOWN;
}

function managed(
  graph: PolicyGraph,
  logging: StackResource,
  { value, index }: { readonly value: unknown; readonly index: number },
  { managedElsewhere }: DestinationSettings,
): readonly Finding[] {
  const arn = String(value);
  if (!LOG_GROUP.test(arn) || managedElsewhere.includes(arn.replace(/:\*$/, ""))) return [];
  const { to, sure } = link(graph, logging, "logDestinationConfigs", TYPES.logGroup, value);
  return judge(logging, to.length > 0 || (sure ? false : UNKNOWN), {
    finding: `${findingOf(index)}.logGroup`,
    seen: sure ? `no LogGroup of this stack is ${arn}` : `it is not known yet which LogGroup is ${arn}`,
    wanted: "a LogGroup of this stack, or one in the setting `managedElsewhere`",
  });
}
