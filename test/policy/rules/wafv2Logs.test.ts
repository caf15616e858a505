import assert from "node:assert/strict";
import { packOf } from "../../../policy/pack/pack";
import { logDestination } from "../../../policy/rules/wafv2/logDestination";
import { logRedaction } from "../../../policy/rules/wafv2/logRedaction";
import { webAclLogging } from "../../../policy/rules/wafv2/webAclLogging";
import { webAclMetrics } from "../../../policy/rules/wafv2/webAclMetrics";
import { testRule } from "../support/cases";
import { analyzed, declare, known, unknown, type Declared } from "../support/declare";
import { analyze, everywhere, remediate } from "../support/sdk";
import { acl, rule, visible } from "../support/webAcl";

const stage = declare("stage", "stage");
const plainAcl = acl("acl", []);
const logs = declare("logGroup", "logs", { name: "aws-waf-logs-door" });
const logging = (props: object = {}) =>
  declare("webAclLogging", "logging", {
    resourceArn: plainAcl.out("arn"),
    logDestinationConfigs: [logs.out("arn")],
    redactedFields: redacting(...SECRETS),
    ...props,
  });
const SECRETS = ["authorization", "cookie", "x-api-key", "x-amz-security-token"];
const redacting = (...names: readonly string[]) => names.map((name) => ({ singleHeader: { name } }));
const ACL_ARN = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/door/1";

const filter = (defaultBehavior: string, ...behaviors: readonly string[]) => ({
  defaultBehavior,
  filters: behaviors.map((behavior) => ({
    behavior,
    requirement: "MEETS_ANY",
    conditions: [{ actionCondition: { action: "BLOCK" } }],
  })),
});

