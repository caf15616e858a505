import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor } from "agentcore-front-door";

const { accountId } = aws.getCallerIdentityOutput();
const { region } = aws.getRegionOutput();
const statement = (each: object) => pulumi.jsonStringify({ Version: "2012-10-17", Statement: [each] });

// The agent: your code on AgentCore Runtime, with a role that may write its logs.
const agentRole = new aws.iam.Role("agent", {
  assumeRolePolicy: statement({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "bedrock-agentcore.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:bedrock-agentcore:${region}:${accountId}:runtime/*` },
    },
  }),
});
const agentLogs = new aws.iam.RolePolicy("agent", {
  role: agentRole.id,
  policy: statement({
    Effect: "Allow",
    Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:/aws/bedrock-agentcore/runtimes/*`,
  }),
});
const agent = new aws.bedrock.AgentcoreAgentRuntime(
  "agent",
  {
    agentRuntimeName: "my_agent",
    agentRuntimeArtifact: {
      codeConfiguration: {
        runtime: "PYTHON_3_13",
        entryPoints: ["main.py"],
        code: { s3: { bucket: "my-agent-code", prefix: "agent.zip" } },
      },
    },
    roleArn: agentRole.arn,
    networkConfiguration: { networkMode: "PUBLIC" },
    lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 }],
  },
  { dependsOn: agentLogs },
);

// The caller: the role of a function of yours. And who hears the alarms.
const client = new aws.iam.Role("client", {
  assumeRolePolicy: statement({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  }),
});
const onCall = new aws.sns.Topic("on-call");

const door = new FrontDoor("chat", {
  agentRuntimeArn: agent.agentRuntimeArn,
  doors: ["streamingUrl"],
  callers: { client: client.arn },
  lockRuntime: true,
  alarms: true,
  alarmTopicArns: [onCall.arn],
});

export const url = door.streamingUrl;
