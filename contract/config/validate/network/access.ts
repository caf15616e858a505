import { isIP } from "node:net";
import { parseCidr } from "../../../aws/cidr";
import { API_GATEWAY_THROTTLE, RESOURCE_POLICY_LENGTH } from "../../../aws/limits";
import { resourcePolicy } from "../../../aws/resourcePolicy";
import { REST_DOOR_NAMES } from "../../keys/rest";
import { REST_ROUTE_NAMES } from "../../../wire/routes";
import type { Settings } from "../../settings";
import { hasNoRestDoor } from "../doors";
import {
  closest,
  isObject,
  isTextList,
  validateInteger,
  formatValue,
  validateUnique,
  validateKnownKeys,
} from "../shape";

const POLICY_KEYS = ["allowIps", "denyIps", "accounts"] as const;

/** The longest possible ARN of an API, for the length of the policy. */
const LONGEST_ARN = "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5";

/** Validates the resource policy and the route throttles of the REST doors. */
export function* validateAccess(settings: Settings): Generator<string> {
  yield* validateResourcePolicy(settings);
  yield* validateThrottles(settings);
  if (!hasNoRestDoor(settings.doors)) return;
  for (const key of ["domain", "resourcePolicy", "methodThrottles"] as const) {
    const value: unknown = settings[key];
    if (isObject(value) && Object.keys(value).length > 0) yield noRestDoorError(key);
  }
  for (const key of ["privateApi", "ownsAccountLogging"] as const) {
    if ((settings[key] as unknown) === true) yield noRestDoorError(key);
  }
}

function noRestDoorError(key: string): string {
  return `\`${key}\` is set, but \`doors\` has no door on API Gateway. Add ${REST_DOOR_NAMES.join(" or ")}, or leave \`${key}\` out.`;
}

function* validateResourcePolicy({
  resourcePolicy: config,
  apiAuth,
  corsOrigins,
  apiVpcEndpointIds,
}: Settings): Generator<string> {
  const policy: unknown = config;
  if (!isObject(policy)) {
    yield `\`resourcePolicy\` is ${formatValue(policy)}. Use an object with ${POLICY_KEYS.join(", ")}, or {} for none.`;
    return;
  }
  yield* validateKnownKeys("resourcePolicy", policy, POLICY_KEYS);
  const lists = { allowIps: [] as string[], denyIps: [] as string[], accounts: [] as string[] };
  for (const key of POLICY_KEYS) {
    const value = policy[key];
    if (value === undefined) continue;
    if (!isTextList(value)) {
      yield `\`resourcePolicy.${key}\` is ${formatValue(value)}. Use a list of ${key === "accounts" ? "account ids in quotes" : "address ranges"}.`;
      continue;
    }
    lists[key] = value;
    yield* validateUnique(`resourcePolicy.${key}`, key === "accounts" ? "account" : "range", value);
  }
  const { allowIps, denyIps, accounts } = lists;
  for (const [key, ranges] of Object.entries({ allowIps, denyIps })) {
    for (const range of ranges) {
      if (isIP(range) === 0 && !parseCidr(range)) {
        yield `\`resourcePolicy.${key}\` contains ${formatValue(range)}. Use IPv4 or IPv6 ranges such as 203.0.113.0/24 or 2001:db8::/32.`;
      } else if (/^(?:0\.0\.0\.0|::)\/0$/.test(range)) {
        yield `\`resourcePolicy.${key}\` contains ${formatValue(range)}, which is every address. Leave it out: ${key === "allowIps" ? "without `allowIps` every address may call" : "a door that nobody may call needs no stack"}.`;
      }
    }
  }
  const both = allowIps.find((range) => denyIps.includes(range));
  if (both !== undefined) {
    yield `\`resourcePolicy.denyIps\` and \`allowIps\` both hold ${formatValue(both)}; a denial wins. Name it in one of them.`;
  }
  for (const account of accounts) {
    if (!/^[0-9]{12}$/.test(account)) {
      yield `\`resourcePolicy.accounts\` contains ${formatValue(account)}. Use 12-digit account ids in quotes.`;
    }
  }
  if (accounts.length > 0 && apiAuth !== "iam") {
    yield `\`resourcePolicy.accounts\` is set with \`apiAuth\` ${formatValue(apiAuth)}, but only a SigV4 signature says which account a caller is of. Set \`apiAuth\` to iam, or leave \`accounts\` out.`;
  }
  const preflights = Array.isArray(corsOrigins) && corsOrigins.length > 0;
  const { length } = JSON.stringify(
    resourcePolicy({
      ...{ executionArn: LONGEST_ARN, partition: "aws-us-gov", signed: apiAuth === "iam", preflights },
      ...lists,
      ...(isTextList(apiVpcEndpointIds) && apiVpcEndpointIds.length > 0 && { vpcEndpointIds: apiVpcEndpointIds }),
    }),
  );
  if (length > RESOURCE_POLICY_LENGTH) {
    yield `\`resourcePolicy\` makes a policy of ${length} characters. API Gateway accepts ${RESOURCE_POLICY_LENGTH}: join ranges, or leave long lists to a web ACL.`;
  }
}

function* validateThrottles({ methodThrottles }: Settings): Generator<string> {
  const throttles: unknown = methodThrottles;
  if (!isObject(throttles)) {
    yield `\`methodThrottles\` is ${formatValue(throttles)}. Use an object from routes to rateLimit and burstLimit, or {} for none.`;
    return;
  }
  for (const [route, throttle] of Object.entries(throttles)) {
    const key = `methodThrottles.${route}`;
    if (!REST_ROUTE_NAMES.includes(route)) {
      yield `\`methodThrottles\` names the route ${formatValue(route)}, which no REST door has${closest(route, REST_ROUTE_NAMES)}. Use ${REST_ROUTE_NAMES.join(", ")}.`;
    }
    if (!isObject(throttle)) {
      yield `\`${key}\` is ${formatValue(throttle)}. Use { rateLimit, burstLimit }.`;
      continue;
    }
    yield* validateKnownKeys(key, throttle, ["rateLimit", "burstLimit"]);
    const { rate, burst } = API_GATEWAY_THROTTLE;
    yield* validateInteger(
      `${key}.rateLimit`,
      throttle["rateLimit"],
      1,
      rate,
      "the account's default rate of API Gateway",
    );
    yield* validateInteger(`${key}.burstLimit`, throttle["burstLimit"], 1, burst, "the account's default burst");
  }
}
