import { isQualifier, parseRuntimeArn } from "../aws/arn";
import { isPinnedDialect, type PinnedDialect } from "../wire/dialects/names";

/** A named agent, in addition to the one behind `POST /invoke`. */
export interface AgentConfig<Text = string> {
  /** ARN of its AgentCore runtime, without an endpoint. */
  agentRuntimeArn: Text;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: string;
  /**
   * A share of its sessions that goes to another endpoint of the same runtime.
   * @default {} - every session goes to `qualifier`
   */
  canary?: CanaryConfig;
  /**
   * The dialect of its event streams: a name of `DIALECT_NAMES`. Not typed as such, because a package for other languages has no union types.
   * @default - the first event that belongs to a dialect decides
   */
  dialect?: string;
  /**
   * Which field of its events has the text, instead of a dialect.
   * @default {} - what the dialect says
   */
  answer?: AnswerConfig;
}

/** Events of a shape that no dialect knows. */
export interface AnswerConfig {
  /**
   * Path of the field with the text, from the outside to the inside: names separated by dots, such as `delta.text`; a number is a place in a list.
   * @default - what the dialect says
   */
  text?: string;
}

/** A second endpoint of a runtime, for a share of the sessions. Set both properties, or neither. */
export interface CanaryConfig {
  /**
   * Endpoint name.
   * @default - no canary
   */
  qualifier?: string;
  /**
   * Its share of the sessions, percent, 1 to 99.
   * @default - no canary
   */
  weight?: number;
}

/** A canary with both properties. */
export interface Canary {
  readonly qualifier: string;
  /** Percent of the sessions. */
  readonly weight: number;
}

/** The only targets for the requests to one agent. */
export interface AgentRoute {
  readonly runtimeArn: string;
  readonly qualifier: string;
  readonly canary: Canary | undefined;
  /** How its event streams are read; undefined if the events decide. */
  readonly dialect?: PinnedDialect | undefined;
}

/** Largest number of agents behind one front door: their ARNs must fit into the function's environment variables. */
export const MAX_AGENTS = 16;

/** Name of the agent behind `POST /invoke` in logs and metrics. No other agent can have this name. */
export const DEFAULT_AGENT = "default";

/** A valid name of an agent. It is a path segment, and a value in logs and metrics. */
const AGENT_NAME = /^[a-z][a-z0-9-]{0,31}$/;

export function isAgentName(text: string): boolean {
  return AGENT_NAME.test(text);
}

/** The canary of the config, or undefined if there is none. */
export function canaryOf({ qualifier, weight }: CanaryConfig = {}): Canary | undefined {
  return qualifier === undefined || weight === undefined ? undefined : { qualifier, weight };
}

/** Names of the endpoints to which sessions of an agent can go. */
export function qualifiersOf({ qualifier = "DEFAULT", canary }: Pick<AgentConfig, "qualifier" | "canary">): string[] {
  const second = canaryOf(canary);
  return [qualifier, ...(second ? [second.qualifier] : [])];
}

/** A canary in an environment variable: `[qualifier, weight]`, or `[]` for none. */
export type PackedCanary = [qualifier: string, weight: number] | [];

/**
 * Agents in an environment variable, by name: ARN, qualifier, the canary if there is one, and the dialect if there is one. The format is short,
 * because variables have 4 KB.
 */
export type PackedAgents<Arn> = Record<
  string,
  [arn: Arn, qualifier: string, ...PackedCanary, ...([dialect: string] | [])]
>;

export function packCanary(config: CanaryConfig | undefined): PackedCanary {
  const canary = canaryOf(config);
  return canary ? [canary.qualifier, canary.weight] : [];
}

/** How the events of an agent are read, as one text: a dialect, or `text:` and the path of the field with the text. */
export function packDialect({
  dialect = "",
  answer: { text } = {},
}: {
  dialect?: string | undefined;
  answer?: AnswerConfig | undefined;
}): [string] | [] {
  if (text !== undefined) return [`text:${text}`];
  return dialect === "" ? [] : [dialect];
}

export function isPackedCanary(value: unknown): value is PackedCanary {
  if (!Array.isArray(value)) return false;
  const [qualifier, weight] = value as unknown[];
  const whole = isQualifierText(qualifier) && Number.isInteger(weight) && Number(weight) > 0 && Number(weight) < 100;
  return value.length === 0 || (value.length === 2 && whole);
}

export function unpackCanary([qualifier, weight]: PackedCanary): Canary | undefined {
  return qualifier === undefined || weight === undefined ? undefined : { qualifier, weight };
}

/** @typeParam Arn a text, or a Pulumi input in a component */
export function packAgents<Arn>(agents: Readonly<Record<string, AgentConfig<Arn>>>): PackedAgents<Arn> {
  return Object.fromEntries(
    Object.entries(agents).map(([name, { agentRuntimeArn, qualifier = "DEFAULT", canary, dialect, answer }]) => [
      name,
      [agentRuntimeArn, qualifier, ...packCanary(canary), ...packDialect({ dialect, answer })],
    ]),
  );
}

export function isPackedAgents(value: unknown): value is PackedAgents<string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value as Record<string, unknown>).every(([name, packed]) => {
    if (!isAgentName(name) || !Array.isArray(packed)) return false;
    const [arn, qualifier, ...rest] = packed as unknown[];
    const { canary } = splitDialect(rest);
    return typeof arn === "string" && parseRuntimeArn(arn) && isQualifierText(qualifier) && isPackedCanary(canary);
  });
}

/** The agents by name. A map, because an object also has inherited names such as `constructor`. */
export function unpackAgents(packed: PackedAgents<string>): ReadonlyMap<string, AgentRoute> {
  return new Map(
    Object.entries(packed).map(([name, [runtimeArn, qualifier, ...rest]]) => {
      const { canary, dialect } = splitDialect(rest);
      return [
        name,
        { runtimeArn, qualifier, canary: unpackCanary(canary as PackedCanary), ...(dialect && { dialect }) },
      ];
    }),
  );
}

/** A canary has two elements, so an odd one is a dialect. */
function splitDialect(rest: readonly unknown[]): { canary: readonly unknown[]; dialect: PinnedDialect | undefined } {
  const last = rest.at(-1);
  return rest.length % 2 === 1 && isPinnedDialect(last)
    ? { canary: rest.slice(0, -1), dialect: last }
    : { canary: rest, dialect: undefined };
}

function isQualifierText(value: unknown): boolean {
  return typeof value === "string" && isQualifier(value);
}
