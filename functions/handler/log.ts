import { createHash } from "node:crypto";
import { ownerHash } from "../request/caller/caller";
import type { Usage } from "../../contract/wire/dialects/said";
import type { ErrorCode } from "../../contract/wire/errors";
import type { LogField } from "../../contract/runtime/logFields";
import {
  AGENT_DIMENSIONS,
  COMPARED_METRICS,
  ERROR_DIMENSIONS,
  METRIC_DIMENSIONS,
  METRIC_NAMESPACE,
  METRIC_UNITS,
  type Metric,
} from "../../contract/runtime/metrics";
import type { Target } from "../agent/agent";
import { nameOf } from "../agent/failure";
import { agentStatusOf, startFailureOf, statusOf } from "../agent/runtimeError";
import type { RedactionCounts } from "../request/redact/redact";
import type { DoorRequest } from "../request/request";
import { EntryRefused } from "../request/caller/edgeEntry";
import type { Run } from "./run";

/** How a request ended. */
export interface Finished {
  readonly status: number;
  readonly code?: ErrorCode | undefined;
  readonly cause?: unknown;
  readonly bytes: number;
  readonly events?: number;
  /** Tokens, if the agent reported them. */
  readonly usage?: Usage | undefined;
  /** Events of an unknown shape that were dropped, if the client gets only text. */
  readonly dropped?: number | undefined;
}

/** What is known about a request before it is answered. */
export interface Known {
  readonly door: string;
  readonly request: DoorRequest | undefined;
  /** The agent that was asked, if any. */
  readonly target: Pick<Target, "agent" | "endpoint" | "runtimeSessionId"> | undefined;
  /** True if there is more than one endpoint: only then are metrics by agent and qualifier useful. */
  readonly several: boolean;
  /** The caller's session id. Only its hash is logged. */
  readonly sessionId: string | undefined;
  readonly redactions: RedactionCounts;
}

/** Only fields that the docs list compile. */
type Line = { readonly [Field in LogField]?: unknown };

/**
 * Writes one JSON line per request. The line also contains the metrics, in the embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * The line never contains the prompt, the answer, a header or an error message, because a message can quote any of them. Of an error it has
 * the class, and for INTERNAL also the stack frames.
 */
export function logRequest(
  { door, request, target, several, sessionId, redactions }: Known,
  run: Run,
  finished: Finished,
): void {
  const { status, code, cause, bytes, events = 0, usage, dropped } = finished;
  const now = Date.now();
  const failed = code !== undefined;
  const metrics: Partial<Record<Metric, number>> = {
    requests: 1,
    errors: failed ? 1 : 0,
    duration_ms: now - run.startedAt,
    ...(run.firstByteAt !== undefined && { time_to_first_byte_ms: run.firstByteAt - run.startedAt }),
    bytes,
    events,
    attempts: run.attempts,
    redacted: Object.values(redactions).reduce((sum, count) => sum + count, 0),
    ...(dropped !== undefined && { dropped_events: dropped }),
    ...(usage && { input_tokens: usage.input, output_tokens: usage.output }),
  };
  const compared = COMPARED_METRICS.filter((metric) => metric in metrics);
  const line = {
    level: failed && (status >= 500 || status < 400) ? "ERROR" : "INFO",
    message: "request",
    request_id: run.requestId,
    function: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown",
    door,
    // Both come from the stack config, so they have few values and can be dimensions of a metric.
    agent: target?.agent,
    qualifier: target?.endpoint.qualifier,
    method: METHODS.has(request?.method ?? "") ? request?.method : undefined,
    caller: request?.caller?.kind ?? "none",
    caller_hash: request?.caller && ownerHash(request.caller, 16),
    session_hash: sessionId && hash(sessionId),
    runtime_session_hash: target && hash(target.runtimeSessionId),
    status,
    code,
    ...(cause instanceof Error &&
      ({
        cause: nameOf(cause),
        runtime_status: statusOf(cause),
        agent_status: agentStatusOf(cause),
        reason: cause instanceof EntryRefused ? cause.reason : startFailureOf(cause),
        stack: code === "INTERNAL" ? frames(cause) : undefined,
      } satisfies Line)),
    redactions,
    ...metrics,
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        directive(METRIC_DIMENSIONS, Object.keys(metrics) as Metric[]),
        ...(failed ? [directive(ERROR_DIMENSIONS, ["errors"])] : []),
        ...(target && several ? [directive(AGENT_DIMENSIONS, compared)] : []),
      ],
    },
  } satisfies Line;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const hash = (id: string): string => createHash("sha256").update(id).digest("hex").slice(0, 16);

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function directive(dimensions: readonly string[], metrics: readonly Metric[]): object {
  return {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [dimensions],
    Metrics: metrics.map((Name) => ({ Name, Unit: METRIC_UNITS[Name] })),
  };
}

function frames({ stack = "" }: Error): string[] {
  return stack.split("\n").filter((line) => /^\s+at /.test(line));
}
