import type { PolicyGraph, StackResource } from "../model/graph";
import { and, or, UNKNOWN, type Truth } from "../model/value";
import { link } from "./links";
import { TYPES } from "./types";

/** Names of WAF's log destinations must begin so. https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html */
export const WAF_LOG_PREFIX = "aws-waf-logs-";

const LOG_GROUP = /^arn:[\w-]+:logs:[\w-]*:\d*:log-group:([^:]+)/;
const NAMES = [LOG_GROUP, /^arn:[\w-]+:s3:::([^/]+)/, /^arn:[\w-]+:firehose:[\w-]*:\d*:deliverystream\/(.+)$/];

/** The properties that name a destination before its ARN is known. */
const DESTINATIONS = [
  { type: TYPES.logGroup, name: "name", prefix: "namePrefix" },
  { type: TYPES.bucket, name: "bucket", prefix: "bucketPrefix" },
  { type: TYPES.deliveryStream, name: "name", prefix: "namePrefix" },
] as const;

export const isLogGroup = (arn: string): boolean => LOG_GROUP.test(arn);

/** Whether an ARN names a destination that WAF accepts. */
export function isNamedRight(arn: unknown): boolean {
  return NAMES.some((pattern) => pattern.exec(String(arn))?.[1]?.startsWith(WAF_LOG_PREFIX));
}

/** The same of an ARN that is not known, by the resources that it comes from. */
export function sourcesAreNamedRight(graph: PolicyGraph, logging: StackResource): Truth {
  const sources = DESTINATIONS.flatMap(({ type, name, prefix }) =>
    link(graph, logging, "logDestinationConfigs", type, UNKNOWN).to.map(({ props }) =>
      beginsRight(props[name], props[prefix]),
    ),
  );
  // Of several candidates one or more may be meant.
  const all: Truth = and(...sources);
  return all === or(...sources) ? all : UNKNOWN;
}

function beginsRight(name: unknown, prefix: unknown): Truth {
  const known = typeof name === "string" ? name : prefix;
  return typeof known === "string" ? known.startsWith(WAF_LOG_PREFIX) : UNKNOWN;
}
