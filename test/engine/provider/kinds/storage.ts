import { TYPES } from "../../../../local/program/graph";
import { text, type Kind, type Kinds } from "../kind";
import { BUCKET } from "./names";

/** A configuration of a bucket: put, with the bucket's name as its id. */
const OF_BUCKET: Kind = {
  replaces: ["bucket"],
  make: ({ inputs }) => ({ id: text(inputs, "bucket") }),
  puts: true,
};

export const STORAGE: Kinds = {
  [TYPES.bucket]: {
    named: BUCKET,
    replaces: ["bucket", "bucketPrefix"],
    make: ({ inputs, partition }) => {
      const bucket = text(inputs, "bucket");
      return { id: bucket, arn: `arn:${partition}:s3:::${bucket}` };
    },
  },
  [TYPES.bucketObject]: {
    replaces: ["bucket", "key"],
    renewed: ["etag", "versionId"],
    make: ({ inputs, random }) => ({ id: `${text(inputs, "bucket")}/${text(inputs, "key")}`, etag: random(32) }),
    puts: true,
  },
  [TYPES.bucketEncryption]: OF_BUCKET,
  [TYPES.bucketPolicy]: OF_BUCKET,
  [TYPES.bucketPublicAccessBlock]: OF_BUCKET,
};
