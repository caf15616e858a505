import { executionLog } from "../../../policy/rules/stages/executionLog";
import { methodSettingsOverride } from "../../../policy/rules/stages/methodSettingsOverride";
import { throttling } from "../../../policy/rules/stages/throttling";
import { testRule } from "../support/cases";
import { declare, known, unknown } from "../support/declare";

const api = declare("restApi", "api");
const otherApi = declare("restApi", "other-api");
const stage = declare("stage", "stage", { restApi: api.out("id"), stageName: "live" });
const otherStage = declare("stage", "other-stage", { restApi: otherApi.out("id"), stageName: "live" });
const stages = [api, stage];

const LIMITS = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
const settings = (given: unknown, at: Record<string, unknown> = {}, name = "settings") =>
  declare("methodSettings", name, {
    restApi: api.out("id"),
    stageName: stage.out("stageName"),
    methodPath: "*/*",
    settings: given,
    ...at,
  });
const deeper = (given: unknown, at: Record<string, unknown> = {}) =>
  settings(given, { methodPath: "invoke/POST", ...at }, "deeper");

const LEVEL = [["settings", "settings.loggingLevel"]] as const;

testRule(executionLog, {
  pass: [
    { title: "OFF", resources: [...stages, settings({ loggingLevel: "OFF" })] },
    { title: "ERROR", resources: [...stages, settings({ loggingLevel: "ERROR" })] },
    { title: "no level, which is OFF", resources: [...stages, settings({})] },
    { title: "a stage without settings", resources: stages },
    {
      title: "ERROR where Security Hub's APIGateway.1 has to pass",
      resources: [...stages, settings({ loggingLevel: "ERROR" })],
      settings: { levels: ["ERROR"] },
    },
    {
      title: "INFO where it is allowed",
      resources: [...stages, settings({ loggingLevel: "INFO" })],
      settings: { levels: ["ERROR", "INFO"] },
    },
  ],
  fail: [
    {
      title: "INFO (Security Hub's APIGateway.1 passes it)",
      resources: [...stages, settings({ loggingLevel: "INFO" })],
      findings: LEVEL,
    },
    {
      title: "INFO of a single method",
      resources: [...stages, settings({ loggingLevel: "OFF" }), deeper({ loggingLevel: "INFO" })],
      findings: [["deeper", "settings.loggingLevel"]],
    },
    { title: "a level nobody knows", resources: [...stages, settings({ loggingLevel: "info" })], findings: LEVEL },
    {
      title: "OFF where a log is wanted",
      resources: [...stages, settings({ loggingLevel: "OFF" })],
      settings: { levels: ["ERROR"] },
      findings: LEVEL,
    },
    {
      title: "no level where a log is wanted",
      resources: [...stages, settings({})],
      settings: { levels: ["ERROR"] },
      findings: LEVEL,
    },
    {
      title: "a stage without settings where a log is wanted",
      resources: stages,
      settings: { levels: ["ERROR"] },
      findings: [["stage", "loggingLevel"]],
    },
    {
      title: "a stage with settings of one method only where a log is wanted",
      resources: [...stages, deeper({ loggingLevel: "ERROR" })],
      settings: { levels: ["ERROR"] },
      findings: [["stage", "loggingLevel"]],
    },
  ],
  unknown: [
    { title: "a level of another stack", resources: [...stages, settings({ loggingLevel: unknown })], findings: LEVEL },
    { title: "settings that are not known", resources: [...stages, settings(unknown)], findings: LEVEL },
    {
      title: "settings of a stage that is not known",
      resources: [...stages, settings({ loggingLevel: "ERROR" }, { stageName: unknown })],
      settings: { levels: ["ERROR"] },
      findings: [["stage", "loggingLevel"]],
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [api] }],
});

const method = (props: object, name = "method") =>
  declare("method", name, { restApi: api.out("id"), httpMethod: "POST", authorization: "NONE", ...props });
const plan = (props: object, name = "plan") =>
  declare("usagePlan", name, {
    apiStages: [{ apiId: api.out("id"), stage: stage.out("stageName") }],
    throttleSettings: { rateLimit: 10, burstLimit: 20 },
    ...props,
  });

const BOTH = [
  ["stage", "throttlingRateLimit"],
  ["stage", "throttlingBurstLimit"],
] as const;

