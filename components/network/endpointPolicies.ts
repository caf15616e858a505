import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../../contract/aws/arn";
import { agentActions } from "../function/agentRights";
import { TRACE_ACTIONS } from "../function/rights";
import { awsContext } from "../shared/awsContext";
import { LOG_ACTIONS } from "../function/roles";

interface EndpointTargets {
  readonly agentRuntimeArns: readonly pulumi.Input<string>[];
  readonly runtimeAuth?: string;
  readonly runtimeUserId?: boolean;
}

interface EndpointPolicies {
  readonly agentCore: pulumi.Output<string>;
  readonly logs: pulumi.Output<string>;
  readonly traces: pulumi.Output<string>;
  readonly executeApi: pulumi.Output<string>;
}

/**
 * The policy of each VPC endpoint. The default policy of an endpoint allows every action in every account, so data could leave the network.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicies(
  { agentRuntimeArns, runtimeAuth = "sigv4", runtimeUserId }: EndpointTargets,
  opts: { readonly parent: pulumi.Resource },
): EndpointPolicies {
  const { partition, region, accountId } = awsContext(opts);
  const sameAccount = { Condition: { StringEquals: { "aws:PrincipalAccount": accountId } } };
  const allowOnly = (action: readonly string[], resource: pulumi.Input<string | string[]>, condition: object = {}) =>
    pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: resource, ...condition }],
    });

  return {
    agentCore: allowOnly(
      agentActions(true, runtimeUserId),
      pulumi.all([...agentRuntimeArns]).apply((arns) => [...new Set(arns)].flatMap(invokeResources)),
      // A call with a bearer token has no principal. The authorizer of the runtime checks the token.
      runtimeAuth === "oauth" ? {} : sameAccount,
    ),
    logs: allowOnly(
      LOG_ACTIONS,
      pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`,
      sameAccount,
    ),
    traces: allowOnly(TRACE_ACTIONS, "*", sameAccount),
    // The API authenticates callers, and they may have no principal. Its id is unknown here, because the API is created after the endpoint.
    executeApi: allowOnly(
      ["execute-api:Invoke"],
      pulumi.interpolate`arn:${partition}:execute-api:${region}:${accountId}:*`,
    ),
  };
}
