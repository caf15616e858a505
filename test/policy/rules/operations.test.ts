import assert from "node:assert/strict";
import { packOf } from "../../../policy/pack/pack";
import { alarmActions } from "../../../policy/rules/operations/alarmActions";
import { alarms } from "../../../policy/rules/operations/alarms";
import { logGroupKms } from "../../../policy/rules/operations/logGroupKms";
import { logGroupRetention } from "../../../policy/rules/operations/logGroupRetention";
import { logResourcePolicy } from "../../../policy/rules/operations/logResourcePolicy";
import { testRule } from "../support/cases";
import { analyzed, declare, unknown } from "../support/declare";
import { remediate } from "../support/sdk";

type Props = Readonly<Record<string, unknown>>;

const group = (props: Props) => [declare("logGroup", "logs", props)];
const noGroups = { title: "a stack without log groups", resources: [declare("function", "fn")] };
const DAYS: [string, string][] = [["logs", "retentionInDays"]];

testRule(logGroupRetention, {
  pass: [
    { title: "a month", resources: group({ retentionInDays: 30 }) },
    { title: "a year, the most", resources: group({ retentionInDays: 365 }) },
    {
      title: "as many days as the stack says",
      settings: { minDays: 400, maxDays: 3653 },
      resources: group({ retentionInDays: 731 }),
    },
    { title: "what is only delivered on", resources: group({ logGroupClass: "DELIVERY" }) },
  ],
  fail: [
    { title: "for ever, by nothing set", resources: group({}), findings: DAYS },
    {
      title: "for ever, where the stack says what it shall be",
      settings: { remediateDays: 30 },
      resources: group({}),
      findings: DAYS,
    },
    { title: "for ever, by 0", resources: group({ retentionInDays: 0 }), findings: DAYS },
    { title: "too long", resources: group({ retentionInDays: 400 }), findings: DAYS },
    {
      title: "too short for an audit",
      settings: { minDays: 90 },
      resources: group({ retentionInDays: 30 }),
      findings: DAYS,
    },
    { title: "a text", resources: group({ retentionInDays: "30" }), findings: DAYS },
  ],
  unknown: [
    { title: "days to come", resources: group({ retentionInDays: unknown }), findings: DAYS },
    { title: "a class to come", resources: group({ logGroupClass: unknown }), findings: DAYS },
  ],
  notApplicable: [noGroups],
});

describe("what fd-cloudwatch-log-group-retention mends", () => {
  const mended = async (props: Props, settings: Props) => {
    const [resource] = analyzed(group(props), "preview");
    assert.ok(resource);
    const config = { [logGroupRetention.id]: { enforcementLevel: "remediate", ...settings } };
    return await remediate(packOf([logGroupRetention]), resource, config);
  };

  for (const [title, before] of [
    ["a group without a retention", { name: "logs" }],
    ["a group that says for ever", { name: "logs", retentionInDays: 0 }],
  ] as const)
    it(`mends ${title}, once`, async () => {
      const changed = await mended(before, { remediateDays: 30 });
      assert.deepEqual(changed, { name: "logs", retentionInDays: 30 });
      assert.equal(await mended(changed, { remediateDays: 30 }), undefined);
    });

  for (const [title, before, settings] of [
    ["a group, unless it is told for how long", {}, {}],
    ["a longer retention, which somebody chose", { retentionInDays: 731 }, { remediateDays: 30 }],
    ["a retention to come", { retentionInDays: unknown }, { remediateDays: 30 }],
    ["a class to come", { logGroupClass: unknown }, { remediateDays: 30 }],
    ["what is only delivered on", { logGroupClass: "DELIVERY" }, { remediateDays: 30 }],
  ] as const)
    it(`leaves ${title}`, async () => {
      assert.equal(await mended(before, settings), undefined);
    });
});

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const key = declare("key", "key", { enableKeyRotation: true });
const prompts = { logsMayHoldPrompts: true };

