import { TYPES } from "../graph";
import type { Service, ComputeOutputs } from "./creation";

/** The id of a bucket's configuration is the bucket's name. */
const ofBucket: ComputeOutputs = ({ inputs }) => ({ id: String(inputs["bucket"]) });

export const S3: Service = {
  [TYPES.bucket]: ({ inputs, name, suffix }) => {
    const bucket = typeof inputs["bucket"] === "string" ? inputs["bucket"] : `${name}-${suffix.slice(0, 7)}`;
    return { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` };
  },
  [TYPES.bucketObject]: ({ inputs }) => ({ id: `${String(inputs["bucket"])}/${String(inputs["key"])}` }),
  [TYPES.bucketEncryption]: ofBucket,
  [TYPES.bucketPolicy]: ofBucket,
  [TYPES.bucketPublicAccessBlock]: ofBucket,
};
