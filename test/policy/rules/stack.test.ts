import { ignoreChanges } from "../../../policy/rules/stack/ignoreChanges";
import { ingress } from "../../../policy/rules/stack/ingress";
import { protect } from "../../../policy/rules/stack/protect";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const ignoring = (...paths: readonly string[]) => [
  declare("webAcl", "acl", { scope: "REGIONAL" }, { ignoreChanges: paths }),
];
const topic = declare("aws:sns/topic:Topic", "topic", {}, { ignoreChanges: ["*"] });

testRule(ignoreChanges, {
  pass: [
    { title: "nothing ignored", resources: ignoring() },
    { title: "tags and a description", resources: ignoring("tags", "tagsAll", "description") },
    { title: "one tag", resources: ignoring('tags["owner"]') },
    {
      title: "what keeps the address of a door",
      resources: [
        declare("functionUrl", "url", { authorizationType: "AWS_IAM" }, { ignoreChanges: ["qualifier"] }),
        declare("basePathMapping", "mapping", {}, { ignoreChanges: ["basePath"] }),
      ],
    },
    { title: "a type that no rule reads", resources: [topic, ...ignoring()] },
    {
      title: "a property of one type that the settings name",
      settings: { ignorable: ["aws:lambda/alias:Alias.functionVersion"] },
      resources: [declare("alias", "alias", {}, { ignoreChanges: ["functionVersion"] })],
    },
  ],
  fail: [
    { title: "everything", resources: ignoring("*"), findings: [["acl", "ignoreChanges.*"]] },
    { title: "a property", resources: ignoring("rules"), findings: [["acl", "ignoreChanges.rules"]] },
    {
      title: "something in a property",
      resources: ignoring("rules[0].action"),
      findings: [["acl", "ignoreChanges.rules[0].action"]],
    },
    {
      title: "a property in brackets",
      resources: ignoring('["defaultAction"].allow'),
      findings: [["acl", "ignoreChanges.[defaultAction].allow"]],
    },
    {
      title: "a path through all items",
      resources: ignoring("rules[*].statement"),
      findings: [["acl", "ignoreChanges.rules[*].statement"]],
    },
    {
      title: "one property beside tags",
      resources: ignoring("tags", "visibilityConfig.sampledRequestsEnabled"),
      findings: [["acl", "ignoreChanges.visibilityConfig.sampledRequestsEnabled"]],
    },
    {
      title: "how callers of a URL prove who they are",
      resources: [
        declare("functionUrl", "url", { authorizationType: "AWS_IAM" }, { ignoreChanges: ["authorizationType"] }),
      ],
      findings: [["url", "ignoreChanges.authorizationType"]],
    },
    {
      title: "the qualifier of a permission",
      resources: [declare("permission", "permission", {}, { ignoreChanges: ["qualifier"] })],
      findings: [["permission", "ignoreChanges.qualifier"]],
    },
    {
      title: "settings of methods",
      resources: [declare("methodSettings", "all", {}, { ignoreChanges: ["settings.dataTraceEnabled", "settings"] })],
      findings: [
        ["all", "ignoreChanges.settings.dataTraceEnabled"],
        ["all", "ignoreChanges.settings"],
      ],
    },
    {
      title: "a property of another type than the settings name",
      settings: { ignorable: ["aws:lambda/alias:Alias.functionVersion"] },
      resources: [declare("functionUrl", "url", {}, { ignoreChanges: ["functionVersion"] })],
      findings: [["url", "ignoreChanges.functionVersion"]],
    },
  ],
  unknown: "always known",
  notApplicable: [{ title: "a stack with nothing that a rule reads", resources: [topic] }],
});

const distribution = (name: string, enabled: unknown = true) => declare("distribution", name, { enabled });
const found = (name: string): [string, string][] => [[name, "ingress"]];
const refused = (type: `${string}:${string}`, title: string) => ({
  title,
  resources: [declare(type, "way")],
  findings: found("way"),
});
const both: [string, string][] = [
  ["one", "distributions"],
  ["two", "distributions"],
];

