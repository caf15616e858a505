import { LAMBDA_CONCURRENCY } from "../aws/limits";
import { RATE_WINDOW_SECONDS } from "../aws/waf";
import { isRestDoor, type DoorName } from "../wire/doors";
import { namedKeys } from "./keys/auth";
import { maxDurationOf, type Settings } from "./settings";

/** Settings of a stack, or of a program with Inputs: none of these is read here. */
type AnySettings = Settings<unknown, unknown, unknown>;

/** What limits one caller's requests. */
export interface CallerLimit {
  /** Requests per second in the long run; Infinity if nothing limits them. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** How many execution environments one caller can hold, if each of its requests lasts as long as the door allows. */
export interface Holding {
  /** Execution environments that the caller can hold, at most `slots`. */
  readonly held: number;
  /** Time until it holds them all, whole seconds; undefined if it never does. */
  readonly fullAfterSeconds: number | undefined;
}

/**
 * Lambda runs one request at a time in each environment. A caller that sends `burst` at once and then `rate` a second holds
 * `burst + rate x duration` of them in the end. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 *
 * @param durationSeconds the longest request
 * @param slots execution environments that there are
 */
export function holding({ rate, burst }: CallerLimit, durationSeconds: number, slots: number): Holding {
  const demand = rate === 0 ? burst : burst + rate * durationSeconds;
  const held = Math.floor(Math.min(slots, demand));
  if (held < slots) return { held, fullAfterSeconds: undefined };
  return { held, fullAfterSeconds: burst >= slots || rate === Infinity ? 0 : Math.ceil((slots - burst) / rate) };
}

/**
 * A rate rule counts the requests of a window, so an address can send them all at once, and as many in each further window of a long request.
 * AWS WAF takes some seconds to notice, so it can be more. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export function addressLimit(requestsPerWindow: number): CallerLimit {
  return { rate: requestsPerWindow / RATE_WINDOW_SECONDS, burst: requestsPerWindow };
}

/** Execution environments of each door: what it reserves, or the quota of the account, which all functions share. */
export function slotsOf({ reservedConcurrency }: Pick<Settings, "reservedConcurrency">): number {
  return reservedConcurrency < 0 ? LAMBDA_CONCURRENCY.quota : reservedConcurrency;
}

/** One caller of a door. */
export interface Holder extends Holding {
  readonly door: DoorName;
  /** The caller, as in "One ...": an API key, an address at the public edge, or who signs in. */
  readonly caller: string;
  /** The config key with the limit; undefined if AWS has none for such a caller. */
  readonly limitedBy: string | undefined;
}

/** The limit that all callers of a stage share. */
const STAGE_LIMIT = "throttleRateLimit";

/** Who signs in at a REST door. AWS has no limit for one of them: each can use all of the stage's. */
const PRINCIPALS: Readonly<Record<string, string>> = {
  iam: "IAM principal",
  cognito: "token's subject",
  jwt: "token's subject",
  custom: "principal of your authorizer",
};
const UNLIMITED: CallerLimit = { rate: Infinity, burst: Infinity };

/** The callers of each kind, and what one of them can hold. */
export function holders(settings: AnySettings): readonly Holder[] {
  const slots = slotsOf(settings);
  return settings.doors.flatMap((door) =>
    limitsAt(door, settings).map(({ caller, limitedBy, limit }) => ({
      door,
      caller,
      limitedBy,
      ...holding(limit, maxDurationOf(settings, door), slots),
    })),
  );
}

interface LimitedCaller extends Pick<Holder, "caller" | "limitedBy"> {
  readonly limit: CallerLimit;
}

function limitsAt(door: DoorName, settings: AnySettings): readonly LimitedCaller[] {
  const { apiAuth, apiKeys, edge, edgeAuth, rateLimitPerFiveMinutes } = settings;
  if (!isRestDoor(door)) {
    if (!edge) return [{ caller: "IAM principal", limitedBy: undefined, limit: UNLIMITED }];
    const limit = addressLimit(rateLimitPerFiveMinutes);
    const user = { caller: "token's subject with several addresses", limitedBy: undefined, limit: UNLIMITED };
    return [{ caller: "address", limitedBy: "rateLimitPerFiveMinutes", limit }, ...(edgeAuth === "none" ? [] : [user])];
  }
  const stage = { rate: settings.throttleRateLimit, burst: settings.throttleBurstLimit };
  const principal = PRINCIPALS[apiAuth];
  if (principal !== undefined) return [{ caller: principal, limitedBy: STAGE_LIMIT, limit: stage }];
  return Object.entries(namedKeys(apiAuth, apiKeys)).map(([name, { rateLimit, burstLimit }]) => ({
    caller: `API key \`${name}\``,
    limitedBy: `apiKeys.${name}`,
    limit: { rate: rateLimit ?? stage.rate, burst: burstLimit ?? stage.burst },
  }));
}

/**
 * What a caller gets if Lambda has no environment left: 429 at a Function URL, and 500 from API Gateway, which hides the 429.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-throttling
 * https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
 */
const refusalAt = (door: DoorName): string => (isRestDoor(door) ? "500" : "429");

/** Lines about callers that can hold every execution environment of a door; undefined if there are none. */
export interface HoldersReport {
  /** Callers with a limit of their own, which a config key lowers: API keys, and addresses at a public edge. */
  readonly warning: string | undefined;
  /** Callers without one: they sign in, and are trusted as much as the config lets them in. */
  readonly note: string | undefined;
}

export function holdersReport(settings: AnySettings): HoldersReport {
  const all =
    settings.reservedConcurrency === 0
      ? []
      : holders(settings).filter(({ fullAfterSeconds }) => fullAfterSeconds !== undefined);
  const hasOwnLimit = ({ limitedBy }: Holder): boolean => limitedBy !== undefined && limitedBy !== STAGE_LIMIT;
  return {
    warning: report(settings, all.filter(hasOwnLimit)),
    note: report(
      settings,
      all.filter((holder) => !hasOwnLimit(holder)),
    ),
  };
}

function report(settings: AnySettings, all: readonly Holder[]): string | undefined {
  if (all.length === 0) return undefined;
  const statuses = [...new Set(all.map(({ door }) => refusalAt(door)))].sort().join(" or ");
  const slots =
    settings.reservedConcurrency < 0
      ? `${LAMBDA_CONCURRENCY.quota} concurrent requests, the account's default quota, which all its functions share (a new account can have 10)`
      : `${settings.reservedConcurrency} concurrent requests (\`reservedConcurrency\`)`;
  return [
    `One caller can hold all of ${slots}, if its requests last as long as the door allows. All others then get ${statuses}, /health included. See docs/limits.md.`,
    ...all.map(
      ({ door, caller, limitedBy, fullAfterSeconds }) =>
        `- ${door}: one ${caller}, ${fullAfterSeconds === 0 ? "at once" : `in ${fullAfterSeconds} s`}. ${remedy(limitedBy)}`,
    ),
  ].join("\n");
}

const remedy = (limitedBy: string | undefined): string =>
  limitedBy === undefined
    ? "AWS has no limit for one of them: lower the longest duration, and let in only callers that you trust."
    : `Lower \`${limitedBy}\` or the longest duration, or raise \`reservedConcurrency\`.`;
