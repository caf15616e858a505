import { runtime } from "../../support/config";

export const [ONE, TWO, THREE] = [runtime("one"), runtime("two"), runtime("three")];

const client = "arn:aws:iam::123456789012:role/client";

/** A door of each kind, locked. */
export const BOTH = {
  doors: ["bufferedApi", "streamingUrl"],
  agentRuntimeArn: ONE,
  lockRuntime: true,
  callers: [client],
};
/** The same without a lock. */
export const UNLOCKED = { doors: BOTH.doors, agentRuntimeArn: ONE, callers: [client] };
export const REST = { doors: ["bufferedApi"], agentRuntimeArn: ONE, lockRuntime: true };
export const URL_DOOR = { doors: ["streamingUrl"], agentRuntimeArn: ONE, lockRuntime: true };
export const EDGE = { ...URL_DOOR, edge: true };
