import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { resourcePolicy } from "../../../contract/aws/resourcePolicy";
import type { Snapshot } from "../snapshot";
import { awsContext } from "../../shared/awsContext";

export interface RestPolicyArgs {
  /**
   * Address ranges that may call, CIDR. All other addresses are denied.
   * @default [] - every address
   */
  allowIps?: pulumi.Input<string>[];
  /**
   * Address ranges that may not call, CIDR.
   * @default []
   */
  denyIps?: pulumi.Input<string>[];
  /**
   * Ids of other accounts whose principals may call, if their own IAM policies also allow it. For `auth` `iam` only.
   * @default []
   */
  accounts?: pulumi.Input<string>[];
}

export interface RestPolicy {
  readonly api: aws.apigateway.RestApi;
  readonly auth: string;
  readonly preflights: boolean;
  readonly vpcEndpointIds?: pulumi.Input<string[]>;
  readonly resourcePolicy?: RestPolicyArgs;
}

/**
 * Creates the API's resource policy, even if it restricts nothing. Pulumi deletes resources last, so a deleted policy would still be part of the
 * new deployment. A neutral policy instead is an update, which comes before the deployment. For the same reason the policy denies preflights if
 * no page may call: the methods that answered them are deleted after the new deployment.
 */
export function restPolicy(
  name: string,
  { api, auth, preflights, vpcEndpointIds, resourcePolicy: policy = {} }: RestPolicy,
  snapshot: Snapshot,
  opts: { readonly parent: pulumi.Resource },
): void {
  const { allowIps = [], denyIps = [], accounts = [] } = policy;
  const { partition } = awsContext(opts);
  const document = pulumi
    .all([api.executionArn, partition, vpcEndpointIds, pulumi.all(allowIps), pulumi.all(denyIps), pulumi.all(accounts)])
    .apply(([executionArn, inPartition, endpoints, allowed, denied, others]) =>
      JSON.stringify(
        resourcePolicy({
          executionArn,
          partition: inPartition,
          signed: auth === "iam",
          preflights,
          vpcEndpointIds: endpoints,
          allowIps: allowed,
          denyIps: denied,
          accounts: others,
        }),
      ),
    );
  snapshot.add(aws.apigateway.RestApiPolicy, `${name}-policy`, { restApiId: api.id, policy: document }, opts);
}
