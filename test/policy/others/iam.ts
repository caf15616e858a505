import { declare } from "../support/declare";
import { catches, misses, type OtherCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const document = (...statements: readonly Props[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (actions: string | readonly string[], resources: string | readonly string[], more: Props = {}) => ({
  Effect: "Allow",
  Action: actions,
  Resource: resources,
  ...more,
});
const policy = (...statements: readonly Props[]) => [declare("policy", "policy", { policy: document(...statements) })];
const rolePolicy = (...statements: readonly Props[]) => [
  declare("rolePolicy", "policy", { role: "role", policy: document(...statements) }),
];
const groupPolicy = (...statements: readonly Props[]) => [
  declare("aws:iam/groupPolicy:GroupPolicy", "policy", { group: "group", policy: document(...statements) }),
];
const inline = (...statements: readonly Props[]) =>
  role({ inlinePolicies: [{ name: "foo", policy: document(...statements) }] });
const trust = (principal: unknown, more: Props = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  ...(principal !== undefined && { Principal: principal }),
  ...more,
});
const TRUSTED = document(trust({ Service: "lambda.amazonaws.com" }));
const role = (props: Props) => [declare("role", "role", { name: "role", assumeRolePolicy: TRUSTED, ...props })];
const trusting = (...statements: readonly Props[]) => role({ assumeRolePolicy: document(...statements) });
const managed = (...names: readonly string[]) =>
  role({ managedPolicyArns: names.map((name) => `arn:aws:iam::aws:policy/${name}`) });
const attached = (name: string) => [
  declare("rolePolicyAttachment", "attachment", { role: "role", policyArn: `arn:aws:iam::aws:policy/${name}` }),
];

const ADMIN = "fd-iam-admin";
const TRUST = "fd-iam-trust-policy";
const PASS = "fd-iam-pass-role";
const MANAGED = "fd-iam-managed-policies";
const AGENT = "fd-iam-agent-actions";
const BUCKET = "arn:aws:s3:::awsexamplebucket1";
const LAMBDA = trust({ Service: "lambda.amazonaws.com" });
const EVENTS = trust({ Service: "events.amazonaws.com" });

export const IAM_CASES: readonly OtherCase[] = [
  ...catches(
    "cdk-nag",
    "LambdaStarPermissions",
    ["Noncompliance 1", ADMIN, inline(allow("*", "arn:aws:s3:::specific/path"))],
    ["Noncompliance 2", ADMIN, inline(allow("s3:*", "arn:aws:s3:::specific/path"))],
    ["Noncompliance 3", ADMIN, inline(allow("s3:GetObject", "*"))],
    ["Noncompliance 4", ADMIN, inline(allow("s3:GetObject", "*"), allow("s3:GetObject", "arn:aws:s3:::my-bucket/*"))],
  ),
  ...catches("cdk-nag", "IAMNoManagedPolicies", ["Noncompliance 2", MANAGED, managed("foo")]),
  ...catches(
    "cdk-nag",
    "IAMNoWildcardPermissions",
    ["Noncompliance 1", ADMIN, inline(allow("s3:PutObject", "*"))],
    ["Noncompliance 2", ADMIN, groupPolicy(allow("s3:*", BUCKET))],
  ),
  ...catches(
    "cdk-nag",
    "IAMPolicyNoStatementsWithAdminAccess",
    ["Noncompliance 1", ADMIN, policy(allow("*", "arn*"))],
    ["Noncompliance 2", ADMIN, policy(allow("glacier:DescribeJob", "*"), allow(["glacier:DescribeJob", "*"], "*"))],
    ["Noncompliance 4", ADMIN, rolePolicy(allow(["s3:CreateBucket", "*"], ["arn:aws:s3:::examplebucket", "*"]))],
  ),
  ...catches(
    "cdk-nag",
    "IAMPolicyNoStatementsWithFullAccess",
    ["Noncompliance 2", ADMIN, policy(allow("s3:*", BUCKET))],
    ["Noncompliance 3", ADMIN, rolePolicy(allow(["s3:GetBucketAcl", "*"], BUCKET))],
    ["Noncompliance 4", ADMIN, rolePolicy(allow(["s3:GetBucketAcl", "s3:*"], BUCKET))],
  ),

  ...catches(
    "checkov",
    "CKV_AWS_60",
    ["test_failure", TRUST, trusting(LAMBDA, trust({ AWS: "*" }), EVENTS)],
    ["test_failure_array", TRUST, trusting(LAMBDA, trust({ AWS: ["*"] }), EVENTS)],
  ),
  ...catches(
    "checkov",
    "CKV_AWS_61",
    ["IAMRoleAllowAssumeFromAccount: fail", TRUST, trusting(trust({ AWS: "123123123123" }))],
    ["IAMRoleAllowAssumeFromAccount: fail2", TRUST, trusting(trust({ AWS: "arn:aws:iam::123123123123:root" }))],
  ),
  ...catches("checkov", "CKV_AWS_63", ["test_failure", ADMIN, policy(allow(["*"], "abc*"))]),
  ...catches(
    "checkov",
    "CKV_AWS_274",
    ["IAMManagedAdminPolicy: fail1", MANAGED, managed("AdministratorAccess")],
    ["IAMManagedAdminPolicy: fail3", MANAGED, attached("AdministratorAccess")],
  ),
  ...catches(
    "checkov",
    "CKV2_AWS_56",
    ["IAMManagedIAMFullAccessPolicy: fail3", MANAGED, managed("IAMFullAccess")],
    ["IAMManagedIAMFullAccessPolicy: fail3a", MANAGED, managed("AmazonS3ReadOnlyAccess", "IAMFullAccess")],
    ["IAMManagedIAMFullAccessPolicy: fail6", MANAGED, attached("IAMFullAccess")],
  ),
  ...catches(
    "checkov",
    "CKV2_AWS_40",
    ["IAMPolicyNotAllowFullIAMAccess: policy_fail", ADMIN, policy(allow("iam:*", "*"))],
    ["IAMPolicyNotAllowFullIAMAccess: policy_mutiple_actions_fail", ADMIN, policy(allow(["iam:*", "s3*"], "*"))],
    ["IAMPolicyNotAllowFullIAMAccess: full_admin_fail", ADMIN, policy(allow(["ec2:*", "s3*", "*"], "*"))],
    ["IAMPolicyNotAllowFullIAMAccess: aws_iam_role_policy.fail1", ADMIN, rolePolicy(allow(["iam:*"], "*"))],
  ),
  ...catches("checkov", "CKV_AWS_286", ["privilege_escalation", ADMIN, policy(allow(["iam:UpdateLoginProfile"], "*"))]),
  ...catches("checkov", "CKV_AWS_287", ["fail", ADMIN, policy(allow(["s3:GetObject", "iam:CreateAccessKey"], "*"))]),
  ...catches("checkov", "CKV_AWS_289", ["fail", ADMIN, policy(allow(["iam:*"], "*"))]),
  ...catches("checkov", "CKV_AWS_290", ["fail", ADMIN, policy(allow(["s3:*"], "*"))]),
  ...misses("checkov", "CKV_AWS_290", [
    "restrictable",
    "passes every action of a service as long as one resource is named",
    ADMIN,
    policy(allow(["s3:*"], "arn:aws:s3:::bucket")),
  ]),
  ...catches(
    "checkov",
    "CKV_AWS_355",
    ["aws_iam_policy.fail", ADMIN, policy(allow(["ec2:Describe*"], "*"))],
    ["aws_iam_role_policy.fail", ADMIN, rolePolicy(allow(["ec2:Describe*"], "*"))],
  ),

  ...catches("trivy", "AWS-0057", ["no_policy_wildcards.yaml: bad", ADMIN, rolePolicy(allow(["s3:*"], "*"))]),
  ...catches("trivy", "AWS-0342", [
    "test_with_allow_iam_pass_role",
    PASS,
    policy(allow(["iam:PassRole"], ["arn:aws:iam::193063503752:role/atc-node"])),
  ]),

  ...catches(
    "cfn-guard",
    "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
    ["IAM Policy with Allow and NotAction", ADMIN, policy({ Effect: "Allow", NotAction: "iam:*", Resource: BUCKET })],
    ["IAM Role with Allow and NotAction", ADMIN, inline({ Effect: "Allow", NotAction: "iam:*", Resource: BUCKET })],
  ),
  ...catches("cfn-guard", "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE", [
    "IAM Policy with Allow and NotResource",
    ADMIN,
    policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: BUCKET }),
  ]),
  ...catches("cfn-guard", "IAM_ROLE_NO_ALLOW_PLUS_NOT_PRINCIPAL", [
    "IAM Role with AssumeRolePolicyDocument and Effect:Allow",
    TRUST,
    trusting(trust(undefined, { NotPrincipal: { AWS: ["arn:aws:iam::444455556666:user/Bob"] } })),
  ]),
  ...catches("cfn-guard", "IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE", [
    'IAM Policy allows iam:PassRole on Resource "*"',
    `${PASS} ${ADMIN}`,
    policy(allow("iam:PassRole", "*")),
  ]),
  ...catches("cfn-guard", "IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE", [
    "only one arn with administrator access",
    MANAGED,
    managed("AdministratorAccess"),
  ]),
  ...catches(
    "cfn-guard",
    "IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE",
    ["only one arn with elevated PowerUser access", MANAGED, managed("PowerUserAccess")],
    ["both PowerUser and IAMFull access", MANAGED, managed("PowerUserAccess", "IAMFullAccess")],
  ),
  ...catches(
    "cfn-guard",
    "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS",
    ["IAM Role with full access to a single service", ADMIN, inline(allow("s3:*", BUCKET))],
    ["IAM Role with full access to all services", ADMIN, inline(allow("*", BUCKET))],
  ),
  ...catches("cfn-guard", "IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE", [
    'IAM Policy with "Allow" and wildcard resource',
    ADMIN,
    policy(allow("s3:GetObject", "*")),
  ]),

  ...catches(
    "prowler",
    "iam_policy_allows_privilege_escalation",
    [
      "test_iam_policy_allows_privilege_escalation_agentcore_invoke_runtime_command",
      AGENT,
      policy(allow(["bedrock-agentcore:InvokeAgentRuntimeCommand"], "*")),
    ],
    [
      "test_iam_policy_allows_privilege_escalation_agentcore_wildcard",
      `${AGENT} ${ADMIN}`,
      policy(allow(["bedrock-agentcore:*"], "*")),
    ],
    [
      "test_iam_policy_allows_privilege_escalation_agentcore_passrole_create_runtime",
      `${PASS} ${AGENT}`,
      policy(
        allow(
          ["iam:PassRole", "bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeCommand"],
          "*",
        ),
      ),
    ],
    [
      "test_iam_policy_allows_privilege_escalation_agentcore_passrole_create_invoke",
      PASS,
      policy(allow(["iam:PassRole", "bedrock-agentcore:CreateCodeInterpreter"], "*")),
    ],
    ["test_iam_policy_allows_privilege_escalation_iam_wildcard", ADMIN, policy(allow("iam:*", "*"))],
  ),
  ...catches("prowler", "iam_inline_policy_no_administrative_privileges", [
    "test_roles_admin_inline_policy",
    ADMIN,
    rolePolicy(allow("*", "*")),
  ]),
  ...catches("prowler", "iam_policy_no_full_access_to_kms", [
    "test_policy_full_access_to_kms",
    ADMIN,
    policy(allow("kms:*", "*")),
  ]),
  ...catches("prowler", "iam_role_administratoraccess_policy", [
    "test_role_with_administratoraccess_policy",
    MANAGED,
    attached("AdministratorAccess"),
  ]),
  ...catches("prowler", "iam_no_custom_policy_permissive_role_assumption", [
    "test_policy_allows_permissive_role_assumption_wildcard",
    ADMIN,
    policy(allow("sts:*", "*")),
  ]),
  ...catches("prowler", "iam_role_cross_service_confused_deputy_prevention", [
    "test_iam_service_role_without_cross_service_confused_deputy_prevention",
    TRUST,
    trusting(trust({ Service: "ec2.amazonaws.com" })),
    { [TRUST]: { pinnedServices: ["ec2.amazonaws.com"] } },
  ]),
];
