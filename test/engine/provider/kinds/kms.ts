import { TYPES } from "../../../../local/program/graph";
import { arn, type Kinds } from "../kind";

export const KMS: Kinds = {
  [TYPES.kmsKey]: {
    replaces: ["keyUsage", "customerMasterKeySpec", "multiRegion", "customKeyStoreId", "xksKeyId"],
    make: (making) => {
      const keyId = `1234abcd-12ab-34cd-56ef-${making.random(12)}`;
      return { id: keyId, keyId, arn: arn(making, "kms", `key/${keyId}`) };
    },
  },
};
