import { TRACE_LENGTH } from "../../contract/aws/limits";
import type { DoorRequest } from "../request/request";

/** Trace context for the agent, with the parameter names of InvokeAgentRuntime. */
export interface Trace {
  readonly traceId?: string;
  readonly traceParent?: string;
  readonly traceState?: string;
  readonly baggage?: string;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
const TRACE_ID = /^[A-Za-z]+=[\w:.?-]+(?:;[A-Za-z]+=[\w:.?-]+)*$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

/**
 * The well-formed part of the request's trace context. Malformed trace headers are dropped: they must not fail the request.
 * If the caller sent no `X-Amzn-Trace-Id`, Lambda's trace id of this invocation links the agent's spans to the function's.
 */
export function traceOf({ header }: DoorRequest, lambdaTraceId: string | undefined): Trace {
  const read = (text: string | undefined, pattern: RegExp, length: number): string | undefined =>
    text !== undefined && text.length <= length && pattern.test(text) ? text : undefined;
  const traceId =
    read(header("x-amzn-trace-id"), TRACE_ID, TRACE_LENGTH.traceId) ??
    read(lambdaTraceId, TRACE_ID, TRACE_LENGTH.traceId);
  const traceParent = read(header("traceparent"), TRACE_PARENT, TRACE_LENGTH.traceParent);
  const traceState = traceParent && read(header("tracestate"), PRINTABLE, TRACE_LENGTH.traceState);
  const baggage = read(header("baggage"), PRINTABLE, TRACE_LENGTH.baggage);
  return {
    ...(traceId && { traceId }),
    ...(traceParent && { traceParent }),
    ...(traceState && { traceState }),
    ...(baggage && { baggage }),
  };
}
