import { judgeJwtAuthorizer } from "../../aws/jwtAuthorizer";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is } from "../../model/value";

interface Settings {
  readonly requireKey: boolean;
}

export const gateway = defineRule<Settings>({
  id: "fd-agentcore-gateway",
  description: "A gateway knows its callers, and does not tell them what went wrong inside.",
  rationale:
    "A gateway with authorizerType NONE offers the agent's tools to the internet; AUTHENTICATE_ONLY takes any token of the issuer. With exceptionLevel DEBUG its answers hold internals of the targets (https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html).",
  severity: "high",
  frameworks: { securityHub: ["BedrockAgentCore.2", "BedrockAgentCore.4"] },
  remediationSteps:
    'Set authorizerType to "AWS_IAM", or to "CUSTOM_JWT" with discoveryUrl and allowedAudiences or allowedClients. Take exceptionLevel out. Set kmsKeyArn where the setting requireKey asks for it.',
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether gateways must be encrypted with a customer managed key (BedrockAgentCore.4).",
    },
  },
  resource: {
    types: [TYPES.agentGateway],
    check: (resource, { requireKey }) => {
      const [authorizerType, exceptionLevel, kmsKeyArn] = ["authorizerType", "exceptionLevel", "kmsKeyArn"].map(
        (name) => at(resource.props, name),
      );
      return [
        ...judgeProperty(
          resource,
          "authorizerType",
          authorizerType,
          is(authorizerType, (known) => known === "AWS_IAM" || known === "CUSTOM_JWT"),
          '"AWS_IAM" or "CUSTOM_JWT"',
        ),
        ...judgeJwtAuthorizer(
          resource,
          is(authorizerType, (known) => known === "CUSTOM_JWT"),
        ),
        ...judgeProperty(
          resource,
          "exceptionLevel",
          exceptionLevel,
          is(exceptionLevel, (known) => known === undefined),
          "no exceptionLevel",
        ),
        ...judgeProperty(
          resource,
          "kmsKeyArn",
          kmsKeyArn,
          !requireKey || is(kmsKeyArn, (known) => known !== undefined),
          "the ARN of a customer managed key",
        ),
      ];
    },
  },
});
