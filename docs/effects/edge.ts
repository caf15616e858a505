import type { Effects } from "./effect";

export const EDGE: Effects<"edge" | "edgeReadTimeoutSeconds" | "edgeDomain" | "edgeSigner"> = {
  edge: {
    changes:
      "distribution, its web ACL and its right to call the function, made or deleted; code archive of the function",
    ends: ["Function URL", "CloudFront domain", "address of the edge", "log group"],
    interrupts:
      "With true, the Function URL stays the same, but only the edge may call it, and it is no longer an output. A distribution takes minutes to be there and to go.",
  },
  edgeReadTimeoutSeconds: { changes: "the distribution, in place" },
  edgeDomain: {
    changes: "aliases and certificate of the distribution, DNS records",
    replaces: ["route53.Record"],
    moves: ["address of the edge"],
    interrupts: "The former name no longer answers; CloudFront's own does.",
  },
  edgeSigner: {
    changes: "a function in us-east-1 and the distribution that calls it",
    ends: ["function", "IAM role"],
    interrupts:
      "Without it, clients must send `x-amz-content-sha256`. Lambda keeps a function at the edge for hours after it has left the distribution: a first attempt to delete it can fail.",
  },
};
