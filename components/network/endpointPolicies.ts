import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../../contract/aws/arn";
import { agentActions } from "../function/agentRights";
import { TRACE_ACTIONS } from "../function/rights";
import { awsContext } from "../shared/awsContext";
import { LOG_ACTIONS } from "../function/roles";

interface EndpointTargets {
  readonly agentRuntimeArns: readonly pulumi.Input<string>[];
  readonly runtimeAuth?: string;
}

interface EndpointPolicies {
  readonly agentCore: pulumi.Output<string>;
  readonly logs: pulumi.Output<string>;
  readonly traces: pulumi.Output<string>;
  readonly executeApi: pulumi.Output<string>;
}

/**
 * What each endpoint lets through: an endpoint's own default is everything, for everybody's account, and so a way out of the network.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicies(
  { agentRuntimeArns, runtimeAuth = "sigv4" }: EndpointTargets,
  opts: { readonly parent: pulumi.Resource },
): EndpointPolicies {
  const { partition, region, accountId } = awsContext(opts);
  const ofThisAccount = { Condition: { StringEquals: { "aws:PrincipalAccount": accountId } } };
  const only = (action: readonly string[], resource: pulumi.Input<string | string[]>, condition: object = {}) =>
    pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: resource, ...condition }],
    });

  return {
    agentCore: only(
      agentActions(true),
      pulumi.all([...agentRuntimeArns]).apply((arns) => arns.flatMap(invokeResources)),
      // A bearer token has no principal: the runtime's authorizer judges it.
      runtimeAuth === "oauth" ? {} : ofThisAccount,
    ),
    logs: only(
      LOG_ACTIONS,
      pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`,
      ofThisAccount,
    ),
    traces: only(TRACE_ACTIONS, "*", ofThisAccount),
    // Callers prove themselves to the API, with a key perhaps; its id is not known before the endpoint's.
    executeApi: only(["execute-api:Invoke"], pulumi.interpolate`arn:${partition}:execute-api:${region}:${accountId}:*`),
  };
}
