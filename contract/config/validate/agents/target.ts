import { canaryOf } from "../../../runtime/agents";
import { isQualifier, parseRuntimeArn, RUNTIME_ARN_EXAMPLE } from "../../../aws/arn";
import type { Settings } from "../../settings";
import { isObject, isUnknown, validateInteger, formatValue, validateKnownKeys } from "../shape";

/** Validates the agent behind `POST /invoke`. */
export function* validateTarget(settings: Settings, region: string | undefined): Generator<string> {
  const { agentRuntimeArn, qualifier, canary, agents, sampleAgent, runtimeAuth } = settings;
  const named = isObject(agents) && Object.keys(agents).length > 0;
  if (agentRuntimeArn === "") {
    if (!sampleAgent && !named) {
      yield `There is nothing to call: \`agentRuntimeArn\` and \`agents\` are empty, and \`sampleAgent\` is false. Set \`agentRuntimeArn\` to one like ${RUNTIME_ARN_EXAMPLE}, or \`sampleAgent\` to true to begin without an agent of your own.`;
    }
    if (!sampleAgent && isObject(canary) && Object.keys(canary).length > 0) {
      yield "`canary` is set, but there is no agent behind POST /invoke (`agentRuntimeArn` is empty). Set `agents.<name>.canary` instead.";
    }
  } else {
    if (sampleAgent) {
      yield `\`agentRuntimeArn\` and \`sampleAgent\` are both set, but only one agent can be behind POST /invoke. Leave one of them out, or put your runtime under \`agents\`.`;
    }
    yield* validateRuntimeArn("agentRuntimeArn", agentRuntimeArn, region);
  }
  if (sampleAgent && runtimeAuth === "oauth") {
    yield "`sampleAgent` is true and `runtimeAuth` is oauth, but the sample's runtime has no JWT authorizer: AgentCore accepts signatures there only. Set `runtimeAuth` to sigv4.";
  }
  yield* validateQualifier("qualifier", qualifier);
  yield* validateCanary("canary", canary, qualifier);
}

/** Validates the ARN of a runtime. */
export function* validateRuntimeArn(key: string, value: unknown, region: string | undefined): Generator<string> {
  if (isUnknown(value)) return;
  const arn = typeof value === "string" ? parseRuntimeArn(value) : undefined;
  if (!arn) {
    yield `\`${key}\` is ${formatValue(value)}${value === undefined ? "" : ", which is not the ARN of an AgentCore runtime"}. Set it to one like ${RUNTIME_ARN_EXAMPLE} (no endpoint behind it; name the endpoint in \`qualifier\`).`;
  } else if (region !== undefined && arn.region !== region) {
    yield `\`${key}\` is in ${arn.region}, but the stack deploys to ${region}. Set \`aws:region\` to ${arn.region}, or name a runtime in ${region}.`;
  }
}

/** Validates the name of a runtime's endpoint. */
export function* validateQualifier(key: string, value: unknown): Generator<string> {
  if (typeof value !== "string" || !isQualifier(value)) {
    yield `\`${key}\` is ${formatValue(value)}, which no runtime endpoint is called: a letter, then up to 47 letters, digits or underscores. Set it to DEFAULT or to the endpoint's name.`;
  }
}

/** Validates a canary. Its endpoint must differ from `qualifier`, the endpoint of the other sessions. */
export function* validateCanary(key: string, value: unknown, qualifier: unknown): Generator<string> {
  if (!isObject(value)) {
    yield `\`${key}\` is ${formatValue(value)}. Use an object with \`qualifier\` and \`weight\`, or {} for no canary.`;
    return;
  }
  yield* validateKnownKeys(key, value, ["qualifier", "weight"]);
  if (Object.keys(value).length === 0) return;
  const { weight, qualifier: second } = value;
  if (canaryOf(value) === undefined) {
    yield `\`${key}\` is ${formatValue(value)}, half a canary. Set \`qualifier\` (the other endpoint) and \`weight\` (its percentage of the sessions), or neither.`;
    return;
  }
  yield* validateQualifier(`${key}.qualifier`, second);
  if (second === qualifier) {
    yield `\`${key}.qualifier\` is ${formatValue(second)}, the endpoint that all other sessions meet as well. Name another endpoint of the runtime.`;
  }
  yield* validateInteger(
    `${key}.weight`,
    weight,
    1,
    99,
    "percent; for 0 leave the canary out, for 100 make it the `qualifier`",
  );
}
