import assert from "node:assert/strict";
import { declare, text, type Declared } from "../support/declare";
import { document } from "./case";

/** A program that has nothing to do with an agent: the pack has nothing to say of it. */
export interface Other {
  readonly title: string;
  readonly resources: readonly Declared[];
}

const trust = (Service: string) => document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } });
const BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

/** A function with a role, which AWS's basic policy lets write its log. */
function worker(name: string, props: object = {}, ...statements: readonly object[]): readonly Declared[] {
  const role = declare("role", `${name}-role`, { assumeRolePolicy: trust("lambda.amazonaws.com") });
  const basic = declare("rolePolicyAttachment", `${name}-basic`, { role: role.out("name"), policyArn: BASIC });
  const rights = declare("rolePolicy", `${name}-rights`, { role: role.out("id"), policy: document(...statements) });
  const fn = declare("function", name, {
    role: role.out("arn"),
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: {
      "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
      __pulumiArchive: true,
      path: "./app",
    },
    ...props,
  });
  return [role, basic, ...(statements.length > 0 ? [rights] : []), fn];
}

function fnOf(made: readonly Declared[]): Declared {
  const fn = made.at(-1);
  assert.ok(fn);
  return fn;
}

const table = declare("aws:dynamodb/table:Table", "items", {
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  attributes: [{ name: "id", type: "S" }],
});

/** A REST API of the classic example: a proxy method without authorization in front of a function. */
function restApi(fn: Declared): readonly Declared[] {
  const api = declare("restApi", "api", { description: "Orders" });
  const resource = declare("apiResource", "proxy", {
    restApi: api.out("id"),
    parentId: api.out("rootResourceId"),
    pathPart: "{proxy+}",
  });
  const method = declare("method", "any", {
    restApi: api.out("id"),
    resourceId: resource.out("id"),
    httpMethod: "ANY",
    authorization: "NONE",
  });
  const integration = declare("integration", "any", {
    restApi: api.out("id"),
    resourceId: resource.out("id"),
    httpMethod: method.out("httpMethod"),
    integrationHttpMethod: "POST",
    type: "AWS_PROXY",
    uri: fn.out("invokeArn"),
  });
  const deployment = declare("deployment", "live", { restApi: api.out("id") }, { dependsOn: [integration] });
  const stage = declare("stage", "live", {
    restApi: api.out("id"),
    deployment: deployment.out("id"),
    stageName: "live",
  });
  const permission = declare("permission", "api", {
    action: "lambda:InvokeFunction",
    function: fn.out("name"),
    principal: "apigateway.amazonaws.com",
    sourceArn: text`${api.out("executionArn")}/*/*`,
  });
  return [api, resource, method, integration, deployment, stage, permission];
}

function network(): Record<"vpc" | "subnet" | "open" | "inner", Declared> {
  const vpc = declare("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  return {
    vpc,
    subnet: declare("subnet", "a", { vpcId: vpc.out("id"), cidrBlock: "10.0.1.0/24" }),
    open: declare("securityGroup", "balancer", {
      vpcId: vpc.out("id"),
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    }),
    inner: declare("securityGroup", "service", { vpcId: vpc.out("id") }),
  };
}

/** A load balancer with a listener. */
function balancer({ vpc, subnet, open }: ReturnType<typeof network>, props: object = {}) {
  const lb = declare("aws:lb/loadBalancer:LoadBalancer", "web", {
    loadBalancerType: "application",
    subnets: [subnet.out("id")],
    securityGroups: [open.out("id")],
  });
  const group = declare("aws:lb/targetGroup:TargetGroup", "web", {
    vpcId: vpc.out("id"),
    port: 80,
    protocol: "HTTP",
    targetType: "ip",
    ...props,
  });
  const listener = declare("aws:lb/listener:Listener", "https", {
    loadBalancerArn: lb.out("arn"),
    port: 443,
    defaultActions: [{ type: "forward", targetGroupArn: group.out("arn") }],
  });
  return { lb, group, listener };
}

