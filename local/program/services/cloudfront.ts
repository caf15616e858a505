import { TYPES } from "../graph";
import type { Creation, Service } from "./creation";

const idOf = ({ suffix }: Creation): string => `E${suffix.toUpperCase()}`;

export const CLOUDFRONT: Service = {
  [TYPES.distribution]: (made) => ({
    id: idOf(made),
    arn: `arn:aws:cloudfront::${made.accountId}:distribution/${idOf(made)}`,
    domainName: `d${made.suffix}.cloudfront.net`,
    // A constant of CloudFront. https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
    hostedZoneId: "Z2FDTNDATAQYW2",
  }),
  [TYPES.originAccessControl]: (made) => ({
    id: idOf(made),
    arn: `arn:aws:cloudfront::${made.accountId}:origin-access-control/${idOf(made)}`,
  }),
  [TYPES.responseHeadersPolicy]: (made) => ({
    id: made.suffix,
    arn: `arn:aws:cloudfront::${made.accountId}:response-headers-policy/${made.suffix}`,
  }),
};
