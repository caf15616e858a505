import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { awsContext } from "../shared/awsContext";
import { trustPolicy } from "../function/roles";

export interface AccountLoggingArgs {
  /**
   * ARN of a permissions boundary for the role, if your organization requires one.
   * @default - none
   */
  permissionsBoundary?: pulumi.Input<string>;
}

/**
 * The role with which API Gateway writes logs. An account has one such setting in each region, for all its APIs, so only one stack may own it:
 * a second stack would overwrite the setting.
 *
 * Setting, role and policy stay when the stack is destroyed. The provider resets the setting on destroy, which would end the logging of every
 * API in the region, and a setting without its role would do the same.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/account.go
 */
export class AccountLogging extends pulumi.ComponentResource {
  /** Id of the account settings. A resource that uses this id is created after them. */
  public readonly settingsId: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: AccountLoggingArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:AccountLogging", name, args, legalNames(opts));
    const parent = { parent: this };
    const retained = { ...parent, retainOnDelete: true };
    const { partition, region, accountId } = awsContext(parent);

    const role = new aws.iam.Role(
      `${name}-role`,
      {
        assumeRolePolicy: trustPolicy("apigateway.amazonaws.com"),
        ...(args.permissionsBoundary !== undefined && { permissionsBoundary: args.permissionsBoundary }),
      },
      retained,
    );
    const rights = new aws.iam.RolePolicy(
      `${name}-policy`,
      {
        role: role.id,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "WriteLogs",
              Effect: "Allow",
              // API Gateway refuses a role that lacks one of these actions, even those that only read logs.
              // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
              Action: [
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:FilterLogEvents",
                "logs:GetLogEvents",
                "logs:PutLogEvents",
              ],
              Resource: pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`,
            },
          ],
        }),
      },
      retained,
    );
    const account = new aws.apigateway.Account(
      name,
      { cloudwatchRoleArn: role.arn },
      // API Gateway checks the role's policy when the role is set.
      { ...retained, dependsOn: rights },
    );

    this.settingsId = account.id;
    this.roleArn = role.arn;
    this.registerOutputs({ settingsId: this.settingsId, roleArn: this.roleArn });
  }
}
