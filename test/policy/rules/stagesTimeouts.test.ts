import { functionTimeout } from "../../../policy/rules/stages/functionTimeout";
import { integrationTimeout } from "../../../policy/rules/stages/integrationTimeout";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const api = declare("restApi", "api");
const integration = (props: object) =>
  declare("integration", "integration", { restApi: api.out("id"), httpMethod: "POST", type: "AWS_PROXY", ...props });
const one = (props: object) => [api, integration(props)];
const TIMEOUT = [["integration", "timeoutMilliseconds"]] as const;

const buffered = (timeoutMilliseconds?: unknown) => ({ responseTransferMode: "BUFFERED", timeoutMilliseconds });
const streamed = (timeoutMilliseconds?: unknown) => ({ responseTransferMode: "STREAM", timeoutMilliseconds });

testRule(integrationTimeout, {
  pass: [
    { title: "a whole answer in 29 s", resources: one(buffered(29_000)) },
    { title: "a whole answer with nothing said, so 29 s", resources: one(buffered()) },
    { title: "nothing said at all", resources: one({}) },
    { title: "a stream of 15 minutes", resources: one(streamed(900_000)) },
    { title: "a stream of 29 s on purpose", resources: one({ ...streamed(29_000), __defaults: [] }) },
    {
      title: "a whole answer within a raised quota",
      resources: one(buffered(120_000)),
      settings: { raisedQuotaMilliseconds: 120_000 },
    },
    { title: "an integration that calls nothing", resources: one({ type: "MOCK", ...buffered(60_000) }) },
  ],
  fail: [
    { title: "a whole answer in 30 s", resources: one(buffered(30_000)), findings: TIMEOUT },
    { title: "30 s with no mode said", resources: one({ timeoutMilliseconds: 30_000 }), findings: TIMEOUT },
    {
      title: "a whole answer beyond a raised quota",
      resources: one(buffered(121_000)),
      settings: { raisedQuotaMilliseconds: 120_000 },
      findings: TIMEOUT,
    },
    { title: "a stream beyond 15 minutes", resources: one(streamed(900_001)), findings: TIMEOUT },
    { title: "a stream with nothing said, so 29 s", resources: one(streamed()), findings: TIMEOUT },
    {
      title: "a stream with the provider's default",
      resources: one({ ...streamed(29_000), __defaults: ["timeoutMilliseconds"] }),
      findings: TIMEOUT,
    },
  ],
  unknown: [
    { title: "a timeout of another stack", resources: one(streamed(unknown)), findings: TIMEOUT },
    { title: "a mode of another stack", resources: one({ responseTransferMode: unknown }), findings: TIMEOUT },
    {
      title: "a type of another stack, and a timeout that only a preflight may have",
      resources: one({ ...buffered(60_000), type: unknown }),
      findings: TIMEOUT,
    },
  ],
  notApplicable: [{ title: "an API without integrations", resources: [api] }],
});

const fn = (timeout?: unknown, name = "fn") =>
  declare("function", name, { runtime: "nodejs24.x", ...(timeout !== undefined && { timeout }) });
const throughAlias = (of: Declared, timeoutMilliseconds: number) => {
  const alias = declare("alias", "alias", { name: "live", functionName: of.out("name"), functionVersion: "1" });
  return [api, of, alias, integration({ uri: alias.out("invokeArn"), timeoutMilliseconds })];
};
const calling = (of: Declared, timeoutMilliseconds?: unknown, props: object = {}) => [
  api,
  of,
  integration({ uri: of.out("invokeArn"), timeoutMilliseconds, ...props }),
];
const NAMED =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:fn/invocations";

testRule(functionTimeout, {
  pass: [
    { title: "the same time", resources: calling(fn(300), 300_000) },
    { title: "5 s longer", resources: calling(fn(34), 29_000) },
    { title: "29 s where the integration says nothing", resources: calling(fn(29)) },
    {
      title: "the same time through an alias",
      resources: throughAlias(fn(60), 60_000),
    },
    {
      title: "a function that runs longer, where a stack wants that",
      resources: calling(fn(60), 29_000),
      settings: { maxExcessSeconds: 31 },
    },
    {
      title: "the ARN of a function as a text",
      resources: [api, declare("function", "fn", { name: "fn", timeout: 29 }), integration({ uri: NAMED })],
    },
    {
      title: "two functions that both fit",
      modes: ["preview"],
      resources: [
        api,
        fn(30),
        fn(31, "other"),
        integration({ uri: text`${fn(30).out("invokeArn")}${fn(31, "other").out("invokeArn")}` }),
      ],
    },
    { title: "a web server", resources: one({ type: "HTTP_PROXY", uri: "https://agent.example.com/" }) },
    {
      title: "another service",
      resources: one({ type: "AWS", uri: "arn:aws:apigateway:us-east-1:states:action/StartExecution" }),
    },
    { title: "an integration that calls nothing", resources: one({ type: "MOCK" }) },
  ],
  fail: [
    { title: "a function that ends first", resources: calling(fn(29), 30_000), findings: TIMEOUT },
    { title: "a function that runs on", resources: calling(fn(900), 29_000), findings: TIMEOUT },
    { title: "6 s longer", resources: calling(fn(35), 29_000), findings: TIMEOUT },
    { title: "a function with Lambda's default of 3 s", resources: calling(fn(), 29_000), findings: TIMEOUT },
    { title: "an integration with 29 s and a function with more", resources: calling(fn(300)), findings: TIMEOUT },
    {
      title: "a function that ends first behind an alias",
      resources: throughAlias(fn(3), 60_000),
      findings: TIMEOUT,
    },
    {
      title: "the ARN of a function as a text",
      resources: [api, declare("function", "fn", { name: "fn", timeout: 28 }), integration({ uri: NAMED })],
      findings: TIMEOUT,
    },
  ],
  unknown: [
    { title: "a function's timeout of another stack", resources: calling(fn(unknown), 29_000), findings: TIMEOUT },
    { title: "an integration's timeout of another stack", resources: calling(fn(29), unknown), findings: TIMEOUT },
    { title: "a function of another stack", resources: one({ uri: NAMED }), findings: TIMEOUT },
    { title: "a URI of another stack", resources: one({ uri: unknown }), findings: TIMEOUT },
    {
      title: "two functions of which one fits",
      modes: ["preview"],
      resources: [
        api,
        fn(30),
        fn(3, "other"),
        integration({ uri: text`${fn(30).out("invokeArn")}${fn(3, "other").out("invokeArn")}` }),
      ],
      findings: TIMEOUT,
    },
  ],
  notApplicable: [{ title: "a stack without integrations", resources: [api, fn(3)] }],
});
