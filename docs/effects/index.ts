import { AGENT } from "./agent";
import { CAPACITY } from "./capacity";
import { CONTENT } from "./content";
import { DOORS } from "./doors";
import { EDGE } from "./edge";
import type { Effects } from "./effect";
import { NETWORK } from "./network";
import { OPERATIONS } from "./operations";
import { THROTTLES } from "./throttles";

/** What a later change of each config key does. */
export const EFFECTS: Effects = {
  ...AGENT,
  ...DOORS,
  ...EDGE,
  ...CAPACITY,
  ...CONTENT,
  ...THROTTLES,
  ...NETWORK,
  ...OPERATIONS,
};
