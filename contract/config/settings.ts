import { DOORS, type DoorName } from "../wire/doors";
import type { WafRateKey } from "../aws/waf";
import type { SessionOwner } from "../runtime/sessionOwner";
import type { StackConfig } from "./schema";

/** How callers authenticate at the REST doors. */
export const REST_AUTHS = ["iam", "apiKey", "cognito", "jwt", "custom"] as const;
export type RestAuth = (typeof REST_AUTHS)[number];

/** How users sign in at the edge. */
export const EDGE_AUTHS = ["none", "jwt", "cognito"] as const;
export type EdgeAuth = (typeof EDGE_AUTHS)[number];

/** The validated stack config with its defaults. Its types have the parameters of {@link StackConfig}. */
export interface Settings<Text = string, Texts = string[], Callers = string[]> extends Required<
  StackConfig<Text, Texts, Callers>
> {
  doors: DoorName[];
  apiAuth: RestAuth;
  edgeAuth: EdgeAuth;
  wafRateKey: WafRateKey;
  sessionOwner: SessionOwner;
}

/** The longest answer of a door, seconds. */
export function maxDurationOf(
  settings: Pick<Settings, "bufferedMaxDurationSeconds" | "maxDurationSeconds">,
  door: DoorName,
): number {
  return DOORS[door].buffered ? settings.bufferedMaxDurationSeconds : settings.maxDurationSeconds;
}
