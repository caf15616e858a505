import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isEmptyPolicy, resourcePolicy } from "../contract/resourcePolicy";

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

/** The API's resource policy, where there is something to say: a private API always has one. */
export function restPolicy(
  name: string,
  { api, auth, preflights, vpcEndpointIds, resourcePolicy: policy = {} }: RestPolicy,
  opts: { readonly parent: pulumi.Resource },
): pulumi.CustomResource[] {
  const { allowIps = [], denyIps = [], accounts = [] } = policy;
  if (vpcEndpointIds === undefined && isEmptyPolicy({ allowIps, denyIps, accounts })) return [];
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
  return [new aws.apigateway.RestApiPolicy(`${name}-policy`, { restApiId: api.id, policy: document }, opts)];
}
