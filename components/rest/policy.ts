import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { resourcePolicy } from "../../contract/aws/resourcePolicy";
import type { Snapshot } from "./snapshot";

export interface RestPolicyArgs {
  /**
   * Address ranges that may call; every other is denied.
   * @default [] - every address
   */
  allowIps?: string[];
  /**
   * Address ranges that may not call.
   * @default []
   */
  denyIps?: string[];
  /**
   * Other accounts whose principals may call, where their own IAM policies allow it as well. For `iam` only.
   * @default []
   */
  accounts?: string[];
}

export interface RestPolicy {
  readonly api: aws.apigateway.RestApi;
  readonly auth: string;
  readonly preflights: boolean;
  readonly vpcEndpointIds?: pulumi.Input<string[]>;
  readonly resourcePolicy?: RestPolicyArgs;
}

/**
 * The API's resource policy. It always exists: a policy that was deleted would stay in the snapshot, because Pulumi deletes after it has made
 * the new deployment. A policy with nothing to restrict is neutral instead, which is an update and comes before the deployment.
 */
export function restPolicy(
  name: string,
  { api, auth, preflights, vpcEndpointIds, resourcePolicy: policy = {} }: RestPolicy,
  snapshot: Snapshot,
  opts: { readonly parent: pulumi.Resource },
): void {
  const { allowIps = [], denyIps = [], accounts = [] } = policy;
  const { partition } = aws.getPartitionOutput({}, opts);
  const document = pulumi
    .all([api.executionArn, partition, vpcEndpointIds])
    .apply(([executionArn, inPartition, endpoints]) =>
      JSON.stringify(
        resourcePolicy({
          executionArn,
          partition: inPartition,
          signed: auth === "iam",
          preflights,
          vpcEndpointIds: endpoints,
          allowIps,
          denyIps,
          accounts,
        }),
      ),
    );
  snapshot.add(aws.apigateway.RestApiPolicy, `${name}-policy`, { restApiId: api.id, policy: document }, opts);
}
