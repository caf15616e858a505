import type { Emulates } from "../emulation";
import { TYPES } from "../../program/graph";

/** How far the double of KMS emulates its types. */
export const KMS: Emulates = {
  [TYPES.kmsKey]: {
    enforces: ["keyUsage", "customerMasterKeySpec", "isEnabled", "region"],
    plain: ["description", "deletionWindowInDays"],
    gaps: [
      { inputs: ["policy"], says: () => ["policies of KMS keys: the rights of the function's role decide alone"] },
    ],
  },
};
