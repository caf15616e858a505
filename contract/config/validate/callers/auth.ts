import { parseFunctionArn } from "../../../aws/functionArn";
import { KEY_NAME, userPoolRegion } from "../../keys/auth";
import { loginHostOf } from "../../../aws/partitions";
import { AUTHORIZER_CACHE_SECONDS, CALLBACK_URLS, QUOTA, USAGE_PLANS } from "../../../aws/limits";
import { REST_DOOR_NAMES } from "../../keys/rest";
import { EDGE_AUTHS, REST_AUTHS, type Settings } from "../../settings";
import { hasNoRestDoor } from "../doors";
import { CACHE_REASON, validateJwt, validateScopes } from "./jwt";
import {
  closest,
  isObject,
  isTextList,
  isUnknown,
  validateBoolean,
  validateInteger,
  formatValue,
  validateUnique,
  validateKnownKeys,
} from "../shape";

/** Each key that belongs to one value of `apiAuth` or `edgeAuth`, with that value. */
const GROUPS = { cognito: "cognito", jwt: "jwt", customAuthorizer: "custom" } as const;

/** What can also belong to the edge. */
const EDGE_GROUPS: readonly unknown[] = EDGE_AUTHS;

/** Validates how callers authenticate at the REST doors. */
export function* validateAuth(settings: Settings, region: string | undefined): Generator<string> {
  const { apiAuth, apiKeys } = settings as { apiAuth: unknown; apiKeys: unknown };
  if (!(REST_AUTHS as readonly unknown[]).includes(apiAuth)) {
    const near = typeof apiAuth === "string" ? closest(apiAuth, REST_AUTHS) : "";
    yield `\`apiAuth\` is ${formatValue(apiAuth)}${near}. Use ${REST_AUTHS.join(", ")}.`;
  }
  yield* validateUnusedKeys(settings);
  yield* validateApiKeys(apiKeys, settings);
  const asked = [apiAuth, settings.edgeAuth];
  if (asked.includes("cognito") && isObject(settings.cognito)) yield* validateCognito(settings, region);
  if (asked.includes("jwt") && isObject(settings.jwt)) yield* validateJwt(settings);
  if (apiAuth === "custom" && isObject(settings.customAuthorizer)) {
    yield* validateCustomAuthorizer(settings.customAuthorizer, region);
  }
}

/** Finds keys that are set but have no effect. */
function* validateUnusedKeys(settings: Settings): Generator<string> {
  const { apiAuth, apiKeys, edgeAuth } = settings;
  for (const [key, auth] of Object.entries(GROUPS) as [keyof typeof GROUPS, string][]) {
    const value: unknown = settings[key];
    if (!isObject(value)) {
      yield `\`${key}\` is ${formatValue(value)}, which is not an object. Remove it, or set it as Pulumi.yaml describes it.`;
    } else if (apiAuth !== auth && edgeAuth !== auth && Object.keys(value).length > 0) {
      const edge = EDGE_GROUPS.includes(auth) ? `, or \`edgeAuth\` at an edge` : "";
      yield `\`${key}\` is set, but \`apiAuth\` is ${formatValue(apiAuth)}. Set \`apiAuth\` to ${auth}${edge}, or remove \`${key}\`.`;
    }
  }
  if (!hasNoRestDoor(settings.doors)) return;
  const unused = Object.values(GROUPS).some((auth) => auth === apiAuth)
    ? "apiAuth"
    : isObject(apiKeys) && Object.keys(apiKeys).length > 0
      ? "apiKeys"
      : undefined;
  if (unused !== undefined) {
    yield `\`${unused}\` is set, but \`doors\` has no REST door, and a Function URL accepts IAM signatures only. Add ${REST_DOOR_NAMES.join(" or ")} to \`doors\`, or remove \`${unused}\`.`;
  }
}

