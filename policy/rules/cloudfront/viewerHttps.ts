import { behavioursOf, type Part } from "../../aws/distribution";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, every, is, list, or, type Truth } from "../../model/value";

interface ViewerHttps {
  readonly redirectReads: boolean;
}

export const viewerHttps = defineRule<ViewerHttps>({
  id: "fd-cloudfront-viewer-https",
  description: "Viewers reach every behaviour of a distribution over HTTPS only.",
  rationale:
    "A prompt sent over HTTP can be read on its way, and so can what a redirect answers to: the body has been sent by then, and is not sent again (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html).",
  severity: "critical",
  frameworks: {
    securityHub: ["CloudFront.3"],
    checkov: ["CKV_AWS_34"],
    trivy: ["AWS-0012"],
    cfnGuard: ["CLOUDFRONT_VIEWER_POLICY_HTTPS"],
    kics: ["cloudfront_viewer_protocol_policy_allows_http"],
    prowler: ["cloudfront_distributions_https_enabled"],
    pulumi: ["aws-cloudfront-distribution-disallow-unencrypted-traffic"],
  },
  remediationSteps:
    'Set viewerProtocolPolicy to "https-only" in the default behaviour and in every ordered one. For pages that people type the address of, the setting redirectReads allows "redirect-to-https" where only GET, HEAD and OPTIONS are.',
  settings: {
    redirectReads: {
      type: "boolean",
      description: "Whether behaviours that allow nothing but GET, HEAD and OPTIONS may redirect to HTTPS.",
      default: false,
    },
  },
  resource: {
    types: [TYPES.distribution],
    check: (distribution, settings) =>
      behavioursOf(distribution).flatMap((behaviour) => {
        const policy = policyOf(behaviour);
        const property = `${behaviour.path}.viewerProtocolPolicy`;
        return judgeProperty(distribution, property, policy, isEncrypted(behaviour, settings), '"https-only"');
      }),
    remediate: (distribution: Resource, settings) =>
      behavioursOf(distribution)
        .filter((behaviour) => isEncrypted(behaviour, settings) === false)
        .map(({ keys }) => ({ path: [...keys, "viewerProtocolPolicy"], value: "https-only" })),
  },
});

const policyOf = ({ value }: Part): unknown => at(value, "viewerProtocolPolicy");

function isEncrypted(behaviour: Part, { redirectReads }: ViewerHttps): Truth {
  const policy = policyOf(behaviour);
  return or(
    is(policy, (known) => known === "https-only"),
    and(
      redirectReads,
      is(policy, (known) => known === "redirect-to-https"),
      every(list(at(behaviour.value, "allowedMethods")), (method) =>
        is(method, (known) => known === "GET" || known === "HEAD" || known === "OPTIONS"),
      ),
    ),
  );
}
