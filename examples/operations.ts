import * as aws from "@pulumi/aws";
import { Operations, StreamingApi, WebAcl } from "agentcore-front-door";

const maxDurationSeconds = 300;
const onCall = new aws.sns.Topic("on-call");
const webAcl = new WebAcl("acl");
const chat = new StreamingApi("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  auth: "iam",
  webAclArn: webAcl.arn,
  throttle: { rateLimit: 50, burstLimit: 100 },
  maxDurationSeconds,
});

const { functionName, apiName, stageName } = chat;
const operations = new Operations("operations", {
  doors: [{ door: "chat", functionName, apiName, stageName, maxDurationSeconds }],
  webAcls: [{ metricName: webAcl.metricName }],
  dashboard: true,
  alarms: true,
  alarmTopicArns: [onCall.arn],
  alarmDailySpendUsd: 20,
});

export const dashboardName = operations.dashboardName;