function* validateApiKeys(keys: unknown, { throttleRateLimit, throttleBurstLimit }: Settings): Generator<string> {
  if (!isObject(keys)) {
    yield `\`apiKeys\` is ${formatValue(keys)}. Use a map from a key's name to { rateLimit, burstLimit, quota }.`;
    return;
  }
  const entries = Object.entries(keys);
  if (entries.length > USAGE_PLANS) {
    yield `\`apiKeys\` has ${entries.length} entries. An account has ${USAGE_PLANS} usage plans in a region, and each key needs one: let clients of one kind share a key.`;
  }
  for (const [name, value] of entries) {
    if (!KEY_NAME.test(name)) {
      yield `\`apiKeys\` names the key ${formatValue(name)}. Use up to 64 letters, digits, - and _ (it becomes the name of resources and outputs).`;
      continue;
    }
    const key = `apiKeys.${name}`;
    if (!isObject(value)) {
      yield `\`${key}\` is ${formatValue(value)}. Use { rateLimit, burstLimit, quota }, or {} for the stage's throttle.`;
      continue;
    }
    yield* validateKnownKeys(key, value, ["rateLimit", "burstLimit", "quota"]);
    yield* validateStageLimit(`${key}.rateLimit`, value["rateLimit"], throttleRateLimit, "throttleRateLimit");
    yield* validateStageLimit(`${key}.burstLimit`, value["burstLimit"], throttleBurstLimit, "throttleBurstLimit");
    yield* validateQuota(`${key}.quota`, value["quota"]);
  }
}

/** Validates that a key's limit is at most the stage's limit: requests could never reach a higher one. */
function* validateStageLimit(key: string, value: unknown, most: unknown, stageKey: string): Generator<string> {
  if (value === undefined || typeof most !== "number") return;
  yield* validateInteger(key, value, 1, most, `what \`${stageKey}\` lets the whole stage take; raise it first`);
}

function* validateQuota(key: string, quota: unknown): Generator<string> {
  if (quota === undefined) return;
  if (!isObject(quota)) {
    yield `\`${key}\` is ${formatValue(quota)}. Use { limit, period }, for example { limit: 10000, period: DAY }.`;
    return;
  }
  yield* validateKnownKeys(key, quota, ["limit", "period"]);
  yield* validateInteger(`${key}.limit`, quota["limit"], 1, QUOTA.limit, "what a usage plan accepts");
  if (!(QUOTA.periods as readonly unknown[]).includes(quota["period"])) {
    yield `\`${key}.period\` is ${formatValue(quota["period"])}. Use ${QUOTA.periods.join(", ")} (what a usage plan accepts).`;
  }
}

/** The end of a sentence about a Region. */
export const NO_USER_POOLS =
  "which has no Cognito user pools (https://docs.amazonaws.cn/en_us/aws/latest/userguide/cognito.html). Use jwt with another OIDC issuer, iam or apiKey.";

function* validateCognito({ apiAuth, cognito }: Settings, region: string | undefined): Generator<string> {
  if (region !== undefined && loginHostOf(region) === undefined) {
    const key = apiAuth === "cognito" ? "apiAuth" : "edgeAuth";
    yield `\`${key}\` is cognito, but the stack deploys to ${region}, ${NO_USER_POOLS}`;
  }
  yield* validateKnownKeys("cognito", cognito, ["userPoolArn", "scopes", "callbackUrls", "deletionProtection"]);
  const { userPoolArn, scopes, callbackUrls, deletionProtection } = cognito as Readonly<Record<string, unknown>>;
  if (userPoolArn !== undefined) {
    const found = typeof userPoolArn === "string" ? userPoolRegion(userPoolArn) : undefined;
    if (isUnknown(userPoolArn)) {
      // Checked when it is known.
    } else if (found === undefined) {
      yield `\`cognito.userPoolArn\` is ${formatValue(userPoolArn)}, which is not the ARN of a user pool. Set it to one like arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123.`;
    } else if (region !== undefined && found !== region) {
      yield `\`cognito.userPoolArn\` is in ${found}, but the stack deploys to ${region}, and API Gateway accepts a pool of its own region. Name a pool in ${region}.`;
    }
    for (const [key, value] of Object.entries({ callbackUrls, deletionProtection })) {
      if (value !== undefined) {
        yield `\`cognito.${key}\` is set in addition to \`cognito.userPoolArn\`, whose pool is not this stack's. Set it at the pool, and remove it here.`;
      }
    }
    if (scopes === undefined) {
      yield "`cognito.scopes` is missing. An existing pool needs the scopes of your API, for example [my-api/invoke]: without one, API Gateway would take id tokens.";
    } else {
      yield* validateScopes("cognito.scopes", scopes, 1);
    }
    return;
  }
  if (scopes !== undefined) {
    yield "`cognito.scopes` is set without `cognito.userPoolArn`. A created pool has its own scope: remove `cognito.scopes`, or name your pool.";
  }
  if (deletionProtection !== undefined) yield* validateBoolean("cognito.deletionProtection", deletionProtection);
  if (callbackUrls !== undefined) yield* validateCallbackUrls(callbackUrls);
}

