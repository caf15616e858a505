import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is } from "../../model/value";

/** For every kind of origin: a bucket's control that does not sign is as open as a function's. */
const WANTED = { signingBehavior: "always", signingProtocol: "sigv4" } as const;

const check = (control: Resource) =>
  Object.entries(WANTED).flatMap(([property, wanted]) => {
    const value = control.props[property] ?? undefined;
    return judgeProperty(
      control,
      property,
      value,
      is(value, (known) => known === wanted),
      `"${wanted}"`,
    );
  });

export const originAccessControl = defineRule({
  id: "fd-cloudfront-origin-access-control",
  description: "An origin access control signs every request to its origin with SigV4.",
  rationale:
    "With `never`, the origin has to be open to everybody; with `no-override`, a viewer's own Authorization header takes the place of the signature (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "critical",
  frameworks: {
    catalogue: ["FD09"],
    securityHub: ["CloudFront.13", "CloudFront.16"],
    cdkNag: ["AwsSolutions-CFR7"],
    prowler: ["cloudfront_distributions_s3_origin_access_control"],
  },
  remediationSteps:
    'Set signingBehavior to "always" and signingProtocol to "sigv4" on the OriginAccessControl. Carry a user\'s own token in another header than Authorization.',
  resource: { types: [TYPES.originAccessControl], check },
  // A stack rule sees what is deployed, also where `ignoreChanges` hides it from the inputs.
  stack: { types: [TYPES.originAccessControl], check: (graph) => graph.all(TYPES.originAccessControl).flatMap(check) },
});