testRule(ingress, {
  pass: [
    { title: "one distribution", resources: [distribution("one")] },
    { title: "a second one that is off", resources: [distribution("one"), distribution("two", false)] },
    {
      title: "two distributions, where the settings allow them",
      settings: { distributions: 2 },
      resources: [distribution("one"), distribution("two")],
    },
    { title: "a bucket", resources: [declare("aws:s3/bucket:Bucket", "bucket", { website: null })] },
    {
      title: "a load balancer that the settings allow",
      settings: { allowedTypes: ["aws:lb/listener:Listener"] },
      resources: [declare("aws:lb/listener:Listener", "way")],
    },
    {
      title: "a log group through Cloud Control",
      resources: [declare("aws:cloudcontrol/resource:Resource", "way", { typeName: "AWS::Logs::LogGroup" })],
    },
  ],
  fail: [
    refused("aws:apigatewayv2/api:Api", "an HTTP API"),
    refused("aws:lb/listener:Listener", "a load balancer"),
    refused("aws:alb/listener:Listener", "a load balancer by its other name"),
    refused("aws:appsync/graphQLApi:GraphQLApi", "a GraphQL API"),
    refused("aws:iot/topicRule:TopicRule", "messages of devices"),
    refused("aws:apprunner/service:Service", "a service of App Runner"),
    refused("aws:lambda/eventSourceMapping:EventSourceMapping", "a queue that invokes a function"),
    refused("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "a website"),
    refused("aws-native:lambda:Url", "a Function URL by another provider"),
    {
      title: "a bucket's own website",
      resources: [declare("aws:s3/bucket:Bucket", "way", { website: { indexDocument: "index.html" } })],
      findings: found("way"),
    },
    {
      title: "a Function URL through Cloud Control",
      resources: [declare("aws:cloudcontrol/resource:Resource", "way", { typeName: "AWS::Lambda::Url" })],
      findings: found("way"),
    },
    { title: "two distributions", resources: [distribution("one"), distribution("two")], findings: both },
    {
      title: "a way in beside one that the settings allow",
      settings: { allowedTypes: ["aws:lb/listener:Listener"] },
      resources: [declare("aws:lb/listener:Listener", "allowed"), declare("aws:apigatewayv2/api:Api", "way")],
      findings: found("way"),
    },
  ],
  unknown: [
    {
      title: "a second distribution that may be off",
      resources: [distribution("one"), distribution("two", unknown)],
      findings: both,
    },
    {
      title: "a bucket that may be a website",
      resources: [declare("aws:s3/bucket:Bucket", "way", { website: unknown })],
      findings: found("way"),
    },
    {
      title: "a template, in which anything may stand",
      resources: [declare("aws:cloudformation/stack:Stack", "way", { templateBody: "{}" })],
      findings: found("way"),
    },
    {
      title: "something through Cloud Control",
      resources: [declare("aws:cloudcontrol/resource:Resource", "way", { typeName: unknown })],
      findings: found("way"),
    },
  ],
  notApplicable: [
    {
      title: "a stack with a REST API and a web ACL",
      resources: [declare("restApi", "api"), declare("webAcl", "acl")],
    },
  ],
});

// Cases run in a stack of this name.
const settings = { productionStacks: ["test"] };
const unprotected: [string, string][] = [["acl", "protect"]];

testRule(protect, {
  pass: [
    { title: "a stack that is not of production", resources: [declare("webAcl", "acl", { scope: "REGIONAL" })] },
    {
      title: "another stack than those of production",
      settings: { productionStacks: ["prod"] },
      resources: [declare("key", "key")],
    },
    {
      title: "all of them protected",
      settings,
      resources: [
        declare("webAcl", "acl", { scope: "REGIONAL" }, { protect: true }),
        declare("key", "key", {}, { protect: true }),
        declare("logGroup", "logs", {}, { protect: true }),
      ],
    },
    {
      title: "a log group that AWS itself keeps",
      settings,
      resources: [declare("logGroup", "logs", { deletionProtectionEnabled: true })],
    },
    {
      title: "a log group that is left behind",
      settings,
      resources: [declare("logGroup", "logs", { skipDestroy: true })],
    },
  ],
  fail: [
    {
      title: "a web ACL",
      settings,
      resources: [declare("webAcl", "acl", { scope: "REGIONAL" })],
      findings: unprotected,
    },
    { title: "a key", settings, resources: [declare("key", "key")], findings: [["key", "protect"]] },
    {
      title: "a log group",
      settings,
      resources: [declare("logGroup", "logs", { skipDestroy: false })],
      findings: [["logs", "protect"]],
    },
    {
      title: "a key with a flag of log groups",
      settings,
      resources: [declare("key", "key", { skipDestroy: true })],
      findings: [["key", "protect"]],
    },
  ],
  unknown: [
    {
      title: "a log group that may be left behind",
      settings,
      resources: [declare("logGroup", "logs", { skipDestroy: unknown })],
      findings: [["logs", "protect"]],
    },
  ],
  notApplicable: [{ title: "a stack with none of them", resources: [declare("function", "fn")] }],
});
