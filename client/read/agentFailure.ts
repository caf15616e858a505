import { fieldsOf, isFields, itemsOf, joinedText, parsed } from "../../contract/wire/dialects/said";
import type { Described } from "../errors/described";
import type { FrontDoorError } from "../errors/error";
import { failureOf } from "../errors/refusal";

/** An error within an answer: the door's own, in any dialect, or one of the agent. */
export function failure(data: string, requestId: string | undefined): FrontDoorError {
  return failureOf(describedEvent(data), requestId);
}

/** How a door ends a message in a dialect whose readers show only a text; see contract/wire/lastEvent.ts. */
const WITH_CODE = / \(([A-Z][A-Z_0-9]+), request (\S+)\)$/;

/** Reads an event with a failure: in the catalogue's form, in that of a dialect, or plain text. */
function describedEvent(text: string): Described {
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
