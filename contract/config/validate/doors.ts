import { DOOR_NAMES, isDoorName, isRestDoor, type DoorName } from "../../wire/doors";
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
    for (const door of doors as readonly string[]) {
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

/** The doors on a list that can still hold anything. */
export function knownDoors(doors: unknown): readonly DoorName[] {
  return Array.isArray(doors) ? doors.filter(isDoorName) : [];
}

/** Whether `doors` is a list of known doors, none of them a REST door. A door that does not exist is a mistake of its own. */
export function hasNoRestDoor(doors: unknown): boolean {
  return Array.isArray(doors) && doors.every((door) => isDoorName(door) && !isRestDoor(door));
}