testRule(throttling, {
  pass: [
    { title: "limits for every method", resources: [...stages, settings(LIMITS)] },
    {
      title: "limits of 0, which let nothing in",
      resources: [...stages, settings({ throttlingRateLimit: 0, throttlingBurstLimit: 0 })],
    },
    {
      title: "two APIs whose stages have the same name",
      resources: [
        ...stages,
        otherApi,
        otherStage,
        settings(LIMITS),
        settings(LIMITS, { restApi: otherApi.out("id"), stageName: otherStage.out("stageName") }, "other-settings"),
      ],
    },
    { title: "a stage's name as a text", resources: [...stages, settings(LIMITS, { stageName: "live" })] },
    {
      title: "ids as texts, as in an imported stack",
      resources: [
        declare("stage", "stage", { restApi: "abc123", stageName: "live" }),
        settings(LIMITS, { restApi: "abc123", stageName: "live" }),
      ],
    },
    {
      title: "a usage plan where every method asks for a key",
      resources: [
        ...stages,
        method({ apiKeyRequired: true }),
        method({ httpMethod: "OPTIONS" }, "preflight"),
        plan({}),
      ],
    },
    {
      title: "a higher limit where a stack allows it",
      resources: [...stages, settings({ throttlingRateLimit: 20_000, throttlingBurstLimit: 10_000 })],
      settings: { maxRate: 20_000, maxBurst: 10_000 },
    },
  ],
  fail: [
    { title: "no settings", resources: stages, findings: BOTH },
    {
      title: "settings without limits, which is AWS's default",
      resources: [...stages, settings({ loggingLevel: "OFF" })],
      findings: BOTH,
    },
    {
      title: "limits of -1, which are none",
      resources: [...stages, settings({ throttlingRateLimit: -1, throttlingBurstLimit: -1 })],
      findings: BOTH,
    },
    {
      title: "a rate without a burst",
      resources: [...stages, settings({ throttlingRateLimit: 50 })],
      findings: [["stage", "throttlingBurstLimit"]],
    },
    {
      title: "a rate beyond the account's own",
      resources: [...stages, settings({ ...LIMITS, throttlingRateLimit: 1e9 })],
      findings: [["stage", "throttlingRateLimit"]],
    },
    { title: "limits of one method only", resources: [...stages, deeper(LIMITS)], findings: BOTH },
    {
      title: "limits of another API's stage of the same name",
      resources: [
        ...stages,
        otherApi,
        otherStage,
        settings(LIMITS, { restApi: otherApi.out("id"), stageName: otherStage.out("stageName") }),
      ],
      findings: BOTH,
    },
    {
      title: "limits of another stage of the API",
      resources: [...stages, settings(LIMITS, { stageName: "test" })],
      findings: BOTH,
    },
    {
      title: "a usage plan that a method without a key goes round",
      resources: [...stages, method({ apiKeyRequired: true }), method({ httpMethod: "ANY" }, "open"), plan({})],
      findings: BOTH,
    },
    {
      title: "a usage plan without a throttle",
      resources: [...stages, method({ apiKeyRequired: true }), plan({ throttleSettings: { rateLimit: 10 } })],
      findings: [["stage", "throttlingBurstLimit"]],
    },
    {
      title: "one plan with a throttle and one without",
      resources: [...stages, method({ apiKeyRequired: true }), plan({}), plan({ throttleSettings: undefined }, "free")],
      findings: BOTH,
    },
    {
      title: "a usage plan of another stage",
      resources: [
        ...stages,
        method({ apiKeyRequired: true }),
        plan({ apiStages: [{ apiId: api.out("id"), stage: "test" }] }),
      ],
      findings: BOTH,
    },
  ],
  unknown: [
    {
      title: "limits of another stack",
      resources: [...stages, settings({ throttlingRateLimit: unknown, throttlingBurstLimit: 100 })],
      findings: [["stage", "throttlingRateLimit"]],
    },
    {
      title: "settings of methods that are not known",
      resources: [...stages, settings(LIMITS, { methodPath: unknown })],
      findings: BOTH,
    },
    {
      title: "settings of an API that is not known",
      resources: [...stages, settings(LIMITS, { restApi: unknown })],
      findings: BOTH,
    },
    {
      title: "a usage plan of an API whose methods stand in an OpenAPI body",
      resources: [declare("restApi", "api", { body: "{}" }), stage, plan({})],
      findings: BOTH,
    },
    {
      title: "a usage plan of stages that are not known",
      resources: [...stages, method({ apiKeyRequired: true }), plan({ apiStages: unknown })],
      findings: BOTH,
    },
    {
      title: "a usage plan of stages that are not known, into which another stage's name flowed",
      resources: [
        ...stages,
        otherApi,
        otherStage,
        settings(LIMITS, { restApi: otherApi.out("id"), stageName: otherStage.out("stageName") }),
        method({ apiKeyRequired: true }),
        plan({ apiStages: { ...unknown, from: [otherStage] } }),
      ],
      findings: BOTH,
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [api] }],
});

