import { AGENT_ERRORS, ANSWER_EVENTS } from "../../../runtime/doorPolicy";
import { DIALECT_NAMES, isDialectName, isTextPath } from "../../../wire/dialects/names";
import { DOORS } from "../../../wire/doors";
import type { PolicyConfig } from "../../keys/policy";
import type { Settings } from "../../settings";
import { closest, formatValue, isObject, validateKnownKeys } from "../shape";

/** Validates what clients get of the agents' events. */
export function* validateAnswers({ events = "all", agentErrors = "replace" }: PolicyConfig): Generator<string> {
  if (!(ANSWER_EVENTS as readonly unknown[]).includes(events)) {
    yield `\`events\` is ${formatValue(events)}. Use all (the agent's events, unchanged), or text (only the text).`;
  }
  if (!(AGENT_ERRORS as readonly unknown[]).includes(agentErrors)) {
    yield `\`agentErrors\` is ${formatValue(agentErrors)}. Use replace (the door's own error), or pass (the agent's event).`;
  } else if (agentErrors === "pass" && events === "text") {
    yield '`agentErrors` is "pass", but with `events` text clients get no event of the agent. Remove one of them.';
  }
}

/** Validates how the agents' events are read and what clients get of them, in a stack. */
export function* validateStackAnswers(settings: Settings): Generator<string> {
  const { agentErrors, edge, doors, dialect, answer, agentRuntimeArn, sampleAgent } = settings;
  if (agentErrors === "pass") {
    // An invalid door is reported elsewhere.
    const streams = Array.isArray(doors) && doors.some((door) => !(door in DOORS) || !DOORS[door].buffered);
    if (edge) {
      yield '`agentErrors` is "pass", but `edge` is true: the text of an agent\'s failure, such as an exception with a password, would reach the public. Use replace, or set `edge` to false.';
    } else if (!streams) {
      yield '`agentErrors` is "pass", but no door streams: bufferedApi always answers a failure with its own error. Remove it, or add a streaming door.';
    }
  }
  const isSet = dialect !== "" || (isObject(answer) && Object.keys(answer).length > 0);
  if (isSet && agentRuntimeArn === "" && !sampleAgent) {
    yield `\`${dialect !== "" ? "dialect" : "answer"}\` has no effect: no agent is behind POST /invoke. Set it in \`agents\`, below the agent's name.`;
  }
  yield* validateReading("", { dialect: (dialect as unknown) === "" ? undefined : dialect, answer });
}

/** @param prefix of the keys, such as `agents.billing.` */
export function* validateReading(
  prefix: string,
  { dialect, answer = {} }: Readonly<Record<string, unknown>>,
): Generator<string> {
  if (dialect !== undefined && !isDialectName(dialect)) {
    const guess = typeof dialect === "string" ? closest(dialect, DIALECT_NAMES) : "";
    yield `\`${prefix}dialect\` is ${formatValue(dialect)}${guess}. Use ${DIALECT_NAMES.join(", ")}, or leave it out: the agent's first event decides.`;
  }
  if (!isObject(answer)) {
    yield `\`${prefix}answer\` is ${formatValue(answer)}. Use an object with \`text\`, such as { text: delta.text }.`;
    return;
  }
  yield* validateKnownKeys(`${prefix}answer`, answer, ["text"]);
  const { text } = answer;
  if (text === undefined) return;
  if (!isTextPath(text)) {
    yield `\`${prefix}answer.text\` is ${formatValue(text)}. Use the names of fields from the outside to the inside, separated by dots, such as delta.text or choices.0.text: letters, digits, _ $ @ : and -, 128 characters in all.`;
  } else if (dialect !== undefined) {
    yield `\`${prefix}answer.text\` and \`${prefix}dialect\` are both set. Leave one of them out: a dialect knows its own field.`;
  }
}
