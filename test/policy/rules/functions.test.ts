import assert from "node:assert/strict";
import { packOf } from "../../../policy/pack/pack";
import { functionLogFormat } from "../../../policy/rules/functions/logFormat";
import { functionLogLevel } from "../../../policy/rules/functions/logLevel";
import { functionReservedConcurrency } from "../../../policy/rules/functions/reservedConcurrency";
import { functionRuntime } from "../../../policy/rules/functions/runtime";
import { functionTimeout } from "../../../policy/rules/functions/timeout";
import { functionTracing } from "../../../policy/rules/functions/tracing";
import type { Rule } from "../../../policy/model/rule";
import { UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../support/program/components";
import { testRule } from "../support/cases";
import { analyzed, declare, unknown, type Declared } from "../support/declare";
import { remediate } from "../support/sdk";

const fn = (props: Readonly<Record<string, unknown>>): Declared[] => [
  declare("function", "fn", { handler: "index.handler", ...props }),
];
const noFunctions = { title: "a stack without functions", resources: [declare("logGroup", "logs")] };

/** A function that may be at the edge by its own properties, and the distribution that says whether it is. */
const published = declare("function", "signer", { runtime: "nodejs22.x", publish: true });
const behaviour = (lambdaArn: unknown) => ({
  lambdaFunctionAssociations: [{ eventType: "origin-request", lambdaArn }],
});
const edge = (defaultCacheBehavior: unknown, orderedCacheBehaviors: unknown = []) =>
  declare("distribution", "edge", { defaultCacheBehavior, orderedCacheBehaviors });

testRule(functionRuntime, {
  pass: [
    { title: "the doors' runtime", resources: fn({ runtime: "nodejs24.x" }) },
    { title: "the edge's runtime", resources: fn({ runtime: "nodejs22.x" }) },
    { title: "an image, which brings its own", resources: fn({ packageType: "Image", imageUri: "x" }) },
    {
      title: "a runtime that the stack allows",
      settings: { runtimes: ["nodejs26.x"] },
      resources: fn({ runtime: "nodejs26.x" }),
    },
  ],
  fail: [
    { title: "a deprecated runtime", resources: fn({ runtime: "nodejs20.x" }), findings: [["fn", "runtime"]] },
    { title: "one that ended this month", resources: fn({ runtime: "dotnet8" }), findings: [["fn", "runtime"]] },
    { title: "no runtime (checkov passes it)", resources: fn({}), findings: [["fn", "runtime"]] },
    { title: "a preview", resources: fn({ runtime: "python3.15" }), findings: [["fn", "runtime"]] },
    {
      title: "a runtime that the stack does not allow any more",
      settings: { runtimes: ["nodejs24.x"] },
      resources: fn({ runtime: "nodejs22.x" }),
      findings: [["fn", "runtime"]],
    },
  ],
  unknown: [
    { title: "a runtime to come", resources: fn({ runtime: unknown }), findings: [["fn", "runtime"]] },
    { title: "what may be an image", resources: fn({ packageType: unknown }), findings: [["fn", "runtime"]] },
  ],
  notApplicable: [noFunctions],
});

testRule(functionTimeout, {
  pass: [
    { title: "both said", resources: fn({ timeout: 300, memorySize: 512 }) },
    {
      title: "other defaults of the provider",
      resources: fn({ timeout: 3, memorySize: 128, publish: false, __defaults: ["publish"] }),
    },
  ],
  fail: [
    {
      title: "neither said",
      resources: fn({}),
      findings: [
        ["fn", "timeout"],
        ["fn", "memorySize"],
      ],
    },
    {
      title: "what the provider filled in",
      resources: fn({ timeout: 3, memorySize: 128, __defaults: ["memorySize", "timeout"] }),
      findings: [
        ["fn", "timeout"],
        ["fn", "memorySize"],
      ],
    },
    { title: "no memory", resources: fn({ timeout: 29 }), findings: [["fn", "memorySize"]] },
    { title: "no timeout", resources: fn({ memorySize: 512 }), findings: [["fn", "timeout"]] },
  ],
  unknown: [
    {
      title: "numbers to come",
      resources: fn({ timeout: unknown, memorySize: unknown }),
      findings: [
        ["fn", "timeout"],
        ["fn", "memorySize"],
      ],
    },
  ],
  notApplicable: [noFunctions],
});

const asked = declare("function", "authorizer", { handler: "index.handler" });
const CONCURRENCY = "reservedConcurrentExecutions";

testRule(functionReservedConcurrency, {
  pass: [
    { title: "fifty", resources: fn({ [CONCURRENCY]: 50 }) },
    { title: "the emergency brake", resources: fn({ [CONCURRENCY]: 0 }) },
    { title: "the most", settings: { max: 7 }, resources: fn({ [CONCURRENCY]: 7 }) },
    {
      title: "an authorizer without",
      resources: [asked, declare("authorizer", "auth", { authorizerUri: asked.out("invokeArn") })],
    },
    {
      title: "an authorizer's function by its name, through its alias",
      resources: [
        declare("function", "authorizer", { name: "who" }),
        declare("authorizer", "auth", {
          authorizerUri:
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:who:live/invocations",
        }),
      ],
    },
    { title: "a function at the edge", resources: [published, edge(behaviour(published.out("qualifiedArn")))] },
    {
      title: "a function at the edge, in a behaviour for one path",
      resources: [published, edge({}, [behaviour(published.out("qualifiedArn"))])],
    },
  ],
  fail: [
    { title: "none", resources: fn({}), findings: [["fn", CONCURRENCY]] },
    { title: "none, as the provider writes it", resources: fn({ [CONCURRENCY]: -1 }), findings: [["fn", CONCURRENCY]] },
    { title: "too much", resources: fn({ [CONCURRENCY]: 901 }), findings: [["fn", CONCURRENCY]] },
    {
      title: "more than the stack allows",
      settings: { max: 7 },
      resources: fn({ [CONCURRENCY]: 8 }),
      findings: [["fn", CONCURRENCY]],
    },
    {
      title: "a door beside an authorizer",
      resources: [...fn({}), asked, declare("authorizer", "auth", { authorizerUri: asked.out("invokeArn") })],
      findings: [["fn", CONCURRENCY]],
    },
    {
      title: "a published function that no distribution runs",
      resources: [published, edge({})],
      findings: [["signer", CONCURRENCY]],
    },
    {
      title: "a function with variables, which cannot be at the edge",
      resources: [
        declare("function", "signer", { publish: true, environment: { variables: { A: "b" } } }),
        edge(behaviour("arn:aws:lambda:us-east-1:123456789012:function:other:1")),
      ],
      findings: [["signer", CONCURRENCY]],
    },
  ],
  unknown: [
    { title: "a number to come", resources: fn({ [CONCURRENCY]: unknown }), findings: [["fn", CONCURRENCY]] },
    {
      title: "a function that may be an authorizer's",
      resources: [...fn({}), declare("authorizer", "auth", { authorizerUri: unknown })],
      findings: [["fn", CONCURRENCY]],
    },
    {
      title: "a function that may be at the edge",
      resources: [published, edge(unknown)],
      findings: [["signer", CONCURRENCY]],
    },
  ],
  notApplicable: [noFunctions],
});

const level = (loggingConfig: unknown) => fn({ loggingConfig });

testRule(functionLogLevel, {
  pass: [
    { title: "no levels", resources: fn({}) },
    { title: "no levels beside a format", resources: level({ logFormat: "JSON", logGroup: "logs" }) },
    { title: "quiet levels", resources: level({ applicationLogLevel: "ERROR", systemLogLevel: "WARN" }) },
    {
      title: "what the provider reads back for text",
      resources: level({ applicationLogLevel: "", systemLogLevel: "" }),
    },
  ],
  fail: [
    {
      title: "DEBUG of the code",
      resources: level({ applicationLogLevel: "DEBUG" }),
      findings: [["fn", "loggingConfig.applicationLogLevel"]],
    },
    {
      title: "TRACE of the code",
      resources: level({ applicationLogLevel: "TRACE", systemLogLevel: "INFO" }),
      findings: [["fn", "loggingConfig.applicationLogLevel"]],
    },
    {
      title: "DEBUG of Lambda",
      resources: level({ systemLogLevel: "DEBUG" }),
      findings: [["fn", "loggingConfig.systemLogLevel"]],
    },
    {
      title: "levels nobody knows",
      resources: level({ applicationLogLevel: "debug", systemLogLevel: "ALL" }),
      findings: [
        ["fn", "loggingConfig.applicationLogLevel"],
        ["fn", "loggingConfig.systemLogLevel"],
      ],
    },
  ],
  unknown: [
    {
      title: "a level to come",
      resources: level({ applicationLogLevel: unknown }),
      findings: [["fn", "loggingConfig.applicationLogLevel"]],
    },
    {
      title: "a whole config to come",
      resources: level(unknown),
      findings: [
        ["fn", "loggingConfig.applicationLogLevel"],
        ["fn", "loggingConfig.systemLogLevel"],
      ],
    },
  ],
  notApplicable: [noFunctions],
});

const FORMAT = "loggingConfig.logFormat";

testRule(functionLogFormat, {
  pass: [
    { title: "JSON", resources: level({ logFormat: "JSON" }) },
    { title: "a function at the edge", resources: [published, edge(behaviour(published.out("qualifiedArn")))] },
    {
      title: "a function at the edge by its ARN",
      resources: [
        declare("function", "signer", { name: "signer", publish: true, region: "us-east-1" }),
        edge(behaviour("arn:aws:lambda:us-east-1:123456789012:function:signer:3")),
      ],
    },
  ],
  fail: [
    { title: "text", resources: level({ logFormat: "Text" }), findings: [["fn", FORMAT]] },
    { title: "nothing set", resources: fn({}), findings: [["fn", FORMAT]] },
    {
      title: "a published function of another region",
      resources: fn({ publish: true, region: "eu-central-1" }),
      findings: [["fn", FORMAT]],
    },
    {
      title: "a published function on arm64",
      resources: fn({ publish: true, architectures: ["arm64"] }),
      findings: [["fn", FORMAT]],
    },
    {
      title: "a published function that no distribution runs",
      resources: [published, edge({ lambdaFunctionAssociations: [] })],
      findings: [["signer", FORMAT]],
    },
  ],
  unknown: [
    { title: "a format to come", resources: level({ logFormat: unknown }), findings: [["fn", FORMAT]] },
    {
      title: "a published function where some function is at the edge",
      resources: [published, edge(behaviour(unknown))],
      findings: [["signer", FORMAT]],
    },
  ],
  notApplicable: [noFunctions],
});

const MODE = "tracingConfig.mode";
const required = { required: true };

testRule(functionTracing, {
  pass: [
    { title: "traces", settings: required, resources: fn({ tracingConfig: { mode: "Active" } }) },
    { title: "none, where nobody asks for them", resources: fn({}) },
    {
      title: "a function at the edge",
      settings: required,
      resources: [published, edge(behaviour(published.out("qualifiedArn")))],
    },
  ],
  fail: [
    { title: "none", settings: required, resources: fn({}), findings: [["fn", MODE]] },
    {
      title: "only those of others",
      settings: required,
      resources: fn({ tracingConfig: { mode: "PassThrough" } }),
      findings: [["fn", MODE]],
    },
  ],
  unknown: [
    {
      title: "a mode to come",
      settings: required,
      resources: fn({ tracingConfig: { mode: unknown } }),
      findings: [["fn", MODE]],
    },
  ],
  notApplicable: [noFunctions],
});

describe("what the rules on functions mend", () => {
  const mended = async (rule: Rule, props: Readonly<Record<string, unknown>>, settings: object = {}) => {
    const [resource] = analyzed(fn(props), "preview");
    assert.ok(resource);
    return await remediate(packOf([rule]), resource, { [rule.id]: { enforcementLevel: "remediate", ...settings } });
  };

  for (const { title, rule, settings, before, after } of [
    {
      title: "a format",
      rule: functionLogFormat,
      settings: {},
      before: {},
      after: { loggingConfig: { logFormat: "JSON" } },
    },
    {
      title: "a format beside a log group to come",
      rule: functionLogFormat,
      settings: {},
      before: { loggingConfig: { logFormat: "Text", logGroup: unknown } },
      after: { loggingConfig: { logFormat: "JSON", logGroup: UNKNOWN_ON_THE_WIRE } },
    },
    {
      title: "a mode",
      rule: functionTracing,
      settings: required,
      before: {},
      after: { tracingConfig: { mode: "Active" } },
    },
  ])
    it(`mends ${title}, once`, async () => {
      const changed = await mended(rule, before, settings);
      assert.deepEqual(changed, { handler: "index.handler", ...after });
      assert.equal(await mended(rule, changed, settings), undefined);
    });

  for (const { title, rule, props } of [
    { title: "a format to come", rule: functionLogFormat, props: { loggingConfig: { logFormat: unknown } } },
    { title: "what is not known at all", rule: functionLogFormat, props: { loggingConfig: unknown } },
    { title: "a function that may be at the edge", rule: functionLogFormat, props: { publish: true } },
    { title: "traces that nobody asks for", rule: functionTracing, props: {} },
  ])
    it(`leaves ${title}`, async () => {
      assert.equal(await mended(rule, props), undefined);
    });
});
