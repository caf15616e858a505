import { of, type Rights, type RightsByType } from "./rights";

/** A setting of the sample agent's bucket. */
const bucketSetting = (read: string, write: string): Rights => ({
  policy: "sample-agent",
  read: of("s3", read),
  write: of("s3", write),
});

/** The sample agent with its bucket. */
export const SAMPLE_AGENT: RightsByType = {
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": {
    policy: "sample-agent",
    read: of("bedrock-agentcore", "GetAgentRuntime ListTagsForResource"),
    write: [
      ...of("bedrock-agentcore", "CreateAgentRuntime UpdateAgentRuntime DeleteAgentRuntime TagResource UntagResource"),
      "iam:PassRole",
      "s3:GetObject",
    ],
  },
  "aws:s3/bucket:Bucket": {
    policy: "sample-agent",
    read: of(
      "s3",
      "ListBucket GetBucketLocation GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetAccelerateConfiguration GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration",
    ),
    write: of("s3", "CreateBucket DeleteBucket PutBucketTagging ListBucketVersions DeleteObject DeleteObjectVersion"),
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketSetting(
    "GetObject GetObjectTagging GetObjectAttributes",
    "PutObject PutObjectTagging DeleteObject",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("GetBucketPolicy", "PutBucketPolicy DeleteBucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting(
    "GetBucketPublicAccessBlock",
    "PutBucketPublicAccessBlock",
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting(
    "GetEncryptionConfiguration",
    "PutEncryptionConfiguration",
  ),
};
