import { KEY_NAME, parseFunctionArn, userPoolRegion } from "../auth";
import { loginHostOf } from "../../aws/partitions";
import { AUTHORIZER_CACHE_SECONDS, CALLBACK_URLS, METHOD_SCOPES, QUOTA, USAGE_PLANS } from "../../aws/limits";
import { REST_DOOR_NAMES } from "../rest";
import { REST_AUTHS, type Settings } from "../settings";
import { hasNoRestDoor } from "./doors";
import {
  closest,
  isObject,
  isTextList,
  validateBoolean,
  validateInteger,
  formatValue,
  validateUnique,
  validateKnownKeys,
} from "./shape";

/** Each key that belongs to one value of `apiAuth`, with that value. */
const GROUPS = { cognito: "cognito", jwt: "jwt", customAuthorizer: "custom" } as const;

/** A scope as in RFC 6749: printable characters except quotes and the backslash. https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/;

/** Validates how callers authenticate at the REST doors. */
export function* validateAuth(settings: Settings, region: string | undefined): Generator<string> {
  const { apiAuth, apiKeys } = settings as { apiAuth: unknown; apiKeys: unknown };
  if (!(REST_AUTHS as readonly unknown[]).includes(apiAuth)) {
    const near = typeof apiAuth === "string" ? closest(apiAuth, REST_AUTHS) : "";
    yield `\`apiAuth\` is ${formatValue(apiAuth)}${near}. Use ${REST_AUTHS.join(", ")}.`;
  }
  yield* validateUnusedKeys(settings);
  yield* validateApiKeys(apiKeys, settings);
  if (apiAuth === "cognito" && isObject(settings.cognito)) yield* validateCognito(settings.cognito, region);
  if (apiAuth === "jwt" && isObject(settings.jwt)) yield* validateJwt(settings.jwt);
  if (apiAuth === "custom" && isObject(settings.customAuthorizer)) {
    yield* validateCustomAuthorizer(settings.customAuthorizer, region);
  }
}

