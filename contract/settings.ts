import { isQualifier, parseRuntimeArn, RUNTIME_ARN_EXAMPLE } from "./arn";
import { DOOR_NAMES, isDoorName, type DoorName } from "./doors";
import { LOG_RETENTION_DAYS } from "./limits";
import { policyMistakes } from "./policyMistakes";
import type { PolicyConfig } from "./policySettings";
import { MAX_BUFFERED_SECONDS, MAX_STREAMING_SECONDS, MIN_DURATION_SECONDS } from "./timeouts";

/** Stack config as the engine has typed it: Pulumi.yaml declares type, description and default of each key. */
export interface StackConfig extends Required<PolicyConfig> {
  readonly agentRuntimeArn: string;
  readonly qualifier: string;
  readonly doors: readonly string[];
  readonly apiAuth: string;
  readonly callers: readonly string[];
  readonly maxDurationSeconds: number;
  readonly bufferedMaxDurationSeconds: number;
  readonly memorySizeMb: number;
  readonly logRetentionInDays: number;
  readonly throttleRateLimit: number;
  readonly throttleBurstLimit: number;
  readonly rateLimitPerFiveMinutes: number;
}

/** The same, checked. */
export interface Settings extends StackConfig {
  readonly doors: readonly DoorName[];
  readonly apiAuth: "iam" | "apiKey";
}

const CALLER = /^(?:[0-9]{12}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:root|(?:role|user)\/[\w+=,.@/-]+))$/;

/**
 * Checks the whole config before any resource exists.
 *
 * @param region region of the stack, undefined where the provider takes it from elsewhere
 * @param Refusal the error to throw; the engine shows a RunError without a stack trace
 * @throws Refusal with one line for each mistake: the key, what was found, what is allowed
 */
export function checkSettings(
  config: StackConfig,
  region: string | undefined,
  Refusal: new (message: string) => Error = Error,
): Settings {
  const mistakes = [
    ...targetMistakes(config, region),
    ...doorMistakes(config),
    ...numberMistakes(config),
    ...policyMistakes(config),
  ];
  if (mistakes.length > 0) {
    throw new Refusal(`The stack config cannot be deployed:\n${mistakes.map((text) => `  - ${text}`).join("\n")}`);
  }
  return config as Settings;
}

function* targetMistakes({ agentRuntimeArn, qualifier }: StackConfig, region: string | undefined): Generator<string> {
  const arn = parseRuntimeArn(agentRuntimeArn);
  if (!arn) {
    yield `\`agentRuntimeArn\` is "${agentRuntimeArn}", which is not the ARN of an AgentCore runtime. Set it to one like ${RUNTIME_ARN_EXAMPLE} (no endpoint behind it; name the endpoint in \`qualifier\`).`;
  } else if (region !== undefined && arn.region !== region) {
    yield `\`agentRuntimeArn\` is in ${arn.region}, but the stack deploys to ${region}. Set \`aws:region\` to ${arn.region}, or name a runtime in ${region}.`;
  }
  if (!isQualifier(qualifier)) {
    yield `\`qualifier\` is "${qualifier}", which no runtime endpoint is called: a letter, then up to 47 letters, digits or underscores. Set it to DEFAULT or to the endpoint's name.`;
  }
}

function* doorMistakes({ doors, apiAuth, callers }: StackConfig): Generator<string> {
  const allowed = DOOR_NAMES.join(", ");
  if (doors.length === 0) yield `\`doors\` is empty. Name at least one of ${allowed}.`;
  for (const door of doors) {
    if (!isDoorName(door)) yield `\`doors\` holds "${door}". Use ${allowed}.`;
  }
  if (new Set(doors).size < doors.length) yield "`doors` names a door twice. Name each once.";
  if (apiAuth !== "iam" && apiAuth !== "apiKey") yield `\`apiAuth\` is "${apiAuth}". Use iam or apiKey.`;
  for (const caller of callers) {
    if (!CALLER.test(caller)) {
      yield `\`callers\` holds "${caller}". Use the ARN of an IAM role or user, or a 12-digit account id.`;
    }
  }
  if (new Set(callers).size < callers.length) yield "`callers` names a principal twice. Name each once.";
}

function* numberMistakes(config: StackConfig): Generator<string> {
  const ranges = [
    ["maxDurationSeconds", MIN_DURATION_SECONDS, MAX_STREAMING_SECONDS, "the longest that Lambda runs"],
    [
      "bufferedMaxDurationSeconds",
      MIN_DURATION_SECONDS,
      MAX_BUFFERED_SECONDS,
      "the longest that API Gateway waits for a whole answer; a longer one needs a streaming door",
    ],
    ["memorySizeMb", 128, 10_240, "what a Lambda function can have"],
    ["throttleRateLimit", 1, 10_000, "the account's default rate of API Gateway"],
    ["throttleBurstLimit", 1, 5_000, "the account's default burst of API Gateway"],
    ["rateLimitPerFiveMinutes", 10, 2_000_000_000, "what a WAF rate rule takes"],
  ] as const;
  for (const [key, least, most, source] of ranges) {
    const value = config[key];
    if (!Number.isInteger(value) || value < least || value > most) {
      yield `\`${key}\` is ${String(value)}. Use a whole number from ${String(least)} to ${String(most)} (${source}).`;
    }
  }
  if (!LOG_RETENTION_DAYS.includes(config.logRetentionInDays)) {
    yield `\`logRetentionInDays\` is ${String(config.logRetentionInDays)}. CloudWatch Logs takes ${LOG_RETENTION_DAYS.join(", ")}.`;
  }
}
