import { JSON_TYPE } from "../../contract/wire/headers";
import type { FrontDoorError } from "../errors/error";
import { ownError } from "../errors/own";

/** An answer that is one JSON value. */
export interface Whole {
  /** Empty if the answer reports a failure. */
  readonly text: string;
  readonly sessionId: string | undefined;
  /** The failure that it reports. */
  readonly failure: FrontDoorError | undefined;
}

/** What is known of an answer before it is read. */
interface Known {
  /** The stack's `answer.text`. */
  readonly textPath: string | undefined;
  readonly requestId: string | undefined;
}

/** Whether answers of this media type are JSON. */
export function isJson(type: string): boolean {
  return type === JSON_TYPE || type.endsWith("+json");
}

/**
 * The `response` of a collected answer, and any other JSON as it is, unless it reports a failure.
 *
 * @throws FrontDoorError `ANSWER_CUT` if the body is not whole
 */
export async function wholeOf(body: string, known: Known): Promise<Whole> {
  const fields = fieldsOf(body);
  if (fields instanceof Error) throw ownError("ANSWER_CUT", { cause: fields, requestId: known.requestId });
  const { response, session_id: id } = fields;
  const sessionId = typeof id === "string" ? id : undefined;
  if (typeof response === "string") return { text: response, sessionId, failure: undefined };
  const { sourceOf } = await import("./dialects.js");
  const failure = await failureOfWhole(body, known);
  return { text: failure ? "" : (sourceOf(body, "response") ?? body), sessionId, failure };
}

/**
 * The failure that an agent's own JSON object reports: a stack with `agentErrors: pass` passes it on. A collected answer reports none, because its
 * door answers with an error status then. The dialects are loaded only for an object that is not a collected answer.
 */
export async function failureOfWhole(
  body: string,
  { textPath, requestId }: Known,
): Promise<FrontDoorError | undefined> {
  const fields = fieldsOf(body);
  if (fields instanceof Error || isCollected(fields)) return undefined;
  return (await import("./dialects.js")).wholeFailure(body, textPath, requestId);
}

/** Whether a door made the object. Agents, too, have a `response`. */
function isCollected(fields: Readonly<Record<string, unknown>>): boolean {
  return "response" in fields && "session_id" in fields;
}

/** The fields of an object in JSON; none of another value; the error if it is not JSON. */
function fieldsOf(json: string): Readonly<Record<string, unknown>> | Error {
  try {
    const value = JSON.parse(json) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch (error) {
    return error as Error;
  }
}
