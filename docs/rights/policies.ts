import { POLICY_NAMES, type PolicyName } from "./rights";
import { ALWAYS, RIGHTS } from "./rows";

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A policy document of IAM. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

type Scope = Pick<Statement, "Resource" | "Condition">;

const api = (...paths: string[]): string[] => paths.map((path) => `arn:aws:apigateway:*::/${path}`);

/** Services that receive a role of the stack. */
const ROLE_RECEIVERS = ["lambda.amazonaws.com", "apigateway.amazonaws.com", "bedrock-agentcore.amazonaws.com"];

/** Services for which the first resource in an account makes a service-linked role. */
const LINKED_SERVICES = [
  "ops.apigateway.amazonaws.com",
  "replicator.lambda.amazonaws.com",
  "logger.cloudfront.amazonaws.com",
];

/**
 * The resources of each action, by the first pattern that matches. Names of resources that Pulumi makes begin with the name of the component
 * in index.ts, `front-door`. API Gateway, CloudFront, Cognito, KMS and EC2 have ids without it.
 */
const SCOPES: readonly (readonly [action: RegExp, scope: Scope])[] = [
  [
    /^iam:PassRole$/,
    {
      Resource: ["arn:aws:iam::*:role/front-door-*"],
      Condition: { StringEquals: { "iam:PassedToService": ROLE_RECEIVERS } },
    },
  ],
  [
    /^iam:CreateServiceLinkedRole$/,
    {
      Resource: ["arn:aws:iam::*:role/aws-service-role/*"],
      Condition: { StringEquals: { "iam:AWSServiceName": LINKED_SERVICES } },
    },
  ],
  [/^iam:/, { Resource: ["arn:aws:iam::*:role/front-door-*"] }],
  [/^lambda:/, { Resource: ["arn:aws:lambda:*:*:function:front-door-*"] }],
  [/^logs:(?:Describe|CreateLogDelivery|DeleteLogDelivery|PutResourcePolicy)/, { Resource: ["*"] }],
  [
    /^logs:/,
    {
      Resource: ["front-door-*", "aws-waf-logs-front-door-*"].map((name) => `arn:aws:logs:*:*:log-group:${name}`),
    },
  ],
  [/^cloudwatch:DescribeAlarms$/, { Resource: ["*"] }],
  [
    /^cloudwatch:/,
    { Resource: ["arn:aws:cloudwatch:*:*:alarm:front-door-*", "arn:aws:cloudwatch::*:dashboard/front-door-*"] },
  ],
  [/^apigateway:SetWebACL$/, { Resource: api("restapis/*/stages", "restapis/*/stages/*") }],
  [/^apigateway:UpdateRestApiPolicy$/, { Resource: api("restapis", "restapis/*") }],
  [
    /^apigateway:/,
    {
      Resource: api(
        ...["restapis", "apikeys", "usageplans", "domainnames"].flatMap((path) => [path, `${path}/*`]),
        "account",
        "tags/*",
      ),
    },
  ],
  [
    /^wafv2:/,
    {
      Resource: [
        ...["regional", "global"].flatMap((scope) =>
          ["webacl", "ipset"].map((kind) => `arn:aws:wafv2:*:*:${scope}/${kind}/front-door-*`),
        ),
        // CreateWebACL asks for the rule groups of AWS that it names, AssociateWebACL for the stage.
        "arn:aws:wafv2:*:*:*/managedruleset/*",
        ...api("restapis/*/stages/*"),
      ],
    },
  ],
  [/^bedrock-agentcore:CreateAgentRuntime$/, { Resource: ["*"] }],
  [/^bedrock-agentcore:/, { Resource: ["arn:aws:bedrock-agentcore:*:*:runtime/*"] }],
  [/^s3:/, { Resource: ["arn:aws:s3:::front-door-*", "arn:aws:s3:::front-door-*/*"] }],
  [/^route53:AssociateVPCWithHostedZone$/, { Resource: ["*"] }],
  [/^route53:/, { Resource: ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"] }],
  [/^(?:sts|ec2|kms|cloudfront|cognito-idp):/, { Resource: ["*"] }],
];

function scopeOf(action: string): Scope {
  const scope = SCOPES.find(([pattern]) => pattern.test(action))?.[1];
  if (!scope) throw new Error(`${action} has no resources: add it to SCOPES.`);
  return scope;
}

/** A document that allows the actions, one statement for each set of resources. */
function documentOf(actions: Iterable<string>): PolicyDocument {
  const byScope = new Map<Scope, string[]>();
  for (const action of [...new Set(actions)].sort()) {
    const scope = scopeOf(action);
    byScope.set(scope, [...(byScope.get(scope) ?? []), action]);
  }
  const Statement = [...byScope].map(([scope, Action]) => ({ Effect: "Allow" as const, Action, ...scope }));
  return { Version: "2012-10-17", Statement };
}

/** The policies of docs/security/policies by file name without `.json`: for previews, and for updates. */
export function deployerPolicies(): Readonly<Record<PolicyName | "preview", PolicyDocument>> {
  const rows = Object.values(RIGHTS);
  const updates = POLICY_NAMES.map((name) => {
    const actions = rows.flatMap(({ policy, read, write }) => (policy === name ? [...read, ...write] : []));
    return [name, documentOf([...(name === "base" ? ALWAYS : []), ...actions])] as const;
  });
  const preview = documentOf([...ALWAYS, ...rows.flatMap(({ read }) => read)]);
  return Object.fromEntries([["preview", preview], ...updates]) as Record<PolicyName | "preview", PolicyDocument>;
}
