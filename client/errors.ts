import { parsed } from "../contract/wire/dialects/reader";
import { fieldsOf, isFields, itemsOf, joinedText } from "../contract/wire/dialects/said";
import { ERRORS } from "../contract/wire/errors";

/** The door, or the agent behind it, answered with an error. */
export class FrontDoorError extends Error {
  constructor(
    message: string,
    /** Code of the error catalogue, if the answer has one. */
    readonly code: string | undefined,
    /** HTTP status; undefined for an error within the answer. */
    readonly status?: number,
    /** Id of the request in the door's log, if the answer has one. */
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "FrontDoorError";
  }
}

/** The error of a reply with an error status. */
export function refusal(status: number, body: string, requestId: string | undefined): FrontDoorError {
  const { code, message, requestId: own } = described(body);
  return new FrontDoorError(
    `${String(status)} ${code ?? ""} ${message}`.replace(/ +/g, " "),
    code,
    status,
    requestId ?? own,
  );
}

/** An error within an answer: the door's own, in any dialect, or one of the agent, whose code is not in the catalogue. */
export function failure(data: string, requestId: string | undefined): FrontDoorError {
  const { code = "", message, requestId: own } = described(data);
  const known = Object.hasOwn(ERRORS, code) ? code : "AGENT_ERROR";
  // The door's own text has the remedy.
  const { remedy } = ERRORS[known as keyof typeof ERRORS];
  const text = message.includes(remedy) ? message : `${message} ${remedy}`;
  return new FrontDoorError(`${known} ${text}`, known, undefined, requestId ?? own);
}

interface Described {
  readonly code: string | undefined;
  readonly message: string;
  readonly requestId: string | undefined;
}

/** How a door ends a message in a dialect whose readers show only a text; see contract/wire/lastEvent.ts. */
const WITH_CODE = / \(([A-Z][A-Z_0-9]+), request (\S+)\)$/;

/** Reads an error in the catalogue's form, in that of a dialect, in AWS's, or as plain text. */
function described(text: string): Described {
  const { error, message } = partsOf(text);
  const [suffix = "", code, requestId] = WITH_CODE.exec(message) ?? [];
  const own = (name: string): string | undefined => (typeof error[name] === "string" ? error[name] : undefined);
  return {
    code: code ?? own("code"),
    message: message.slice(0, message.length - suffix.length),
    requestId: requestId ?? own("request_id"),
  };
}

function partsOf(text: string): { error: Readonly<Record<string, unknown>>; message: string } {
  const fields = fieldsOf(parsed(text));
  const { error, response, result } = fields;
  const nested = isFields(error) ? error : fieldsOf(fieldsOf(response)["error"]);
  const texts = [
    nested["message"],
    fields["errorText"],
    fields["force_stop_reason"],
    // LangGraph has the class in `error`, AgentCore's SDK for Python the text.
    "error_type" in fields ? error : undefined,
    fields["message"],
    fields["Message"],
    error,
    // Bedrock names an event after its exception.
    ...Object.values(fields).map((each) => fieldsOf(each)["message"]),
    resultText(isFields(result) ? result : fields),
  ];
  return {
    error: nested,
    message: texts.find((each): each is string => typeof each === "string" && each !== "") ?? text,
  };
}

/** The text of a failed task of A2A, or of a failed result of MCP. */
function resultText(result: Readonly<Record<string, unknown>>): string {
  const { content, status, statusUpdate } = result;
  const { message } = fieldsOf(status ?? fieldsOf(statusUpdate)["status"]);
  return joinedText(itemsOf(content ?? fieldsOf(message)["parts"]));
}
