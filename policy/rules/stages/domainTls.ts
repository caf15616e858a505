import { isPrivateApi } from "../../aws/apis";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, is, or } from "../../model/value";

interface Settings {
  readonly defaultEndpoints: boolean;
}

export const domainTls = defineRule<Settings>({
  id: "fd-apigateway-domain-tls",
  description: "Every custom domain, and every REST API that names a TLS policy, refuses TLS 1.1 and older.",
  rationale:
    "TLS_1_0 lets clients fall back to broken protocols. A policy that is not named can be TLS_1_0, and its drift is not seen (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html). Policies with TLS 1.3 are as good as TLS_1_2; a rule that takes TLS_1_2 only would forbid the better ones.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["APIGateway.11"],
    checkov: ["CKV_AWS_206"],
    trivy: ["AWS-0005"],
    kics: ["api_gateway_without_security_policy"],
    prowler: ["apigateway_domain_name_pqc_tls_enabled"],
    pulumi: ["aws-apigateway-domainname-configure-security-policy"],
  },
  remediationSteps:
    'Set securityPolicy to "SecurityPolicy_TLS13_1_2_2021_06" with endpointAccessMode "BASIC", to another policy whose name begins with SecurityPolicy_TLS12_ or SecurityPolicy_TLS13_, or to "TLS_1_2".',
  settings: {
    defaultEndpoints: {
      type: "boolean",
      default: false,
      description: "Whether REST APIs have to name a TLS policy for their own execute-api endpoint as well.",
    },
  },
  resource: {
    types: [TYPES.domainName, TYPES.restApi],
    check: (resource, { defaultEndpoints }) => {
      const policy = at(resource.props, "securityPolicy");
      const optional = resource.type === TYPES.restApi && !defaultEndpoints;
      const modern = is(
        policy,
        (known) =>
          (known === undefined && optional) ||
          (typeof known === "string" && /^(?:TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/.test(known)),
      );
      // The endpoint of a private API has TLS_1_2 where nothing is named.
      const unnamed = and(
        resource.type === TYPES.restApi,
        is(policy, (known) => known === undefined),
        isPrivateApi(resource),
      );
      return judgeProperty(resource, "securityPolicy", policy, or(modern, unnamed), '"TLS_1_2" or newer');
    },
  },
});
