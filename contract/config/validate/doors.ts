import { DOOR_NAMES, isDoorName } from "../../wire/doors";
import type { Settings } from "../settings";
import { isTexts, shown, twice } from "./shape";

const CALLER = /^(?:[0-9]{12}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:root|(?:role|user)\/[\w+=,.@/-]+))$/;
const CALLERS = "the ARN of an IAM role or user, or a 12-digit account id in quotes";

/** Mistakes in which doors there are, and who may call them. */
export function* doorMistakes({ doors, callers }: Settings): Generator<string> {
  const allowed = DOOR_NAMES.join(", ");
  if (!isTexts(doors)) yield `\`doors\` is ${shown(doors)}. Use a list of ${allowed}.`;
  else {
    if (doors.length === 0) yield `\`doors\` is empty. Name at least one of ${allowed}.`;
    for (const door of doors as string[]) {
      if (!isDoorName(door)) yield `\`doors\` holds ${shown(door)}. Use ${allowed}.`;
    }
    yield* twice("doors", "door", doors);
  }
  if (!isTexts(callers)) yield `\`callers\` is ${shown(callers)}. Use a list, each entry ${CALLERS}.`;
  else {
    for (const caller of callers) {
      if (!CALLER.test(caller)) yield `\`callers\` holds ${shown(caller)}. Use ${CALLERS}.`;
    }
    yield* twice("callers", "principal", callers);
  }
}
