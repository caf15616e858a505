import { parseArgs } from "node:util";
import { LAMBDA_MEMORY_MB, LAMBDA_TIMEOUT_SECONDS } from "../../contract/aws/limits";
import { SESSION_IDLE_SECONDS } from "../../contract/aws/quotas";

/** What a month looks like. */
export interface Usage {
  /** Requests a month. */
  readonly requests: number;
  /** Time from the start of the function to the end of the answer, seconds: most of it is the wait for the agent. */
  readonly seconds: number;
  /** Memory of each door's function, megabytes; undefined for what the stack declares. */
  readonly memoryMb: number | undefined;
  /** Bytes of an answer. */
  readonly bytes: number;
  /** Bytes of a request body. */
  readonly promptBytes: number;
  /** Rate of the busiest minute, as a multiple of the month's average. */
  readonly peak: number;
  /** Whether what is free each month for every account is taken off. */
  readonly freeTier: boolean;
  /** Whether a trail of the account records the data events of Lambda. */
  readonly cloudTrail: boolean;
  readonly agent: AgentUsage;
}

/** What an agent uses. It is billed by AgentCore, whichever door calls it. */
export interface AgentUsage {
  /** Time of one vCPU for a request, seconds. Waiting for a model costs none. */
  readonly cpuSeconds: number;
  /** Memory of a session, gigabytes. */
  readonly memoryGb: number;
  readonly requestsPerSession: number;
  /** Time that a session keeps its memory after its last request, seconds. */
  readonly idleSeconds: number;
}

export interface CostOptions {
  readonly usage: Usage;
  /** The stack whose resources are counted; undefined to compare all doors. */
  readonly stack: string | undefined;
  readonly configFile: string | undefined;
  readonly json: boolean;
}

interface NumberOption {
  /** Undefined for what the stack declares. */
  readonly fallback: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly help: string;
}

const NUMBERS = {
  requests: { fallback: 1e6, min: 1, max: 1e12, help: "requests a month" },
  seconds: { fallback: 5, min: 0.001, max: LAMBDA_TIMEOUT_SECONDS, help: "time of a request, mostly the agent's" },
  memory: { fallback: undefined, ...LAMBDA_MEMORY_MB, help: "memory of the functions, MB (default: the stack's)" },
  bytes: { fallback: 4000, min: 0, max: 200e6, help: "bytes of an answer" },
  "prompt-bytes": { fallback: 1000, min: 0, max: 6e6, help: "bytes of a request body" },
  peak: { fallback: 10, min: 1, max: 1e6, help: "the busiest minute, as a multiple of the average" },
  "agent-cpu": { fallback: 1, min: 0, max: 1e5, help: "seconds of a vCPU that the agent needs for a request" },
  "agent-memory": { fallback: 0.5, min: 0, max: 8, help: "memory of a session, GB" },
  "requests-per-session": { fallback: 5, min: 1, max: 1e6, help: "requests of a session" },
  "session-idle": {
    fallback: SESSION_IDLE_SECONDS,
    min: 0,
    max: 28_800,
    help: "seconds that a session stays after its last request",
  },
} as const satisfies Readonly<Record<string, NumberOption>>;

type NumberName = keyof typeof NUMBERS;

const helpOf = ([name, { fallback, help }]: [string, NumberOption]): string =>
  `  ${`--${name} N`.padEnd(25)}${help}${fallback === undefined ? "" : ` (default: ${fallback.toLocaleString("en")})`}`;

export const USAGE = `Usage: npm run cost [-- --stack NAME] [--config-file FILE] [options]

Prints what a month costs at each door, how many streams that is at once, and which quota ends first.

  --stack NAME             count what the stack declares: Pulumi.NAME.yaml (default: compare all doors)
  --config-file FILE       the stack's config from another file, with --stack
${Object.entries(NUMBERS).map(helpOf).join("\n")}
  --cloudtrail             a trail of the account records each invocation
  --free-tier              take off what is free each month for every account
  --json                   print JSON instead of text`;

/** @throws Error with the option and the remedy */
export function readCostOptions(args: readonly string[]): CostOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      "config-file": { type: "string" },
      json: { type: "boolean", default: false },
      cloudtrail: { type: "boolean", default: false },
      "free-tier": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      requests: { type: "string" },
      seconds: { type: "string" },
      memory: { type: "string" },
      bytes: { type: "string" },
      "prompt-bytes": { type: "string" },
      peak: { type: "string" },
      "agent-cpu": { type: "string" },
      "agent-memory": { type: "string" },
      "requests-per-session": { type: "string" },
      "session-idle": { type: "string" },
    },
  });
  if (values.help) return "help";
  if (values["config-file"] !== undefined && values.stack === undefined)
    throw new Error("--config-file needs --stack. Add --stack with the name of the stack.");
  const number = <Name extends NumberName>(name: Name): number | (typeof NUMBERS)[Name]["fallback"] =>
    readNumber(name, values[name], NUMBERS[name]);
  return {
    stack: values.stack,
    configFile: values["config-file"],
    json: values.json,
    usage: {
      requests: number("requests"),
      seconds: number("seconds"),
      memoryMb: number("memory"),
      bytes: number("bytes"),
      promptBytes: number("prompt-bytes"),
      peak: number("peak"),
      freeTier: values["free-tier"],
      cloudTrail: values.cloudtrail,
      agent: {
        cpuSeconds: number("agent-cpu"),
        memoryGb: number("agent-memory"),
        requestsPerSession: number("requests-per-session"),
        idleSeconds: number("session-idle"),
      },
    },
  };
}

function readNumber<Fallback extends NumberOption["fallback"]>(
  name: string,
  text: string | undefined,
  { fallback, min, max }: NumberOption & { readonly fallback: Fallback },
): number | Fallback {
  if (text === undefined) return fallback;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= min && value <= max))
    throw new Error(
      `--${name} is "${text}". Use a number from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}, such as ${(fallback ?? 512).toString()} or 1e6.`,
    );
  return value;
}
