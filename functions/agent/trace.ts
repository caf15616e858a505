import { BAGGAGE_MEMBERS, TRACE_LENGTH } from "../../contract/aws/limits";
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
  const baggage = clientBaggage(read(header("baggage"), PRINTABLE, TRACE_LENGTH.baggage));
  return {
    ...(traceId && { traceId }),
    ...(traceParent && { traceParent }),
    ...(traceState && { traceState }),
    ...(baggage && { baggage }),
  };
}

/** A member of baggage: key, value and properties. https://www.w3.org/TR/baggage/#header-content */
const KEY = "[ \\t]*[!#$%&'*+.^_`|~\\w-]+[ \\t]*";
const VALUE = String.raw`[ \t]*(?:[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+[ \t]*)?`;
const MEMBER = new RegExp(`^${KEY}=${VALUE}(?:;${KEY}(?:=${VALUE})?)*$`);

/**
 * The client's members, without those that name a session or a request of the door, because agents and their telemetry trust them, and without malformed
 * ones: for each of these, telemetry SDKs drop all members.
 */
function clientBaggage(baggage = ""): string {
  const members = baggage.split(",");
  const kept = members.filter(
    (member) =>
      MEMBER.test(member) && isDecodable(member) && !/^(?:session|frontdoorrequest)id$/i.test(lettersOfKey(member)),
  );
  return kept.length === members.length ? baggage : kept.join(",").trim();
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Letters and digits of a member's key, in any encoding and with any separators. Telemetry SDKs decode keys, and each service on the way may. */
function lettersOfKey(member: string): string {
  let [key = ""] = member.split(/[=;]/, 1);
  for (let pass = 0; pass < 3; pass++)
    key = key.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return key.replace(/[^a-z0-9]/gi, "");
}

/**
 * The baggage of a call: the client's members and the door's request id. Baggage that has no room for the id is dropped, because SDKs do not read what is
 * beyond their limits.
 * https://www.w3.org/TR/baggage/, https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html
 */
export function baggageWith(requestId: string, baggage?: string): string {
  const own = `front_door.request_id=${requestId}`;
  const hasRoom =
    baggage && baggage.length + own.length < TRACE_LENGTH.baggage && baggage.split(",").length < BAGGAGE_MEMBERS;
  return hasRoom ? `${baggage},${own}` : own;
}
