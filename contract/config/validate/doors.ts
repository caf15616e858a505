import { DOOR_NAMES, isDoorName, isRestDoor, type DoorName } from "../../wire/doors";
import { hasFunctionUrls } from "../../aws/regions";
import type { Settings } from "../settings";
import { isObject, isTextList, isUnknown, formatValue, validateUnique } from "./shape";

const CALLER = /^(?:[0-9]{12}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:root|(?:role|user)\/[\w+=,.@/-]+))$/;
const CALLERS = "the ARN of an IAM role or user, or a 12-digit account id in quotes";

/** A key of a map of callers. It becomes part of resource names. */
const CALLER_KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** Validates the list of doors and the callers. */
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
  yield* validateCallers(callers);
}

/** Validates a list of callers, or a map from keys to callers. */
export function* validateCallers(callers: unknown): Generator<string> {
  const principals: unknown = isObject(callers) ? Object.values(callers) : callers;
  if (!isTextList(principals)) {
    yield `\`callers\` is ${formatValue(callers)}. Use a list, each entry ${CALLERS}; or in a program of your own, a map from a key to such an entry.`;
    return;
  }
  if (isObject(callers)) {
    const invalid = Object.keys(callers).find((key) => !CALLER_KEY.test(key));
    if (invalid !== undefined) {
      yield `\`callers\` has the key ${formatValue(invalid)}. Use up to 64 letters, digits, - and _: it becomes part of resource names.`;
    }
  } else if (principals.some(isUnknown)) {
    yield "`callers` is a list with an Output, whose name in the state would be unknown. Use a map from a key of your own to the Output: { client: role.arn }.";
  }
  for (const caller of principals) {
    if (!isUnknown(caller) && !CALLER.test(caller))
      yield `\`callers\` contains ${formatValue(caller)}. Use ${CALLERS}.`;
  }
  yield* validateUnique("callers", "principal", principals);
}

/** The known doors of a value that is not validated yet. */
export function knownDoors(doors: unknown): readonly DoorName[] {
  return Array.isArray(doors) ? doors.filter(isDoorName) : [];
}

/** Whether `doors` is a list of known doors without a REST door. False for an unknown door, which has its own error. */
export function hasNoRestDoor(doors: unknown): boolean {
  return Array.isArray(doors) && doors.every((door) => isDoorName(door) && !isRestDoor(door));
}
