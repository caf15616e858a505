import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpointArn, parseRuntimeArn } from "../../contract/aws/arn";
import { agentActions, RUNTIME_ACTIONS } from "../function/agentRights";

export interface RuntimeLockArgs {
  /** ARN of the AgentCore runtime, of this account: only its owner can put a policy on it. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Names of the endpoints that are called. Plain: each gets a policy of its own.
   * @default ["DEFAULT"]
   */
  qualifiers?: string[];
  /** ARNs of the roles that may call the runtime. */
  roleArns: pulumi.Input<string>[];
  /**
   * ARNs of IAM roles or users that are left as they are: what their own policies allow.
   * @default []
   */
  breakGlassPrincipals?: string[];
  /**
   * Whether the roles may stop sessions.
   * @default true
   */
  stopSession?: boolean;
  /**
   * For a runtime that takes bearer tokens: ids of the VPCs through whose endpoint for `bedrock-agentcore` it may be called. Such calls have no
   * IAM principal, so roles cannot tell them apart, and `roleArns` are left out of the policies. Plain: it decides what the policies say.
   * @default [] - a runtime that takes signatures
   */
  sourceVpcIds?: pulumi.Input<string>[];
}

/**
 * Lets nobody but the doors call a runtime. AgentCore evaluates the policy of the runtime and the one of the endpoint, so both have one, each
 * for its exact ARN. A policy that a resource has already is replaced. AgentCore keeps one policy for each ARN, and a delete removes it whoever
 * has put it: so name a lock after its runtime, not after an agent that can move to another runtime.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export class RuntimeLock extends pulumi.ComponentResource {
  /** ARNs of what is locked: the runtime, then its endpoints. */
  public readonly lockedArns: pulumi.Output<string>[];

  constructor(name: string, args: RuntimeLockArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:RuntimeLock", name, args, opts);
    const parent = { parent: this };
    // The engine keeps a component's `dependsOn` from its children.
    const children = { ...parent, ...(opts?.dependsOn !== undefined && { dependsOn: opts.dependsOn }) };
    const { qualifiers = ["DEFAULT"] } = args;
    const { accountId } = aws.getCallerIdentityOutput({}, parent);
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
 * The ARN, if its runtime is of this account.
 *
 * @throws RunError for a runtime of another one, in a preview already
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
  const { roleArns, breakGlassPrincipals = [], stopSession = true, sourceVpcIds = [] } = args;
  const vpcs = sourceVpcIds.length > 0;
  const allowed = vpcs
    ? { Principal: "*", Condition: { StringEquals: { "aws:SourceVpc": sourceVpcIds } } }
    : { Principal: { AWS: roleArns } };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "AllowDoors", Effect: "Allow", ...allowed, Action: agentActions(stopSession), Resource: resourceArn },
      {
        Sid: "DenyOthers",
        Effect: "Deny",
        Principal: "*",
        Action: RUNTIME_ACTIONS,
        Resource: resourceArn,
        // Negated, so that it also denies where there is no such key.
        Condition: vpcs
          ? { StringNotEquals: { "aws:SourceVpc": sourceVpcIds } }
          : { ArnNotEquals: { "aws:PrincipalArn": [...roleArns, ...breakGlassPrincipals] } },
      },
    ],
  });
}
