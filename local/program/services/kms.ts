import { TYPES } from "../graph";
import { regionOf, type Service } from "./creation";

export const KMS: Service = {
  [TYPES.kmsKey]: (made) => {
    const keyId = `00000000-0000-4000-8000-00${made.suffix}`;
    return { id: keyId, keyId, arn: `arn:aws:kms:${regionOf(made)}:${made.accountId}:key/${keyId}` };
  },
};
