import type { Emulates, Gap } from "../emulation";
import { TYPES } from "../../program/graph";

/** Not emulated for distributions and their DNS records. */
export const EDGE_TLS =
  "CloudFront's TLS, HTTP/2 and HTTP/3: the edge listens to plain http; its domain and certificate are not served";

const restrictions: Gap["says"] = (distributions) =>
  distributions.some(({ inputs }) => {
    const { geoRestriction } = (inputs["restrictions"] ?? {}) as { geoRestriction?: { restrictionType?: string } };
    return geoRestriction !== undefined && geoRestriction.restrictionType !== "none";
  })
    ? ["CloudFront's restrictions by country: every caller is on 127.0.0.1"]
    : [];

const errorPages: Gap["says"] = (distributions) =>
  distributions.some(({ inputs }) =>
    ((inputs["customErrorResponses"] ?? []) as { responseCode?: number; responsePagePath?: string }[]).some(
      ({ responseCode, responsePagePath }) => responseCode !== undefined || responsePagePath !== undefined,
    ),
  )
    ? ["CloudFront's error pages of your own: errors come as the origin has them"]
    : [];

/** How far the double of an edge emulates CloudFront's types. */
export const CLOUDFRONT: Emulates = {
  [TYPES.distribution]: {
    enforces: ["defaultCacheBehavior", "origins", "webAclId"],
    plain: ["comment"],
    gaps: [
      { inputs: ["aliases", "httpVersion", "isIpv6Enabled", "viewerCertificate"], says: () => [EDGE_TLS] },
      { inputs: ["restrictions"], says: restrictions },
      { inputs: ["customErrorResponses"], says: errorPages },
      {
        inputs: ["enabled"],
        says: (distributions) =>
          distributions.some(({ inputs }) => inputs["enabled"] === false)
            ? ["distributions that are switched off: they answer here"]
            : [],
      },
    ],
  },
  [TYPES.originAccessControl]: {
    enforces: ["originAccessControlOriginType", "signingBehavior", "signingProtocol"],
    plain: ["description", "name"],
  },
  [TYPES.responseHeadersPolicy]: {
    enforces: ["corsConfig", "customHeadersConfig", "removeHeadersConfig", "securityHeadersConfig"],
    plain: ["comment", "name"],
  },
};