function* validateCallbackUrls(urls: unknown): Generator<string> {
  if (!isTextList(urls)) {
    yield `\`cognito.callbackUrls\` is ${formatValue(urls)}. Use a list of URLs, such as [https://app.example.com/signed-in].`;
    return;
  }
  if (urls.length > CALLBACK_URLS.max) {
    yield `\`cognito.callbackUrls\` has ${urls.length} entries. A user pool's client accepts ${CALLBACK_URLS.max}; remove ${urls.length - CALLBACK_URLS.max}.`;
  }
  for (const text of urls) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const safe = url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "localhost");
    if (!safe || text.includes("#") || text.length > CALLBACK_URLS.length) {
      yield `\`cognito.callbackUrls\` contains ${formatValue(text)}. Use https URLs (or http://localhost) without a fragment, up to ${CALLBACK_URLS.length} characters.`;
    }
  }
  yield* validateUnique("cognito.callbackUrls", "URL", urls);
}

function* validateCustomAuthorizer(custom: object, region: string | undefined): Generator<string> {
  yield* validateKnownKeys("customAuthorizer", custom, ["functionArn", "identityHeader", "cacheSeconds"]);
  const { functionArn, identityHeader = "Authorization", cacheSeconds = 0 } = custom as Record<string, unknown>;
  const arn = typeof functionArn === "string" ? parseFunctionArn(functionArn) : undefined;
  if (functionArn === undefined) {
    yield "`customAuthorizer.functionArn` is missing, and `apiAuth` custom needs it. Set it to the ARN of your authorizer function.";
  } else if (isUnknown(functionArn)) {
    // Checked when it is known.
  } else if (!arn) {
    yield `\`customAuthorizer.functionArn\` is ${formatValue(functionArn)}, which is not the ARN of a function. Set it to one like arn:aws:lambda:us-east-1:123456789012:function:my-authorizer; an alias may follow, $LATEST may not.`;
  } else if (region !== undefined && arn.region !== region) {
    yield `\`customAuthorizer.functionArn\` is in ${arn.region}, but the stack deploys to ${region}. Name a function in ${region}.`;
  }
  if (typeof identityHeader !== "string" || !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(identityHeader)) {
    yield `\`customAuthorizer.identityHeader\` is ${formatValue(identityHeader)}. Use a header's name: letters, digits and -, a letter first.`;
  } else if (/^(?:x-api-key|x-amz.*|host|content-.*|cookie)$/i.test(identityHeader)) {
    yield `\`customAuthorizer.identityHeader\` is "${identityHeader}", which AWS, HTTP or the usage plan reads. Use Authorization or a header of your own.`;
  }
  yield* validateInteger("customAuthorizer.cacheSeconds", cacheSeconds, 0, AUTHORIZER_CACHE_SECONDS, CACHE_REASON);
}