testRule(logGroupKms, {
  pass: [
    { title: "AWS's own key, where logs hold no prompts", resources: group({}) },
    { title: "a key", settings: prompts, resources: group({ kmsKeyId: KEY }) },
    { title: "a key of the stack", settings: prompts, resources: [key, ...group({ kmsKeyId: key.out("arn") })] },
  ],
  fail: [
    { title: "AWS's own key", settings: prompts, resources: group({}), findings: [["logs", "kmsKeyId"]] },
    {
      title: "no key, as the provider reads it back",
      settings: prompts,
      resources: group({ kmsKeyId: "" }),
      findings: [["logs", "kmsKeyId"]],
    },
    {
      title: "one group of two",
      settings: prompts,
      resources: [...group({}), declare("logGroup", "other", { kmsKeyId: KEY })],
      findings: [["logs", "kmsKeyId"]],
    },
  ],
  unknown: [
    {
      title: "a key from outside",
      settings: prompts,
      resources: group({ kmsKeyId: unknown }),
      findings: [["logs", "kmsKeyId"]],
    },
    {
      title: "what another kind of resource gives",
      settings: prompts,
      modes: ["preview"],
      resources: group({ kmsKeyId: declare("role", "role").out("arn") }),
      findings: [["logs", "kmsKeyId"]],
    },
  ],
  notApplicable: [noGroups],
});

const statement = (props: object) => ({
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "arn:aws:logs:us-east-1:123456789012:log-group:x:*",
  ...props,
});
const policy = (policyDocument: unknown) => [
  declare("logResourcePolicy", "policy", { policyName: "p", policyDocument }),
];
const asText = (...statements: object[]) => policy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const EVERYBODY: [string, string][] = [["policy", "Statement[0].Principal"]];
const service = { Service: "delivery.logs.amazonaws.com" };

