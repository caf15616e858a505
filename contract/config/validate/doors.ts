import { DOOR_NAMES, isDoorName, isRestDoor, type DoorName } from "../../wire/doors";
import { hasFunctionUrls } from "../../aws/regions";
import type { Settings } from "../settings";
import { isTextList, formatValue, validateUnique } from "./shape";

const CALLER = /^(?:[0-9]{12}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:root|(?:role|user)\/[\w+=,.@/-]+))$/;
const CALLERS = "the ARN of an IAM role or user, or a 12-digit account id in quotes";

/** Validates the list of doors and the list of callers. */
export function* validateDoors({ doors, callers }: Settings, region: string | undefined): Generator<string> {
  const allowed = DOOR_NAMES.join(", ");
  if (!isTextList(doors)) yield `\`doors\` is ${formatValue(doors)}. Use a list of ${allowed}.`;
  else {
    if (doors.length === 0) yield `\`doors\` is empty. Name at least one of ${allowed}.`;
    for (const door of doors as readonly string[]) {
      if (!isDoorName(door)) yield `\`doors\` contains ${formatValue(door)}. Use ${allowed}.`;
    }
    yield* validateUnique("doors", "door", doors);
    if (region !== undefined && !hasFunctionUrls(region) && knownDoors(doors).some((door) => !isRestDoor(door)))
      yield `\`doors\` has streamingUrl, but Lambda has no Function URLs in ${region}. Use streamingApi, or another region.`;
  }
  if (!isTextList(callers)) yield `\`callers\` is ${formatValue(callers)}. Use a list, each entry ${CALLERS}.`;
  else {
    for (const caller of callers) {
      if (!CALLER.test(caller)) yield `\`callers\` contains ${formatValue(caller)}. Use ${CALLERS}.`;
    }
    yield* validateUnique("callers", "principal", callers);
  }
}

/** The known doors of a value that is not validated yet. */
export function knownDoors(doors: unknown): readonly DoorName[] {
  return Array.isArray(doors) ? doors.filter(isDoorName) : [];
}

/** Whether `doors` is a list of known doors without a REST door. False for an unknown door, which has its own error. */
export function hasNoRestDoor(doors: unknown): boolean {
  return Array.isArray(doors) && doors.every((door) => isDoorName(door) && !isRestDoor(door));
}
