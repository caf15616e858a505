import { declare, text } from "../support/declare";
import { document, says, STRANGER, stops, stopsLater, type Change } from "./case";

const INGRESS = "fd-stack-ingress";
const FN = "-fn";
/** A listener of another stack. */
const LISTENER =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";

export const WAYS_IN: readonly Change[] = [
  says("buffered", "a CloudFormation stack whose template opens a Function URL", INGRESS, () => [
    declare("aws:cloudformation/stack:Stack", "template", {
      templateBody: JSON.stringify({
        Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE", TargetFunctionArn: "door" } } },
      }),
    }),
  ]),
  says("buffered", "an application of the Serverless Application Repository", INGRESS, () => [
    declare("aws:serverlessrepository/cloudFormationStack:CloudFormationStack", "application", {
      applicationId: `arn:aws:serverlessrepo:us-east-1:${STRANGER}:applications/any`,
      capabilities: ["CAPABILITY_IAM"],
    }),
  ]),
  says("buffered", "an extension resource of another provider that is a Function URL", INGRESS, (program) => [
    declare("aws-native:index:ExtensionResource", "url", {
      type: "AWS::Lambda::Url",
      properties: { AuthType: "NONE", TargetFunctionArn: program.get("function").out("arn") },
    }),
  ]),
  says("buffered", "a resource of a dynamic provider", INGRESS, () => [
    declare("pulumi-nodejs:dynamic:Resource", "anything", { __provider: "exports.handler = provider;" }),
  ]),
  says("buffered", "a command", INGRESS, (program) => [
    declare("command:local:Command", "script", {
      create: text`aws lambda add-permission --function-name ${program.get("function").out("name")} --principal "*"`,
    }),
  ]),
  stops(
    "buffered",
    "a rule of a load balancer of another stack, with the function as its target",
    INGRESS,
    (program) => {
      const group = declare("aws:lb/targetGroup:TargetGroup", "door", { targetType: "lambda" });
      return [
        group,
        declare("permission", "balancer", {
          action: "lambda:InvokeFunction",
          function: program.get("function").out("name"),
          principal: "elasticloadbalancing.amazonaws.com",
          sourceArn: group.out("arn"),
        }),
        declare("aws:lb/targetGroupAttachment:TargetGroupAttachment", "door", {
          targetGroupArn: group.out("arn"),
          targetId: program.get("function").out("arn"),
        }),
        declare("aws:lb/listenerRule:ListenerRule", "door", {
          listenerArn: LISTENER,
          actions: [{ type: "forward", targetGroupArn: group.out("arn") }],
        }),
      ];
    },
  ),
  stops("buffered", "a receipt rule that hands everybody's mail to the function", INGRESS, (program) => [
    declare("aws:ses/receiptRule:ReceiptRule", "mail", {
      ruleSetName: "inbound",
      lambdaActions: [{ functionArn: program.get("function").out("arn"), position: 1 }],
    }),
  ]),
  stops("buffered", "a data source of an AppSync API of another stack", INGRESS, (program) => [
    declare("aws:appsync/dataSource:DataSource", "agent", {
      apiId: "abcdefghijklmnopqrstuvwxyz",
      type: "AWS_LAMBDA",
      lambdaConfig: { functionArn: program.get("function").out("arn") },
    }),
    declare("aws:appsync/resolver:Resolver", "ask", {
      apiId: "abcdefghijklmnopqrstuvwxyz",
      type: "Query",
      field: "ask",
      dataSource: "agent",
    }),
  ]),
  stopsLater("buffered", "another role that may invoke the function itself", INGRESS, (program) => {
    const role = declare("role", "worker", {
      assumeRolePolicy: document({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
      }),
    });
    return [
      role,
      declare("rolePolicy", "worker", {
        role: role.out("name"),
        policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"${program.get("function").out("arn")}"}]}`,
      }),
    ];
  }),
  stops("buffered", "a role that may invoke every function", INGRESS, () => [
    declare("rolePolicy", "worker", {
      role: "worker",
      policy: document({
        Effect: "Allow",
        Action: "lambda:Invoke*",
        Resource: "arn:aws:lambda:us-east-1:123456789012:function:*",
      }),
    }),
  ]),
  stops("buffered", "a role that may rewrite every function", INGRESS, () => [
    declare("rolePolicy", "deployer", {
      role: "deployer",
      policy: document({
        Effect: "Allow",
        Action: "lambda:UpdateFunctionCode",
        Resource: "arn:aws:lambda:us-east-1:123456789012:function:*",
      }),
    }),
  ]),
  stops("buffered", "a topic's subscription of the function", INGRESS, (program) => [
    declare("aws:sns/topicSubscription:TopicSubscription", "events", {
      topic: "arn:aws:sns:us-east-1:123456789012:events",
      protocol: "lambda",
      endpoint: program.get("function").out("arn"),
    }),
  ]),
  stops("buffered", "a queue that the function reads", INGRESS, (program) => [
    declare("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs", {
      eventSourceArn: "arn:aws:sqs:us-east-1:123456789012:jobs",
      functionName: program.get("function").out("arn"),
    }),
  ]),
  stops("url", "a permission for a stranger's account, with its twin", "fd-stack-accounts", (program) =>
    ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].map((action, index) =>
      declare("permission", `stranger-${index.toString()}`, {
        action,
        function: program.get("function").out("name"),
        principal: `arn:aws:iam::${STRANGER}:root`,
        qualifier: "live",
        ...(index === 0 ? { functionUrlAuthType: "AWS_IAM" } : { invokedViaFunctionUrl: true }),
      }),
    ),
  ),
  says("buffered", "a method of another provider in the stack's own API", INGRESS, (program) => [
    declare("aws-native:apigateway:Method", "open", {
      restApiId: program.get("restApi").out("id"),
      resourceId: program.get("apiResource", "invoke").out("id"),
      httpMethod: "GET",
      authorizationType: "NONE",
    }),
  ]),
  says("buffered", "a deployment of another provider that makes a stage", INGRESS, (program) => [
    declare("aws-native:apigateway:Deployment", "side", {
      restApiId: program.get("restApi").out("id"),
      stageName: "side",
    }),
  ]),
  says("url", "a permission of another provider", INGRESS, (program) => [
    declare("aws-native:lambda:Permission", "open", {
      action: "lambda:InvokeFunctionUrl",
      functionName: program.get("function").out("name"),
      principal: "*",
    }),
  ]),
  stops("buffered", "a state machine that runs the function", INGRESS, (program) => [
    declare("aws:sfn/stateMachine:StateMachine", "flow", {
      definition: text`{"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"${program.get("function", FN).out("arn")}","End":true}}}`,
    }),
  ]),
];
