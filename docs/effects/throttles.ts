import type { Effects } from "./effect";

export const THROTTLES: Effects<
  | "throttleRateLimit"
  | "throttleBurstLimit"
  | "methodThrottles"
  | "webAclArn"
  | "edgeWebAclArn"
  | "rateLimitPerFiveMinutes"
  | "wafRateKey"
  | "wafAllowIps"
  | "wafBlockIps"
  | "wafLogging"
> = {
  throttleRateLimit: { changes: "settings of the stages, usage plans of keys without a rate of their own" },
  throttleBurstLimit: { changes: "settings of the stages, usage plans of keys without a burst of their own" },
  methodThrottles: { changes: "settings of single routes, put or deleted" },
  webAclArn: {
    changes: "web ACL of the stages; the stack's own one, made or deleted",
    replaces: ["wafv2.WebAclAssociation"],
    gaps: ["wafv2.WebAclAssociation"],
    ends: ["log group"],
    interrupts: "For a moment the stages have no web ACL.",
  },
  edgeWebAclArn: {
    changes: "web ACL of the distribution, in place; the stack's own one, made or deleted",
    ends: ["log group"],
  },
  rateLimitPerFiveMinutes: { changes: "rate rule of the web ACLs", interrupts: "AWS WAF counts anew." },
  wafRateKey: { changes: "rate rule of the REST doors' web ACL", interrupts: "AWS WAF counts anew." },
  wafAllowIps: { changes: "address sets and rules of the web ACLs" },
  wafBlockIps: { changes: "address sets and rules of the web ACLs", interrupts: "Addresses on the list are refused." },
  wafLogging: { changes: "the web ACLs' logs, made or deleted", ends: ["log group"] },
};
