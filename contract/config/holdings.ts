import { LAMBDA_CONCURRENCY } from "../aws/limits";
import { RATE_WINDOW_SECONDS } from "../aws/waf";
import { isRestDoor, type DoorName } from "../wire/doors";
import { namedKeys } from "./auth";
import { maxDurationOf, type Settings } from "./settings";

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
  /** The caller, as in "One ...": an API key or an address at the public edge. */
  readonly caller: string;
  /** The config key with the limit. */
  readonly limitedBy: string;
}

/**
 * The callers that the config limits each by itself, and what they can hold: API keys, and addresses at a public edge. Other callers share the
 * limit of the stage, or have none (`streamingUrl` without an edge).
 */
export function holders(settings: Settings): readonly Holder[] {
  const slots = slotsOf(settings);
  return settings.doors.flatMap((door): Holder[] => {
    const of = (limit: CallerLimit) => holding(limit, maxDurationOf(settings, door), slots);
    if (isRestDoor(door)) {
      const keys = settings.apiAuth === "apiKey" ? namedKeys(settings.apiAuth, settings.apiKeys) : {};
      return Object.entries(keys).map(([name, { rateLimit, burstLimit }]) => ({
        door,
        caller: `API key \`${name}\``,
        limitedBy: `apiKeys.${name}`,
        ...of({ rate: rateLimit ?? settings.throttleRateLimit, burst: burstLimit ?? settings.throttleBurstLimit }),
      }));
    }
    const limit = addressLimit(settings.rateLimitPerFiveMinutes);
    return settings.edge ? [{ door, caller: "address", limitedBy: "rateLimitPerFiveMinutes", ...of(limit) }] : [];
  });
}

/**
 * What a caller gets if Lambda has no environment left: 429 at a Function URL, and 500 from API Gateway, which hides the 429.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-throttling
 * https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
 */
const refusalAt = (door: DoorName): string => (isRestDoor(door) ? "500" : "429");

/** The warning about callers that can hold every execution environment of a door, one line each; undefined if there are none. */
export function holdersWarning(settings: Settings): string | undefined {
  const all = holders(settings).filter(({ fullAfterSeconds }) => fullAfterSeconds !== undefined);
  if (all.length === 0 || settings.reservedConcurrency === 0) return undefined;
  const statuses = [...new Set(all.map(({ door }) => refusalAt(door)))].sort().join(" or ");
  const slots =
    settings.reservedConcurrency < 0
      ? `${LAMBDA_CONCURRENCY.quota} concurrent requests, the account's default quota, which all its functions share (a new account can have 10)`
      : `${settings.reservedConcurrency} concurrent requests (\`reservedConcurrency\`)`;
  return [
    `One caller can hold all of ${slots}, if its requests last as long as the door allows. All others then get ${statuses}, /health included. See docs/limits.md.`,
    ...all.map(
      ({ door, caller, limitedBy, fullAfterSeconds }) =>
        `- ${door}: one ${caller}, ${fullAfterSeconds === 0 ? "at once" : `in ${fullAfterSeconds} s`}. Lower \`${limitedBy}\` or the longest duration, or raise \`reservedConcurrency\`.`,
    ),
  ].join("\n");
}
