import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { awsContext } from "../shared/awsContext";
import { trust } from "../function/roles";

export interface AccountLoggingArgs {
  /**
   * ARN of a policy that bounds what the role may do, where the organization asks for one.
   * @default - none
   */
  permissionsBoundary?: pulumi.Input<string>;
}

/**
 * API Gateway's right to write logs, which an account has once a region. One stack of the account may own it: a second one would
 * overwrite it, and the one that is destroyed first leaves the other without.
 */
export class AccountLogging extends pulumi.ComponentResource {
  /** Id of the settings: what depends on it comes after them. */
  public readonly settingsId: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: AccountLoggingArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:AccountLogging", name, args, opts);
    const parent = { parent: this };
    const { partition, region, accountId } = awsContext(parent);

    const role = new aws.iam.Role(
      `${name}-role`,
      {
        assumeRolePolicy: trust("apigateway.amazonaws.com"),
        ...(args.permissionsBoundary !== undefined && { permissionsBoundary: args.permissionsBoundary }),
      },
      parent,
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
              // API Gateway takes no role that lacks one of them, also where it never reads a log.
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
      parent,
    );
    const account = new aws.apigateway.Account(
      name,
      { cloudwatchRoleArn: role.arn },
      // Checked when it is set.
      { ...parent, dependsOn: rights },
    );

    this.settingsId = account.id;
    this.roleArn = role.arn;
    this.registerOutputs({ settingsId: this.settingsId, roleArn: this.roleArn });
  }
}
