import type { Effects } from "./effect";

export const EDGE: Effects<
  "edge" | "edgeReadTimeoutSeconds" | "edgeDomain" | "edgeSigner" | "edgeAuth" | "edgeAccessLog"
> = {
  edge: {
    changes:
      "distribution, its web ACL and its right to call the function, KMS key of session ids, made or deleted; code archive of the function",
    ends: ["Function URL", "CloudFront domain", "address of the edge", "key of session ids", "log group"],
    interrupts:
      "Only session ids that this edge has issued open a session: another edge, or the same made again, has another key. With true, the Function URL stays the same, but only the edge may call it, and it is no longer an output. A distribution takes minutes to be there and to go.",
  },
  edgeReadTimeoutSeconds: { changes: "the distribution, in place" },
  edgeDomain: {
    changes: "aliases and certificate of the distribution, DNS records",
    replaces: ["route53.Record"],
    moves: ["address of the edge"],
    interrupts: "The former name no longer answers; CloudFront's own does.",
  },
  edgeAuth: {
    changes: "code archive and settings of the function, its KMS key of session ids; with cognito, a user pool",
    ends: ["user pool", "app client", "sign-in domain", "key of session ids"],
    interrupts:
      "With jwt or cognito, clients without a token are refused, and sessions belong to users: conversations of the anonymous edge end. A pool with `deletionProtection` refuses to be deleted: turn it off in an update before.",
  },
  edgeSigner: {
    changes: "a function in us-east-1 and the distribution that calls it",
    ends: ["function", "IAM role"],
    interrupts:
      "Without it, clients must send `x-amz-content-sha256`. Lambda keeps a function at the edge for hours after it has left the distribution: a first attempt to delete it can fail.",
  },
  edgeAccessLog: {
    changes: "a log group in us-east-1, and the delivery of the distribution's access log to it, made or deleted",
    ends: ["log group"],
  },
};
