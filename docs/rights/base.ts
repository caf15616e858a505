import { of, type RightsByType } from "./rights";

const LAMBDA_TAGS = of("lambda", "TagResource UntagResource");

/** Functions, roles, logs and locks: what every stack has. */
export const BASE: RightsByType = {
  "aws:iam/role:Role": {
    policy: "base",
    read: of("iam", "GetRole ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole"),
    write: of("iam", "CreateRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole TagRole UntagRole"),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    policy: "base",
    read: of("iam", "GetRolePolicy"),
    write: of("iam", "PutRolePolicy DeleteRolePolicy"),
  },
  "aws:lambda/function:Function": {
    policy: "base",
    read: of("lambda", "GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig ListVersionsByFunction"),
    write: [
      ...of("lambda", "CreateFunction UpdateFunctionCode UpdateFunctionConfiguration PublishVersion DeleteFunction"),
      ...of("lambda", "PutFunctionConcurrency DeleteFunctionConcurrency"),
      ...LAMBDA_TAGS,
      "iam:PassRole",
    ],
  },
  "aws:lambda/alias:Alias": {
    policy: "base",
    read: of("lambda", "GetAlias"),
    write: of("lambda", "CreateAlias UpdateAlias DeleteAlias"),
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    policy: "base",
    read: of("lambda", "GetFunctionUrlConfig"),
    write: of("lambda", "CreateFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig"),
  },
  "aws:lambda/permission:Permission": {
    policy: "base",
    read: of("lambda", "GetPolicy"),
    write: of("lambda", "AddPermission RemovePermission"),
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    policy: "base",
    read: of("lambda", "GetProvisionedConcurrencyConfig"),
    write: of("lambda", "PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    policy: "base",
    read: of("logs", "DescribeLogGroups ListTagsForResource"),
    write: of(
      "logs",
      "CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource UntagResource",
    ),
  },
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": {
    policy: "base",
    read: of("bedrock-agentcore", "GetResourcePolicy"),
    write: of("bedrock-agentcore", "PutResourcePolicy DeleteResourcePolicy"),
  },
};
