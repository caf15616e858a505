import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { endpointArn, parseRuntimeArn } from "../../contract/aws/arn";
import { agentActions, RUNTIME_ACTIONS } from "../function/agentRights";
import { awsContext } from "../shared/awsContext";

export interface RuntimeLockArgs {
  /** ARN of the AgentCore runtime. It must belong to this account: only the owner can put a policy on it. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Names of the endpoints that are called. Plain: each endpoint gets its own policy.
   * @default ["DEFAULT"]
   */
  qualifiers?: string[];
  /** ARNs of the roles that may call the runtime. */
  roleArns: pulumi.Input<string>[];
  /**
   * ARNs of IAM roles or users that the lock does not deny. Their own IAM policies still apply.
   * @default []
   */
  breakGlassPrincipals?: pulumi.Input<string>[];
  /**
   * Whether the roles may stop sessions.
   * @default true
   */
  stopSession?: boolean;
  /**
   * Whether the roles may pass on a user id, as doors with `runtimeUserId` do.
   * @default false
   */
  runtimeUserId?: boolean;
  /**
   * For a runtime that accepts bearer tokens: ids of the VPCs whose endpoint for `bedrock-agentcore` may call it. Calls with a bearer token
   * have no IAM principal, so the policies then do not use `roleArns`. Plain: it decides what the policies say.
   * @default [] - a runtime that accepts SigV4 signatures
   */
  sourceVpcIds?: pulumi.Input<string>[];
}

/**
 * Allows only the doors to call a runtime. AgentCore evaluates the policy of the runtime and the policy of the endpoint, so each gets a policy
 * for its exact ARN. An existing policy of either is replaced. AgentCore keeps one policy for each ARN, and a delete removes that policy, no
 * matter which stack created it. So name a lock after its runtime, not after an agent that can move to another runtime.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export class RuntimeLock extends pulumi.ComponentResource {
  /** ARNs of the locked runtime and of its endpoints, in this order. */
  public readonly lockedArns: pulumi.Output<string>[];

  constructor(name: string, args: RuntimeLockArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:RuntimeLock", name, args, legalNames(opts));
    const parent = { parent: this };
    // The engine does not pass a component's `dependsOn` to its children.
    const children = { ...parent, ...(opts?.dependsOn !== undefined && { dependsOn: opts.dependsOn }) };
    const { qualifiers = ["DEFAULT"] } = args;
    const { accountId } = awsContext(parent);
    const runtimeArn = pulumi
      .all([args.agentRuntimeArn, accountId])
      .apply(([arn, account]) => ownArn(name, arn, account));

    const lock = (key: string, resourceArn: pulumi.Output<string>): pulumi.Output<string> =>
      new aws.bedrock.AgentcoreResourcePolicy(
        `${name}-${key}`,
        { resourceArn, policy: policyFor(resourceArn, args) },
        children,
      ).resourceArn;
    this.lockedArns = [
      lock("runtime", runtimeArn),
      ...qualifiers.map((each) =>
        lock(
          `endpoint-${each}`,
          runtimeArn.apply((arn) => endpointArn(arn, each)),
        ),
      ),
    ];
    this.registerOutputs({ lockedArns: this.lockedArns });
  }
}

/**
 * Returns the ARN if its runtime belongs to this account.
 *
 * @throws RunError if the runtime belongs to another account, in a preview as well
 */
export function ownArn(name: string, arn: string, account: string): string {
  const owner = parseRuntimeArn(arn)?.accountId;
  if (owner !== undefined && owner !== account) {
    throw new pulumi.RunError(
      `"${name}" cannot lock a runtime of the account ${owner} from the account ${account}: only its own account can put a resource policy on a runtime. Deploy to that account, or set \`lockRuntime\` to false.`,
    );
  }
  return arn;
}

function policyFor(resourceArn: pulumi.Output<string>, args: RuntimeLockArgs): pulumi.Output<string> {
  const { roleArns, breakGlassPrincipals = [], stopSession = true, runtimeUserId, sourceVpcIds = [] } = args;
  const vpcs = sourceVpcIds.length > 0;
  const allowed = vpcs
    ? { Principal: "*", Condition: { StringEquals: { "aws:SourceVpc": sourceVpcIds } } }
    : { Principal: { AWS: roleArns } };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowDoors",
        Effect: "Allow",
        ...allowed,
        Action: agentActions(stopSession, runtimeUserId),
        Resource: resourceArn,
      },
      {
        Sid: "DenyOthers",
        Effect: "Deny",
        Principal: "*",
        Action: RUNTIME_ACTIONS,
        Resource: resourceArn,
        // A negated operator also matches if the request has no such key, so that request is denied.
        Condition: vpcs
          ? { StringNotEquals: { "aws:SourceVpc": sourceVpcIds } }
          : { ArnNotEquals: { "aws:PrincipalArn": [...roleArns, ...breakGlassPrincipals] } },
      },
    ],
  });
}