/** Finds keys that are set but have no effect. */
function* validateUnusedKeys(settings: Settings): Generator<string> {
  const { apiAuth, apiKeys } = settings;
  for (const [key, auth] of Object.entries(GROUPS) as [keyof typeof GROUPS, string][]) {
    const value: unknown = settings[key];
    if (!isObject(value)) {
      yield `\`${key}\` is ${formatValue(value)}, which is no object. Remove it, or set it as Pulumi.yaml describes it.`;
    } else if (apiAuth !== auth && Object.keys(value).length > 0) {
      yield `\`${key}\` is set, but \`apiAuth\` is ${formatValue(apiAuth)}. Set \`apiAuth\` to ${auth}, or remove \`${key}\`.`;
    }
  }
  if (!hasNoRestDoor(settings.doors)) return;
  const unused = Object.values(GROUPS).some((auth) => auth === apiAuth)
    ? "apiAuth"
    : isObject(apiKeys) && Object.keys(apiKeys).length > 0
      ? "apiKeys"
      : undefined;
  if (unused !== undefined) {
    yield `\`${unused}\` is set, but \`doors\` has no REST door, and a Function URL takes IAM signatures only. Add ${REST_DOOR_NAMES.join(" or ")} to \`doors\`, or remove \`${unused}\`.`;
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
  yield* validateInteger(`${key}.limit`, quota["limit"], 1, QUOTA.limit, "what a usage plan takes");
  if (!(QUOTA.periods as readonly unknown[]).includes(quota["period"])) {
    yield `\`${key}.period\` is ${formatValue(quota["period"])}. Use ${QUOTA.periods.join(", ")} (what a usage plan takes).`;
  }
}

/** The end of a sentence about a Region. */
export const NO_USER_POOLS =
  "which has no Cognito user pools (https://docs.amazonaws.cn/en_us/aws/latest/userguide/cognito.html). Use jwt with another OIDC issuer, iam or apiKey.";

function* validateCognito(cognito: object, region: string | undefined): Generator<string> {
  if (region !== undefined && loginHostOf(region) === undefined) {
    yield `\`apiAuth\` is cognito, but the stack deploys to ${region}, ${NO_USER_POOLS}`;
  }
  yield* validateKnownKeys("cognito", cognito, ["userPoolArn", "scopes", "callbackUrls", "deletionProtection"]);
  const { userPoolArn, scopes, callbackUrls, deletionProtection } = cognito as Record<string, unknown>;
  if (userPoolArn !== undefined) {
    const found = typeof userPoolArn === "string" ? userPoolRegion(userPoolArn) : undefined;
    if (found === undefined) {
      yield `\`cognito.userPoolArn\` is ${formatValue(userPoolArn)}, which is not the ARN of a user pool. Set it to one like arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123.`;
    } else if (region !== undefined && found !== region) {
      yield `\`cognito.userPoolArn\` is in ${found}, but the stack deploys to ${region}, and API Gateway takes a pool of its own region. Name a pool in ${region}.`;
    }
    for (const [key, value] of Object.entries({ callbackUrls, deletionProtection })) {
      if (value !== undefined) {
        yield `\`cognito.${key}\` is set beside \`cognito.userPoolArn\`, whose pool is not this stack's. Set it at the pool, and remove it here.`;
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
    yield `\`cognito.callbackUrls\` has ${urls.length} entries. A user pool's client takes ${CALLBACK_URLS.max}; remove ${urls.length - CALLBACK_URLS.max}.`;
  }
  for (const text of urls) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const safe = url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "localhost");
    if (!safe || text.includes("#") || text.length > CALLBACK_URLS.length) {
      yield `\`cognito.callbackUrls\` holds ${formatValue(text)}. Use https URLs (or http://localhost) without a fragment, up to ${CALLBACK_URLS.length} characters.`;
    }
  }
  yield* validateUnique("cognito.callbackUrls", "URL", urls);
}

function* validateJwt(jwt: object): Generator<string> {
  yield* validateKnownKeys("jwt", jwt, ["issuer", "audience", "scopes", "jwksUri", "cacheSeconds"]);
  const { issuer, audience, scopes = [], jwksUri, cacheSeconds = 0 } = jwt as Record<string, unknown>;
  if (issuer === undefined) {
    yield "`jwt.issuer` is missing, and `apiAuth` jwt needs it. Set it to the `iss` of your tokens, for example https://login.example.com/.";
  } else if (!isHttps(issuer) || /[?#]/.test(issuer)) {
    yield `\`jwt.issuer\` is ${formatValue(issuer)}. Use an https URL without query and fragment, spelt as the \`iss\` of your tokens: keys that come over http could be anybody's.`;
  }
  if (!isTextList(audience) || audience.length === 0) {
    yield `\`jwt.audience\` is ${formatValue(audience)}. Name at least one audience, the \`aud\` of your tokens: a token for another API of the same issuer must not open this one.`;
  } else {
    yield* validateUnique("jwt.audience", "audience", audience);
  }
  yield* validateScopes("jwt.scopes", scopes, 0);
  if (jwksUri !== undefined && (!isHttps(jwksUri) || jwksUri.includes("#"))) {
    yield `\`jwt.jwksUri\` is ${formatValue(jwksUri)}. Use an https URL, or leave it out: the issuer's discovery document names it.`;
  }
  yield* validateInteger("jwt.cacheSeconds", cacheSeconds, 0, AUTHORIZER_CACHE_SECONDS, CACHE_REASON);
}

const CACHE_REASON = "AWS takes 3600, but for as long a revoked token still opens the doors";

function* validateCustomAuthorizer(custom: object, region: string | undefined): Generator<string> {
  yield* validateKnownKeys("customAuthorizer", custom, ["functionArn", "identityHeader", "cacheSeconds"]);
  const { functionArn, identityHeader = "Authorization", cacheSeconds = 0 } = custom as Record<string, unknown>;
  const arn = typeof functionArn === "string" ? parseFunctionArn(functionArn) : undefined;
  if (functionArn === undefined) {
    yield "`customAuthorizer.functionArn` is missing, and `apiAuth` custom needs it. Set it to the ARN of your authorizer function.";
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

function* validateScopes(key: string, scopes: unknown, least: number): Generator<string> {
  if (!isTextList(scopes) || scopes.length < least || scopes.length > METHOD_SCOPES) {
    yield `\`${key}\` is ${formatValue(scopes)}. Use a list of ${least} to ${METHOD_SCOPES} scopes (as many as a user pool's client has).`;
    return;
  }
  for (const scope of scopes) {
    if (!SCOPE.test(scope)) {
      yield `\`${key}\` holds ${formatValue(scope)}, which is no scope: tokens have spaces between scopes (RFC 6749). Use printable characters without spaces and quotes, up to 256.`;
    }
  }
  yield* validateUnique(key, "scope", scopes);
}

function isHttps(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:" && !/\s/.test(value);
}
