import assert from "node:assert/strict";
import type { DeclaredDoor } from "../../../local/cost/declared";
import { readCostOptions, type Usage } from "../../../local/cost/usage";

/** The usage that these options of `npm run cost` describe. */
export function usageOf(...args: string[]): Usage {
  const options = readCostOptions(args);
  assert.ok(options !== "help");
  return options.usage;
}

export const REST: DeclaredDoor = {
  name: "streamingApi",
  architecture: "arm64",
  memoryMb: 512,
  provisioned: 0,
  reserved: undefined,
  traced: true,
  authorizer: false,
  keys: 0,
  stageRate: 50,
  webAcl: { rules: 5, logged: true },
  edge: undefined,
  retentionDays: 30,
};
export const URL_DOOR: DeclaredDoor = { ...REST, name: "streamingUrl", stageRate: undefined, webAcl: undefined };
export const EDGE: DeclaredDoor = { ...URL_DOOR, keys: 1, edge: { webAcl: { rules: 5, logged: true }, signer: false } };