const of = (name: string) => ["deeper", `settings.${name}`] as const;

testRule(methodSettingsOverride, {
  pass: [
    { title: "settings of the stage alone", resources: [...stages, settings(LIMITS)] },
    { title: "a method with limits of its own", resources: [...stages, settings(LIMITS), deeper(LIMITS)] },
    {
      title: "a method with INFO where the stage has it, which another rule refuses",
      resources: [...stages, settings({ loggingLevel: "INFO" }), deeper({ loggingLevel: "INFO" })],
    },
    { title: "a method that has no limit where the stage has none", resources: [...stages, settings({}), deeper({})] },
    {
      title: "settings of every method and of one method of another stage",
      resources: [...stages, settings(LIMITS), deeper({}, { stageName: "test" })],
    },
    {
      title: "settings of every method and of one method of another API",
      resources: [
        ...stages,
        otherApi,
        otherStage,
        settings(LIMITS),
        deeper({}, { restApi: otherApi.out("id"), stageName: otherStage.out("stageName") }),
      ],
    },
    { title: "settings of one method alone", resources: [...stages, deeper({})] },
  ],
  fail: [
    {
      title: "a method without limits, which is AWS's default again",
      resources: [...stages, settings(LIMITS), deeper({ loggingLevel: "OFF" })],
      findings: [of("throttlingRateLimit"), of("throttlingBurstLimit")],
    },
    {
      title: "a method with limits of -1",
      resources: [...stages, settings(LIMITS), deeper({ throttlingRateLimit: -1, throttlingBurstLimit: -1 })],
      findings: [of("throttlingRateLimit"), of("throttlingBurstLimit")],
    },
    {
      title: "a method without a burst limit",
      resources: [...stages, settings(LIMITS), deeper({ throttlingRateLimit: 50 })],
      findings: [of("throttlingBurstLimit")],
    },
    {
      title: "a method of every path",
      resources: [...stages, settings(LIMITS), deeper({}, { methodPath: "*/POST" })],
      findings: [of("throttlingRateLimit"), of("throttlingBurstLimit")],
    },
    {
      title: "a method that logs INFO",
      resources: [
        ...stages,
        settings({ ...LIMITS, loggingLevel: "ERROR" }),
        deeper({ ...LIMITS, loggingLevel: "INFO" }),
      ],
      findings: [of("loggingLevel")],
    },
    {
      title: "a method that logs INFO on a stage without settings",
      resources: [...stages, deeper({ loggingLevel: "INFO" })],
      findings: [of("loggingLevel")],
    },
    {
      title: "ids as texts, as in an imported stack",
      resources: [
        settings(LIMITS, { restApi: "abc123", stageName: "live" }),
        deeper({ throttlingRateLimit: 50 }, { restApi: "abc123", stageName: "live" }),
      ],
      findings: [of("throttlingBurstLimit")],
    },
    {
      title: "a stage's name that only the stage tells",
      resources: [
        ...stages,
        settings(LIMITS, { stageName: known("live", stage) }),
        deeper({ throttlingRateLimit: 50 }, { stageName: known("live", stage) }),
      ],
      findings: [of("throttlingBurstLimit")],
    },
  ],
  unknown: [
    {
      title: "a method's limits of another stack",
      resources: [...stages, settings(LIMITS), deeper({ throttlingRateLimit: unknown, throttlingBurstLimit: 5 })],
      findings: [of("throttlingRateLimit")],
    },
    {
      title: "a method whose path is not known",
      resources: [...stages, settings(LIMITS), deeper({ throttlingRateLimit: 5 }, { methodPath: unknown })],
      findings: [of("throttlingBurstLimit")],
    },
    {
      title: "a method of a stage that is not known",
      resources: [...stages, settings(LIMITS), deeper({ throttlingRateLimit: 5 }, { stageName: unknown })],
      findings: [of("throttlingBurstLimit")],
    },
  ],
  notApplicable: [{ title: "a stack without settings", resources: stages }],
});