testRule(webAclLogging, {
  pass: [
    { title: "an ACL with its log", resources: [plainAcl, logs, logging()] },
    {
      title: "known ARNs, as in an imported stack",
      resources: [acl("acl", [], { name: "door" }), logging({ resourceArn: ACL_ARN })],
    },
    {
      title: "a filter that keeps what is blocked",
      resources: [plainAcl, logging({ loggingFilter: filter("DROP", "KEEP") })],
    },
    {
      title: "two ACLs with a log each",
      resources: [
        plainAcl,
        acl("other", []),
        logging(),
        declare("webAclLogging", "more", { resourceArn: acl("other", []).out("arn") }),
      ],
    },
  ],
  fail: [
    {
      title: "a filter that drops what is blocked",
      resources: [plainAcl, logging({ loggingFilter: filter("KEEP", "DROP") })],
      findings: [["logging", "loggingFilter"]],
    },
    {
      title: "a filter that drops everything",
      resources: [plainAcl, logging({ loggingFilter: filter("DROP") })],
      findings: [["logging", "loggingFilter"]],
    },
    {
      title: "a filter that drops what is left",
      resources: [plainAcl, logging({ loggingFilter: filter("DROP", "DROP") })],
      findings: [["logging", "loggingFilter"]],
    },
    { title: "an ACL alone", resources: [plainAcl], findings: [["acl", "logging"]] },
    { title: "a log group alone", resources: [plainAcl, logs], findings: [["acl", "logging"]] },
    {
      title: "another ACL's log",
      resources: [plainAcl, acl("other", []), logging({ resourceArn: acl("other", []).out("arn") })],
      findings: [["acl", "logging"]],
    },
    {
      title: "the log of an ACL of the same name in the other scope",
      resources: [acl("acl", [], { name: "door", scope: "CLOUDFRONT" }), logging({ resourceArn: ACL_ARN })],
      findings: [["acl", "logging"]],
    },
  ],
  unknown: [
    {
      title: "a log of what comes from nowhere",
      resources: [plainAcl, logging({ resourceArn: unknown })],
      findings: [["acl", "logging"]],
    },
    {
      title: "a filter that is not known",
      resources: [plainAcl, logging({ loggingFilter: unknown })],
      findings: [["logging", "loggingFilter"]],
    },
    {
      title: "an ACL whose name is not known",
      resources: [acl("acl", [], { name: unknown, arn: unknown }), logging({ resourceArn: ACL_ARN })],
      findings: [["acl", "logging"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

const sampling = { visibilityConfig: visible("acl", { sampledRequestsEnabled: true }) };
const SAMPLES = "visibilityConfig.sampledRequestsEnabled";
const protecting = (protection: object) => ({
  ...sampling,
  dataProtectionConfig: {
    dataProtections: [
      { action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: SECRETS }, ...protection },
    ],
  },
});
const sampled = (name: string) => rule(name, {}, sampling);

testRule(logRedaction, {
  pass: [
    { title: "credentials redacted, no samples", resources: [plainAcl, logging()] },
    {
      title: "more redacted, and names in capitals",
      resources: [
        logging({
          redactedFields: [{ queryString: {} }, ...redacting("Authorization", "X-Auth-Token", ...SECRETS.slice(1))],
        }),
      ],
    },
    { title: "samples without credentials", resources: [acl("acl", [sampled("rate")], protecting({}))] },
    {
      title: "samples without any header",
      resources: [acl("acl", [], protecting({ action: "HASH", field: { fieldType: "SINGLE_HEADER" } }))],
    },
  ],
  fail: [
    {
      title: "nothing redacted",
      resources: [logging({ redactedFields: undefined })],
      findings: SECRETS.map((header) => ["logging", `redactedFields[${header}]`]),
    },
    ...SECRETS.map((header) => ({
      title: `${header} not redacted`,
      resources: [logging({ redactedFields: redacting(...SECRETS.filter((each) => each !== header)) })],
      findings: [["logging", `redactedFields[${header}]`]] as const,
    })),
    {
      title: "samples, which redaction does not touch",
      resources: [acl("acl", [], sampling), logging()],
      findings: [["acl", SAMPLES]],
    },
    {
      title: "samples of one rule",
      resources: [acl("acl", [rule("a", {}), sampled("b")])],
      findings: [["acl", `rules[b].${SAMPLES}`]],
    },
    {
      title: "samples of a rule in JSON",
      resources: [
        acl("acl", undefined, {
          ruleJson: JSON.stringify([{ Name: "a", VisibilityConfig: { SampledRequestsEnabled: true } }]),
        }),
      ],
      findings: [["acl", `ruleJson[a].${SAMPLES}`]],
    },
    {
      title: "samples of a rule of its own resource",
      resources: [plainAcl, declare("webAclRule", "added", { webAclArn: plainAcl.out("arn"), ...sampled("added") })],
      findings: [["added", SAMPLES]],
    },
    {
      title: "samples of an association that says nothing, as the provider's default has them",
      resources: [
        plainAcl,
        declare("webAclRuleGroup", "association", {
          webAclArn: plainAcl.out("arn"),
          managedRuleGroup: { vendorName: "AWS", name: "any" },
        }),
      ],
      findings: [["association", SAMPLES]],
    },
    {
      title: "protection of some credentials",
      resources: [acl("acl", [], protecting({ field: { fieldType: "SINGLE_HEADER", fieldKeys: ["cookie"] } }))],
      findings: [["acl", SAMPLES]],
    },
    {
      title: "protection of bodies",
      resources: [acl("acl", [], protecting({ field: { fieldType: "BODY" } }))],
      findings: [["acl", SAMPLES]],
    },
    {
      title: "protection with an exception",
      resources: [acl("acl", [], protecting({ excludeRuleMatchDetails: true }))],
      findings: [["acl", SAMPLES]],
    },
  ],
  unknown: [
    {
      title: "redaction that is not known",
      resources: [logging({ redactedFields: unknown })],
      findings: SECRETS.map((header) => ["logging", `redactedFields[${header}]`]),
    },
    {
      title: "samples that are not known",
      resources: [acl("acl", [], { visibilityConfig: visible("acl", { sampledRequestsEnabled: unknown }) })],
      findings: [["acl", SAMPLES]],
    },
    {
      title: "protection that the provider drops when another resource adds a rule (terraform-provider-aws 49388)",
      resources: [
        acl("acl", [], protecting({})),
        declare("webAclRule", "added", { webAclArn: acl("acl", []).out("arn"), ...rule("added", {}) }),
      ],
      findings: [["acl", SAMPLES]],
    },
    {
      title: "protection that is not known",
      resources: [acl("acl", [], { ...sampling, dataProtectionConfig: unknown })],
      findings: [["acl", SAMPLES]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

const to = (...logDestinationConfigs: readonly unknown[]) => logging({ logDestinationConfigs });
const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-door";
const BUCKET = "arn:aws:s3:::aws-waf-logs-company";
const DESTINATION = "logDestinationConfigs[0]";
const from = (destination: Declared) => [destination, to(destination.out("arn"))];

testRule(logDestination, {
  pass: [
    { title: "a log group of the stack", resources: from(logs) },
    {
      title: "a log group with a name of its own making",
      resources: from(declare("logGroup", "logs", { namePrefix: "aws-waf-logs-door-" })),
    },
    { title: "a log group of the stack by its ARN", resources: [logs, to(`${GROUP}:*`)] },
    { title: "a bucket of another stack", resources: [to(BUCKET)] },
    {
      title: "a bucket of this stack",
      modes: ["preview"],
      resources: from(declare("bucket", "b", { bucket: "aws-waf-logs-b" })),
    },
    {
      title: "a delivery stream",
      modes: ["preview"],
      resources: from(declare("deliveryStream", "stream", { name: "aws-waf-logs-s" })),
    },
    {
      title: "a delivery stream of another stack",
      resources: [to("arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-s")],
    },
    {
      title: "a log group that another stack manages",
      settings: { managedElsewhere: [GROUP] },
      resources: [to(`${GROUP}:*`)],
    },
  ],
  fail: [
    {
      title: "a log group with another name",
      resources: from(declare("logGroup", "logs", { name: "/aws/waf/door" })),
      findings: [["logging", DESTINATION]],
    },
    {
      title: "a log group with another prefix",
      resources: from(declare("logGroup", "logs", { namePrefix: "waf-logs-" })),
      findings: [["logging", DESTINATION]],
    },
    {
      title: "a prefix with the right words elsewhere",
      resources: [to("arn:aws:s3:::company-aws-waf-logs-")],
      findings: [["logging", DESTINATION]],
    },
    {
      title: "something that takes no logs",
      resources: [to("arn:aws:sqs:us-east-1:123456789012:aws-waf-logs-q")],
      findings: [["logging", DESTINATION]],
    },
    { title: "no destination", resources: [to()], findings: [["logging", "logDestinationConfigs"]] },
    {
      title: "a log group that nobody manages",
      resources: [to(GROUP)],
      findings: [["logging", `${DESTINATION}.logGroup`]],
    },
    {
      title: "a log group beside the stack's own",
      resources: [logs, to(GROUP.replace("door", "other"))],
      findings: [["logging", `${DESTINATION}.logGroup`]],
    },
    {
      title: "a bucket with another name",
      modes: ["preview"],
      resources: from(declare("bucket", "b", { bucketPrefix: "logs-" })),
      findings: [["logging", DESTINATION]],
    },
  ],
  unknown: [
    { title: "a destination that comes from nowhere", resources: [to(unknown)], findings: [["logging", DESTINATION]] },
    {
      title: "a list that comes from nowhere",
      resources: [logging({ logDestinationConfigs: unknown })],
      findings: [["logging", DESTINATION]],
    },
    {
      title: "a bucket whose name is not known",
      modes: ["preview"],
      resources: from(declare("bucket", "b")),
      findings: [["logging", DESTINATION]],
    },
    {
      title: "one of two log groups, of which one has another name",
      modes: ["preview"],
      resources: [
        logs,
        declare("logGroup", "other", { name: "other" }),
        to({ ...known("", logs, declare("logGroup", "other")), value: () => undefined }),
      ],
      findings: [["logging", DESTINATION]],
    },
  ],
  notApplicable: [{ title: "an ACL without a log, which another rule refuses", resources: [plainAcl] }],
});

const dark = (name: string) => visible(name, { cloudwatchMetricsEnabled: false });
const METRICS = "visibilityConfig.cloudwatchMetricsEnabled";
const darkAcl = acl("acl", [rule("a", {}, { visibilityConfig: dark("a") }), rule("b", {})], {
  visibilityConfig: dark("acl"),
});

testRule(webAclMetrics, {
  pass: [
    { title: "an ACL and its rules with metrics", resources: [acl("acl", [rule("a", {})])] },
    { title: "a rule of its own resource", resources: [declare("webAclRule", "added", rule("added", {}))] },
    {
      title: "a rule group and its rules",
      resources: [declare("ruleGroup", "group", { visibilityConfig: visible("group"), rules: [rule("a", {})] })],
    },
    {
      title: "an association",
      resources: [declare("webAclRuleGroup", "association", { visibilityConfig: visible("association") })],
    },
    {
      title: "an association that says nothing, as the provider's default has metrics",
      resources: [declare("webAclRuleGroup", "association", { ruleName: "association" })],
    },
    {
      title: "a rule in JSON",
      resources: [
        acl("acl", undefined, {
          ruleJson: JSON.stringify([{ Name: "a", VisibilityConfig: { CloudWatchMetricsEnabled: true } }]),
        }),
      ],
    },
  ],
  fail: [
    {
      title: "an ACL and a rule without metrics",
      resources: [darkAcl],
      findings: [
        ["acl", METRICS],
        ["acl", `rules[a].${METRICS}`],
      ],
    },
    {
      title: "a rule of its own resource that says nothing of metrics",
      resources: [declare("webAclRule", "added", rule("added", {}, { visibilityConfig: undefined }))],
      findings: [["added", METRICS]],
    },
    {
      title: "a rule group without metrics",
      resources: [declare("ruleGroup", "group", { visibilityConfig: dark("group"), rules: [] })],
      findings: [["group", METRICS]],
    },
    {
      title: "a rule in JSON without metrics",
      resources: [
        acl("acl", undefined, {
          ruleJson: JSON.stringify([{ Name: "a", VisibilityConfig: { CloudWatchMetricsEnabled: false } }]),
        }),
      ],
      findings: [["acl", `ruleJson[a].${METRICS}`]],
    },
  ],
  unknown: [
    {
      title: "metrics that are not known",
      resources: [acl("acl", [], { visibilityConfig: visible("acl", { cloudwatchMetricsEnabled: unknown }) })],
      findings: [["acl", METRICS]],
    },
    { title: "rules that are not known", resources: [acl("acl", unknown)], findings: [["acl", `rules.${METRICS}`]] },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

describe("the remedy of fd-wafv2-web-acl-metrics", () => {
  const pack = packOf([webAclMetrics], () => "2026-11-24");
  const config = { [webAclMetrics.id]: "remediate" } as const;
  const [before] = analyzed([darkAcl], "preview");
  assert.ok(before);

  it("turns metrics on, and does nothing a second time", async () => {
    const props = await remediate(pack, before, config);
    assert.ok(props);
    const mended = declare("webAcl", "acl", props);
    const [after] = analyzed([mended], "preview");
    assert.ok(after);
    assert.deepEqual((await analyze(pack, [after], everywhere())).findings, []);
    assert.equal(await remediate(pack, after, config), undefined);
    const on = (name: string) => ({ visibilityConfig: visible(name) });
    const wanted = { ...darkAcl.props, ...on("acl"), rules: [rule("a", {}, on("a")), rule("b", {})] };
    assert.deepEqual(props, JSON.parse(JSON.stringify(wanted)));
  });

  it("changes nothing that is not known, and gives no metrics without a name", async () => {
    const [dim] = analyzed(
      [
        acl("acl", unknown, {
          visibilityConfig: visible("acl", { cloudwatchMetricsEnabled: unknown }),
        }),
      ],
      "preview",
    );
    const [nameless] = analyzed([declare("webAclRule", "added", { name: "added" })], "preview");
    for (const resource of [dim, nameless]) {
      assert.ok(resource);
      assert.equal(await remediate(pack, resource, config), undefined);
    }
  });

  it("leaves unknown values elsewhere in the ACL as they are", async () => {
    const limit = { rateBasedStatement: { limit: unknown } };
    const [partly] = analyzed([acl("acl", [rule("a", limit, { visibilityConfig: dark("a") })])], "preview");
    assert.ok(partly);
    const props = await remediate(pack, partly, config);
    assert.ok(props);
    const wire = partly.wire?.toJavaScript() as { rules: { statement: unknown }[] };
    assert.deepEqual((props["rules"] as { statement: unknown }[])[0]?.statement, wire.rules[0]?.statement);
  });
});
