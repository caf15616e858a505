import { boundingKeys } from "../../test/support/sources";
import { AGENT } from "./agent";
import { CAPACITY } from "./capacity";
import { CONTENT } from "./content";
import { DOORS } from "./doors";
import { EDGE } from "./edge";
import type { Effects } from "./effect";
import { HOOKS } from "./hooks";
import { NETWORK } from "./network";
import { OPERATIONS } from "./operations";
import { ROLES } from "./roles";
import { THROTTLES } from "./throttles";

/** A key that only limits other keys changes nothing by itself. */
const BOUNDING = Object.fromEntries(
  boundingKeys().map(([key, bounds]) => [key, { changes: `nothing: it bounds \`${bounds}\`` }]),
);

/** What a later change of each config key does. A test finds a key that is missing. */
export const EFFECTS = {
  ...AGENT,
  ...DOORS,
  ...EDGE,
  ...CAPACITY,
  ...CONTENT,
  ...HOOKS,
  ...THROTTLES,
  ...NETWORK,
  ...ROLES,
  ...OPERATIONS,
  ...BOUNDING,
} as Effects;
