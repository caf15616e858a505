import { DOOR_NAMES, isDoorName } from "../doors";
import type { Settings } from "../settings";
import { shown, twice } from "./shape";

const CALLER = /^(?:[0-9]{12}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:root|(?:role|user)\/[\w+=,.@/-]+))$/;

/** Mistakes in which doors there are, and who may call them. */
export function* doorMistakes({ doors, callers }: Settings): Generator<string> {
  const allowed = DOOR_NAMES.join(", ");
  if (doors.length === 0) yield `\`doors\` is empty. Name at least one of ${allowed}.`;
  for (const door of doors) {
    if (!isDoorName(door)) yield `\`doors\` holds ${shown(door)}. Use ${allowed}.`;
  }
  yield* twice("doors", "door", doors);
  for (const caller of callers) {
    if (!CALLER.test(caller)) {
      yield `\`callers\` holds ${shown(caller)}. Use the ARN of an IAM role or user, or a 12-digit account id.`;
    }
  }
  yield* twice("callers", "principal", callers);
}
