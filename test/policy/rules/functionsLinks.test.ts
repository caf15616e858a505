import { functionLogGroup } from "../../../policy/rules/functions/logGroup";
import { functionOwnRole } from "../../../policy/rules/functions/ownRole";
import { testRule } from "../support/cases";
import { declare, known, text, unknown } from "../support/declare";

const noFunctions = { title: "a stack without functions", resources: [declare("logGroup", "logs")] };

const role = declare("role", "role", { assumeRolePolicy: "{}" });
const second = declare("role", "second", { assumeRolePolicy: "{}" });
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const withRole = (name: string, value: unknown) => declare("function", name, { role: value });
const both = (finding: string): [string, string][] => [
  ["fn", finding],
  ["other", finding],
];

testRule(functionOwnRole, {
  pass: [
    { title: "one function", resources: [role, withRole("fn", role.out("arn"))] },
    {
      title: "a role for each",
      resources: [role, second, withRole("fn", role.out("arn")), withRole("other", second.out("arn"))],
    },
    {
      title: "roles from outside, by their ARNs",
      resources: [withRole("fn", roleArn("a")), withRole("other", roleArn("b"))],
    },
    { title: "one function whose role is not known", resources: [withRole("fn", unknown)] },
  ],
  fail: [
    {
      title: "one role for both",
      resources: [role, withRole("fn", role.out("arn")), withRole("other", role.out("arn"))],
      findings: both("role"),
    },
    {
      title: "one role from outside for both, with a path",
      resources: [withRole("fn", roleArn("app/a")), withRole("other", roleArn("app/a"))],
      findings: both("role"),
    },
    {
      title: "one role of the stack, by its output and by its name",
      resources: [
        declare("role", "role", { name: "shared" }),
        withRole("fn", known(roleArn("shared"), declare("role", "role", { name: "shared" }))),
        withRole("other", roleArn("shared")),
        withRole("third", roleArn("own")),
      ],
      findings: both("role"),
    },
  ],
  unknown: [
    {
      title: "a role from outside that is not known",
      resources: [withRole("fn", unknown), withRole("other", roleArn("a"))],
      findings: both("role"),
    },
    {
      title: "one of two roles",
      modes: ["preview"],
      resources: [
        role,
        second,
        withRole("fn", text`${role.out("arn")}${second.out("arn")}`),
        withRole("other", role.out("arn")),
      ],
      findings: both("role"),
    },
  ],
  notApplicable: [noFunctions],
});

const logs = declare("logGroup", "logs", { retentionInDays: 30 });
const otherLogs = declare("logGroup", "other-logs", { retentionInDays: 30 });
const named = declare("function", "fn", { name: "door" });
const unnamed = declare("function", "fn", { handler: "index.handler" });
const other = declare("function", "other", { handler: "index.handler", loggingConfig: { logGroup: logs.out("name") } });
const into = (logGroup: unknown) => declare("function", "fn", { loggingConfig: { logFormat: "JSON", logGroup } });
const group = (name: unknown) => declare("logGroup", "logs", { name, retentionInDays: 30 });
const signer = declare("function", "fn", { publish: true });
const missing: [string, string][] = [["fn", "logGroup"]];

testRule(functionLogGroup, {
  pass: [
    { title: "a group of its own", resources: [logs, into(logs.out("name"))] },
    { title: "a group by its name", resources: [group("door-logs"), into("door-logs")] },
    { title: "a group of the name that Lambda gives", resources: [group("/aws/lambda/door"), named] },
    {
      title: "a group that is named after the function",
      resources: [unnamed, group(text`/aws/lambda/${unnamed.out("name")}`)],
    },
    {
      title: "a function at the edge",
      resources: [
        signer,
        declare("distribution", "edge", {
          defaultCacheBehavior: { lambdaFunctionAssociations: [{ lambdaArn: signer.out("qualifiedArn") }] },
        }),
      ],
    },
  ],
  fail: [
    { title: "no group", resources: [named], findings: missing },
    {
      title: "no group, only a format",
      resources: [declare("function", "fn", { name: "door", loggingConfig: { logFormat: "JSON" } })],
      findings: missing,
    },
    {
      title: "a group that nobody declares",
      resources: [group("door-logs"), into("/aws/lambda/door")],
      findings: missing,
    },
    { title: "the group of another function", resources: [group("/aws/lambda/other-door"), named], findings: missing },
    {
      title: "a group that is named after another function",
      resources: [logs, named, other, declare("logGroup", "by-name", { name: text`/aws/lambda/${other.out("name")}` })],
      findings: missing,
    },
    {
      title: "a group for the web ACL alone",
      resources: [named, declare("logGroup", "waf", { namePrefix: "aws-waf-logs-" })],
      findings: missing,
    },
  ],
  unknown: [
    { title: "a group from outside", resources: [logs, into(unknown)], findings: missing },
    {
      title: "one of two groups",
      modes: ["preview"],
      resources: [logs, otherLogs, into(text`${logs.out("name")}${otherLogs.out("name")}`)],
      findings: missing,
    },
    { title: "a group whose name comes from outside", resources: [group(unknown), named], findings: missing },
    {
      title: "whether the group is named after a function that has no name yet",
      modes: ["preview"],
      resources: [group("/aws/lambda/door"), unnamed],
      findings: missing,
    },
    {
      title: "a published function that may be at the edge",
      resources: [signer, declare("distribution", "edge", { defaultCacheBehavior: unknown })],
      findings: missing,
    },
  ],
  notApplicable: [noFunctions],
});