testRule(logResourcePolicy, {
  pass: [
    { title: "a service", resources: asText(statement({ Principal: service })) },
    { title: "an account", resources: asText(statement({ Principal: { AWS: "123456789012" } })) },
    { title: "everybody who is refused", resources: asText(statement({ Effect: "Deny", Principal: "*" })) },
    {
      title: "everybody of an organisation",
      resources: asText(
        statement({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
      ),
    },
    {
      title: "everybody, from one source",
      resources: asText(
        statement({
          Principal: { AWS: "*" },
          Condition: { ArnLike: { "AWS:SourceArn": ["arn:aws:es:us-east-1:123456789012:domain/*"] } },
        }),
      ),
    },
    { title: "an object with a single statement", resources: policy({ Statement: statement({ Principal: service }) }) },
  ],
  fail: [
    { title: "a star", resources: asText(statement({ Principal: "*" })), findings: EVERYBODY },
    { title: "a star for accounts", resources: asText(statement({ Principal: { AWS: "*" } })), findings: EVERYBODY },
    {
      title: "a star in a list",
      resources: asText(statement({ Principal: { AWS: ["123456789012", "*"] } })),
      findings: EVERYBODY,
    },
    {
      title: "a star for services",
      resources: asText(statement({ Principal: { Service: "*" } })),
      findings: EVERYBODY,
    },
    {
      title: "everybody but one",
      resources: asText(statement({ NotPrincipal: { AWS: "123456789012" } })),
      findings: EVERYBODY,
    },
    {
      title: "any source account (cdk-nag passes whatever condition there is)",
      resources: asText(statement({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } })),
      findings: EVERYBODY,
    },
    {
      title: "one good source and any",
      resources: asText(
        statement({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": ["123456789012", "*"] } } }),
      ),
      findings: EVERYBODY,
    },
    {
      title: "a condition on something else",
      resources: asText(statement({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      findings: EVERYBODY,
    },
    {
      title: "a condition that a missing value meets",
      resources: asText(
        statement({ Principal: "*", Condition: { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } } }),
      ),
      findings: EVERYBODY,
    },
    {
      title: "the second statement, of an object",
      resources: policy({ Statement: [statement({ Principal: service }), statement({ Principal: "*" })] }),
      findings: [["policy", "Statement[1].Principal"]],
    },
  ],
  unknown: [
    { title: "a policy to come", resources: policy(unknown), findings: [["policy", "policyDocument"]] },
    { title: "a text that is no JSON", resources: policy("{"), findings: [["policy", "policyDocument"]] },
    {
      title: "a principal to come",
      resources: policy({ Statement: [statement({ Principal: unknown })] }),
      findings: EVERYBODY,
    },
    {
      title: "an account to come",
      resources: policy({
        Statement: [statement({ Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": unknown } } })],
      }),
      findings: EVERYBODY,
    },
  ],
  notApplicable: [{ title: "a stack without such policies", resources: [declare("logGroup", "logs")] }],
});

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const alarm = (props: Props, name = "alarm") =>
  declare("metricAlarm", name, { comparisonOperator: "GreaterThanThreshold", ...props });

testRule(alarmActions, {
  pass: [
    { title: "a topic", resources: [alarm({ alarmActions: [TOPIC] })] },
    { title: "a topic to come", resources: [alarm({ alarmActions: [unknown], actionsEnabled: true })] },
    { title: "two topics", resources: [alarm({ alarmActions: [TOPIC, `${TOPIC}-2`], okActions: [TOPIC] })] },
  ],
  fail: [
    { title: "nobody", resources: [alarm({})], findings: [["alarm", "alarmActions"]] },
    {
      title: "nobody, in a list",
      resources: [alarm({ alarmActions: [], okActions: [TOPIC] })],
      findings: [["alarm", "alarmActions"]],
    },
    {
      title: "actions that are switched off",
      resources: [alarm({ alarmActions: [TOPIC], actionsEnabled: false })],
      findings: [["alarm", "actionsEnabled"]],
    },
    {
      title: "neither",
      resources: [alarm({ actionsEnabled: false })],
      findings: [
        ["alarm", "alarmActions"],
        ["alarm", "actionsEnabled"],
      ],
    },
  ],
  unknown: [
    { title: "topics to come", resources: [alarm({ alarmActions: unknown })], findings: [["alarm", "alarmActions"]] },
    {
      title: "a switch to come",
      resources: [alarm({ alarmActions: [TOPIC], actionsEnabled: unknown })],
      findings: [["alarm", "actionsEnabled"]],
    },
  ],
  notApplicable: [{ title: "a stack without alarms", resources: [declare("logGroup", "logs")] }],
});

const url = declare("functionUrl", "url", { authorizationType: "AWS_IAM" });
const stage = declare("stage", "stage", { stageName: "live" });
const acl = declare("webAcl", "acl", { scope: "REGIONAL" });
const on = (namespace: unknown, metricName: unknown, name?: string) => alarm({ namespace, metricName }, name);
const failures = { required: ["AWS/ApiGateway/5XXError"] };
const all = {
  required: ["AWS/ApiGateway/5XXError", "AWS/Lambda/Url5xxCount", "AWS/Lambda/Throttles", "AWS/WAFV2/BlockedRequests"],
};

testRule(alarms, {
  pass: [
    { title: "none, where none is asked for", resources: [stage] },
    { title: "the alarm", settings: failures, resources: [stage, on("AWS/ApiGateway", "5XXError")] },
    {
      title: "an alarm on a sum",
      settings: failures,
      resources: [
        stage,
        alarm({
          metricQueries: [
            { id: "sum", expression: "a" },
            { id: "a", metric: { namespace: "AWS/ApiGateway", metricName: "5XXError" } },
          ],
        }),
      ],
    },
    {
      title: "an alarm for each",
      settings: all,
      resources: [
        url,
        stage,
        acl,
        on("AWS/ApiGateway", "5XXError", "a"),
        on("AWS/Lambda", "Url5xxCount", "b"),
        on("AWS/Lambda", "Throttles", "c"),
        on("AWS/WAFV2", "BlockedRequests", "d"),
      ],
    },
    { title: "no alarm on what the stack has not", settings: failures, resources: [url] },
  ],
  fail: [
    { title: "no alarm", settings: failures, resources: [stage], findings: [["stage", "AWS/ApiGateway/5XXError"]] },
    {
      title: "an alarm on another metric",
      settings: failures,
      resources: [stage, on("AWS/ApiGateway", "4XXError")],
      findings: [["stage", "AWS/ApiGateway/5XXError"]],
    },
    {
      title: "an alarm of another namespace",
      settings: failures,
      resources: [stage, on("Custom", "5XXError")],
      findings: [["stage", "AWS/ApiGateway/5XXError"]],
    },
    {
      title: "none of many, each at what it measures",
      settings: all,
      resources: [url, stage, acl],
      findings: [
        ["stage", "AWS/ApiGateway/5XXError"],
        ["url", "AWS/Lambda/Url5xxCount"],
        ["stage", "AWS/Lambda/Throttles"],
        ["url", "AWS/Lambda/Throttles"],
        ["acl", "AWS/WAFV2/BlockedRequests"],
      ],
    },
  ],
  unknown: [
    {
      title: "a metric to come",
      settings: failures,
      resources: [stage, on("AWS/ApiGateway", unknown)],
      findings: [["stage", "AWS/ApiGateway/5XXError"]],
    },
    {
      title: "queries to come",
      settings: failures,
      resources: [stage, alarm({ metricQueries: unknown })],
      findings: [["stage", "AWS/ApiGateway/5XXError"]],
    },
  ],
  notApplicable: [{ title: "a stack without a door", resources: [declare("logGroup", "logs")] }],
});