function fargate(): readonly Declared[] {
  const net = network();
  const { lb, group, listener } = balancer(net);
  const cluster = declare("aws:ecs/cluster:Cluster", "web");
  const execution = declare("role", "execution", { assumeRolePolicy: trust("ecs-tasks.amazonaws.com") });
  const attachment = declare("rolePolicyAttachment", "execution", {
    role: execution.out("name"),
    policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
  });
  const task = declare("aws:ecs/taskDefinition:TaskDefinition", "web", {
    family: "web",
    cpu: "256",
    memory: "512",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: execution.out("arn"),
    containerDefinitions: JSON.stringify([{ name: "web", image: "public.ecr.aws/nginx/nginx:1.29" }]),
  });
  const service = declare("aws:ecs/service:Service", "web", {
    cluster: cluster.out("arn"),
    taskDefinition: task.out("arn"),
    loadBalancers: [{ targetGroupArn: group.out("arn"), containerName: "web", containerPort: 80 }],
  });
  const acl = declare("webAcl", "shop", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: { metricName: "shop", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
    rules: [
      {
        name: "common",
        priority: 1,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
        visibilityConfig: { metricName: "common", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
      },
    ],
  });
  const association = declare("webAclAssociation", "shop", { resourceArn: lb.out("arn"), webAclArn: acl.out("arn") });
  return [...Object.values(net), lb, group, listener, cluster, execution, attachment, task, service, acl, association];
}

function site(): readonly Declared[] {
  const bucket = declare("bucket", "site", {});
  const control = declare("originAccessControl", "site", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const distribution = declare("distribution", "site", {
    enabled: true,
    defaultRootObject: "index.html",
    origins: [
      {
        originId: "site",
        domainName: bucket.out("bucketRegionalDomainName"),
        originAccessControlId: control.out("id"),
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "site",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
  const policy = declare("aws:s3/bucketPolicy:BucketPolicy", "site", {
    bucket: bucket.out("id"),
    policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"${bucket.out("arn")}/*"}]}`,
  });
  return [bucket, control, distribution, policy];
}

function queueWorker(): readonly Declared[] {
  const queue = declare("aws:sqs/queue:Queue", "jobs", { visibilityTimeoutSeconds: 60 });
  const logs = declare("logGroup", "jobs", { retentionInDays: 30 });
  const role = declare("role", "jobs", { assumeRolePolicy: trust("lambda.amazonaws.com") });
  const rights = declare("rolePolicy", "jobs", {
    role: role.out("name"),
    policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"${queue.out("arn")}"},{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"${logs.out("arn")}:*"}]}`,
  });
  const fn = declare("function", "jobs", {
    role: role.out("arn"),
    runtime: "nodejs24.x",
    handler: "index.handler",
    timeout: 30,
    loggingConfig: { logFormat: "JSON", logGroup: logs.out("name") },
    tracingConfig: { mode: "Active" },
  });
  const mapping = declare("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs", {
    eventSourceArn: queue.out("arn"),
    functionName: fn.out("arn"),
  });
  return [queue, logs, role, rights, fn, mapping];
}

function httpApi(): readonly Declared[] {
  const made = worker("http");
  const fn = fnOf(made);
  const api = declare("aws:apigatewayv2/api:Api", "http", { protocolType: "HTTP" });
  const integration = declare("aws:apigatewayv2/integration:Integration", "http", {
    apiId: api.out("id"),
    integrationType: "AWS_PROXY",
    integrationUri: fn.out("arn"),
  });
  return [
    ...made,
    api,
    integration,
    declare("aws:apigatewayv2/route:Route", "all", {
      apiId: api.out("id"),
      routeKey: "$default",
      target: text`integrations/${integration.out("id")}`,
    }),
    declare("aws:apigatewayv2/stage:Stage", "live", { apiId: api.out("id"), name: "$default", autoDeploy: true }),
    declare("permission", "http", {
      action: "lambda:InvokeFunction",
      function: fn.out("name"),
      principal: "apigateway.amazonaws.com",
      sourceArn: text`${api.out("executionArn")}/*/*`,
    }),
  ];
}

function crud(): readonly Declared[] {
  const role = declare("role", "crud", { assumeRolePolicy: trust("lambda.amazonaws.com"), managedPolicyArns: [BASIC] });
  const rights = declare("rolePolicy", "crud", {
    role: role.out("id"),
    policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:*"],"Resource":"${table.out("arn")}"}]}`,
  });
  const fn = declare("function", "crud", {
    role: role.out("arn"),
    runtime: "nodejs24.x",
    handler: "index.handler",
    environment: { variables: { TABLE: table.out("name"), API_TOKEN: "not-a-matter-of-ours" } },
  });
  return [table, role, rights, fn, ...restApi(fn)];
}

function states(): readonly Declared[] {
  const made = worker("step");
  const role = declare("role", "states", { assumeRolePolicy: trust("states.amazonaws.com") });
  return [
    ...made,
    role,
    declare("rolePolicy", "states", {
      role: role.out("name"),
      policy: document({ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" }),
    }),
    declare("aws:sfn/stateMachine:StateMachine", "orders", {
      roleArn: role.out("arn"),
      definition: text`{"StartAt":"Do","States":{"Do":{"Type":"Task","Resource":"${fnOf(made).out("arn")}","End":true}}}`,
    }),
  ];
}

function kubernetes(): readonly Declared[] {
  const net = network();
  const role = declare("role", "cluster", { assumeRolePolicy: trust("eks.amazonaws.com") });
  return [
    ...Object.values(net),
    role,
    declare("rolePolicyAttachment", "cluster", {
      role: role.out("name"),
      policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    }),
    declare("aws:eks/cluster:Cluster", "cluster", {
      roleArn: role.out("arn"),
      vpcConfig: { subnetIds: [net.subnet.out("id")], securityGroupIds: [net.inner.out("id")] },
    }),
    declare("kubernetes:apps/v1:Deployment", "web", { spec: { replicas: 2 } }),
    declare("command:local:Command", "kubeconfig", { create: "aws eks update-kubeconfig --name cluster" }),
  ];
}

function database(): readonly Declared[] {
  const net = network();
  const key = declare("key", "data", {
    policy: document({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }),
  });
  return [
    ...Object.values(net),
    key,
    declare("aws:rds/subnetGroup:SubnetGroup", "data", { subnetIds: [net.subnet.out("id")] }),
    declare("aws:rds/instance:Instance", "data", {
      engine: "postgres",
      instanceClass: "db.t4g.micro",
      storageEncrypted: true,
      kmsKeyId: key.out("arn"),
      vpcSecurityGroupIds: [net.inner.out("id")],
    }),
    declare("aws:secretsmanager/secret:Secret", "data", { kmsKeyId: key.out("arn") }),
  ];
}

function webApp(): readonly Declared[] {
  const pool = declare("aws:cognito/userPool:UserPool", "users", { mfaConfiguration: "OFF" });
  const made = worker("app");
  const fn = fnOf(made);
  const rest = restApi(fn);
  const authorizer = declare("authorizer", "users", {
    restApi: rest[0]?.out("id"),
    type: "COGNITO_USER_POOLS",
    providerArns: [pool.out("arn")],
  });
  return [
    pool,
    declare("aws:cognito/userPoolClient:UserPoolClient", "web", {
      userPoolId: pool.out("id"),
      callbackUrls: ["https://app.example.com"],
    }),
    ...made,
    ...rest,
    authorizer,
    ...site(),
  ];
}

function events(): readonly Declared[] {
  const made = worker("nightly");
  const rule = declare("aws:cloudwatch/eventRule:EventRule", "nightly", { scheduleExpression: "rate(1 day)" });
  return [
    ...made,
    rule,
    declare("aws:cloudwatch/eventTarget:EventTarget", "nightly", {
      rule: rule.out("name"),
      arn: fnOf(made).out("arn"),
    }),
    declare("permission", "nightly", {
      action: "lambda:InvokeFunction",
      function: fnOf(made).out("name"),
      principal: "events.amazonaws.com",
    }),
  ];
}

function thumbnails(): readonly Declared[] {
  const bucket = declare("bucket", "uploads", {});
  const made = worker("thumbnails", {}, { Effect: "Allow", Action: "s3:*", Resource: "*" });
  return [
    bucket,
    ...made,
    declare("permission", "uploads", {
      action: "lambda:InvokeFunction",
      function: fnOf(made).out("name"),
      principal: "s3.amazonaws.com",
      sourceArn: bucket.out("arn"),
    }),
    declare("aws:s3/bucketNotification:BucketNotification", "uploads", {
      bucket: bucket.out("id"),
      lambdaFunctions: [{ lambdaFunctionArn: fnOf(made).out("arn"), events: ["s3:ObjectCreated:*"] }],
    }),
  ];
}

function graphQl(): readonly Declared[] {
  const made = worker("resolver");
  const api = declare("aws:appsync/graphQLApi:GraphQLApi", "shop", { authenticationType: "API_KEY" });
  return [
    ...made,
    api,
    declare("aws:appsync/dataSource:DataSource", "shop", {
      apiId: api.out("id"),
      type: "AWS_LAMBDA",
      lambdaConfig: { functionArn: fnOf(made).out("arn") },
    }),
  ];
}

function openUrl(): readonly Declared[] {
  const made = worker("webhook");
  return [
    ...made,
    declare("functionUrl", "webhook", { functionName: fnOf(made).out("name"), authorizationType: "NONE" }),
    declare("permission", "webhook", {
      action: "lambda:InvokeFunctionUrl",
      function: fnOf(made).out("name"),
      principal: "*",
      functionUrlAuthType: "NONE",
    }),
  ];
}

function continuousIntegration(): readonly Declared[] {
  const provider = declare("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  });
  const role = declare("role", "deploy", {
    assumeRolePolicy: document({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example/shop:ref:refs/heads/main",
        },
      },
    }),
  });
  const admin = declare("rolePolicyAttachment", "deploy", {
    role: role.out("name"),
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  return [provider, role, admin];
}

function machine(): readonly Declared[] {
  const role = declare("role", "machine", { assumeRolePolicy: trust("ec2.amazonaws.com") });
  return [
    role,
    declare("rolePolicyAttachment", "machine", {
      role: role.out("name"),
      policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    }),
    declare("aws:iam/instanceProfile:InstanceProfile", "machine", { role: role.out("name") }),
  ];
}

const breakGlass = (): readonly Declared[] => [
  declare("role", "break-glass", {
    assumeRolePolicy: document({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    }),
  }),
];

function topics(): readonly Declared[] {
  const topic = declare("aws:sns/topic:Topic", "orders", {});
  const queue = declare("aws:sqs/queue:Queue", "orders", {});
  return [
    topic,
    queue,
    declare("aws:sns/topicSubscription:TopicSubscription", "orders", {
      topic: topic.out("arn"),
      protocol: "sqs",
      endpoint: queue.out("arn"),
    }),
    declare("aws:cloudformation/stack:Stack", "legacy", { templateBody: '{"Resources":{}}' }),
  ];
}

function containers(): readonly Declared[] {
  const role = declare("role", "runner", { assumeRolePolicy: trust("tasks.apprunner.amazonaws.com") });
  return [
    role,
    declare("aws:apprunner/service:Service", "web", { instanceConfiguration: { instanceRoleArn: role.out("arn") } }),
  ];
}

function builds(): readonly Declared[] {
  const role = declare("role", "build", { assumeRolePolicy: trust("codebuild.amazonaws.com") });
  return [
    role,
    declare("rolePolicy", "build", {
      role: role.out("name"),
      policy: document({ Effect: "Allow", Action: ["lambda:UpdateFunctionCode", "iam:PassRole"], Resource: "*" }),
    }),
    declare("aws:codebuild/project:Project", "build", { serviceRole: role.out("arn") }),
    declare("aws-native:lambda:Function", "native", { role: role.out("arn"), handler: "index.handler" }),
    declare("aws-native:lambda:Url", "native", { authType: "NONE", targetFunctionArn: "native" }),
  ];
}

export const WITHOUT_DOORS: readonly Other[] = [
  { title: "a function that reads a queue", resources: queueWorker() },
  { title: "a Fargate service behind a load balancer and a web ACL", resources: fargate() },
  { title: "a static site in a bucket behind CloudFront", resources: site() },
  { title: "a role for GitHub's workflows, as an administrator", resources: continuousIntegration() },
  { title: "a role of virtual machines", resources: machine() },
  { title: "a role for the own account with a second factor", resources: breakGlass() },
  { title: "a REST API in front of a function and a table", resources: crud() },
  { title: "a REST API in front of a function", resources: [...worker("plain"), ...restApi(fnOf(worker("plain")))] },
  { title: "an HTTP API in front of a function", resources: httpApi() },
  { title: "a state machine", resources: states() },
  { title: "a Kubernetes cluster", resources: kubernetes() },
  { title: "a database with its key and secret", resources: database() },
  { title: "a web app with users, an API and a site", resources: webApp() },
  { title: "a nightly function", resources: events() },
  { title: "a function that makes thumbnails", resources: thumbnails() },
  { title: "a GraphQL API", resources: graphQl() },
  { title: "a webhook at an open Function URL", resources: openUrl() },
  { title: "topics, queues and a CloudFormation stack", resources: topics() },
  { title: "a service of App Runner", resources: containers() },
  { title: "a build project that may change every function, and functions of another provider", resources: builds() },
];
