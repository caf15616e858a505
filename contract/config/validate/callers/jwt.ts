import { AUTHORIZER_CACHE_SECONDS, ENVIRONMENT_BYTES, METHOD_SCOPES } from "../../../aws/limits";
import { packAgents } from "../../../runtime/agents";
import { ENVIRONMENT } from "../../../runtime/environment";
import { TOKEN_KINDS } from "../../../runtime/jwt";
import type { Settings } from "../../settings";
import { RESERVED_BYTES } from "../agents/agents";
import {
  formatValue,
  isObject,
  isUnknown,
  isTextList,
  validateInteger,
  validateKnownKeys,
  validateUnique,
} from "../shape";

/** A scope as in RFC 6749: printable characters except quotes and the backslash. https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/;

/** Why a decision is cached for so short a time. */
export const CACHE_REASON = "AWS accepts 3600, but for as long a revoked token still opens the doors";

/** The keys of `jwt`. */
const KEYS = ["issuer", "audience", "scopes", "scopeClaims", "tokens", "refusedKeys", "jwksUri", "cacheSeconds"];

/** Most entries of `jwt.scopeClaims` and `jwt.refusedKeys`. */
const MOST_NAMES = 20;

/** Validates the issuer whose tokens the bundled verifier accepts. */
export function* validateJwt(settings: Settings): Generator<string> {
  const jwt = settings.jwt as unknown as Readonly<Record<string, unknown>>;
  yield* validateKnownKeys("jwt", jwt, KEYS);
  const { issuer, audience, scopes = [], jwksUri, cacheSeconds } = jwt;
  if (issuer === undefined) {
    const asking = settings.apiAuth === "jwt" ? "apiAuth" : "edgeAuth";
    yield `\`jwt.issuer\` is missing, and \`${asking}\` jwt needs it. Set it to the \`iss\` of your tokens, for example https://login.example.com/.`;
  } else if (!isUnknown(issuer) && (!isHttps(issuer) || /[?#]/.test(issuer))) {
    yield `\`jwt.issuer\` is ${formatValue(issuer)}. Use an https URL without query and fragment, spelt as the \`iss\` of your tokens: keys that come over http could be anybody's.`;
  }
  if (!isTextList(audience) || audience.length === 0) {
    yield `\`jwt.audience\` is ${formatValue(audience)}. Name at least one audience, the \`aud\` of your tokens: a token for another API of the same issuer must not open this one.`;
  } else {
    yield* validateUnique("jwt.audience", "audience", audience);
  }
  yield* validateScopes("jwt.scopes", scopes, 0);
  yield* validateKinds(jwt, Array.isArray(scopes) && scopes.length > 0);
  if (jwksUri !== undefined && !isUnknown(jwksUri) && (!isHttps(jwksUri) || jwksUri.includes("#"))) {
    yield `\`jwt.jwksUri\` is ${formatValue(jwksUri)}. Use an https URL, or leave it out: the issuer's discovery document names it.`;
  }
  yield* validateRoom(settings);
  if (cacheSeconds === undefined) return;
  if (settings.apiAuth !== "jwt") {
    yield "`jwt.cacheSeconds` is set, but `apiAuth` is not jwt. The edge verifies the token of every request: remove `jwt.cacheSeconds`, or set `apiAuth` to jwt.";
  }
  yield* validateInteger("jwt.cacheSeconds", cacheSeconds, 0, AUTHORIZER_CACHE_SECONDS, CACHE_REASON);
}

function* validateKinds(jwt: Readonly<Record<string, unknown>>, hasScopes: boolean): Generator<string> {
  const { tokens, scopeClaims, refusedKeys } = jwt;
  if (tokens !== undefined) {
    const known = isTextList(tokens) && tokens.every((kind) => (TOKEN_KINDS as readonly string[]).includes(kind));
    if (!known || !tokens.includes("access")) {
      yield `\`jwt.tokens\` is ${formatValue(tokens)}. Use [access], or [access, id] for an issuer that has no access tokens for your API.`;
    } else {
      yield* validateUnique("jwt.tokens", "kind", tokens);
    }
  }
  if (scopeClaims !== undefined) {
    yield* validateNames("jwt.scopeClaims", "claim", scopeClaims, "for example [scope, scp, roles, permissions]");
    if (!hasScopes) {
      yield "`jwt.scopeClaims` is set without `jwt.scopes`, so no scope is asked for. Set `jwt.scopes`, or remove `jwt.scopeClaims`.";
    }
  }
  if (refusedKeys !== undefined) {
    yield* validateNames("jwt.refusedKeys", "key", refusedKeys, "each the `kid` of a key of the issuer");
  }
}

function* validateNames(key: string, what: string, names: unknown, example: string): Generator<string> {
  if (!isTextList(names) || names.length > MOST_NAMES || names.some((name) => name.trim() === "")) {
    yield `\`${key}\` is ${formatValue(names)}. Use a list of up to ${MOST_NAMES} texts, ${example}.`;
  } else {
    yield* validateUnique(key, what, names);
  }
}

/** Validates that the settings fit into the environment of the functions that verify tokens. */
function* validateRoom({ jwt, agents, edgeAuth }: Settings): Generator<string> {
  const written = { ...jwt, cacheSeconds: undefined };
  const others = edgeAuth === "jwt" && isObject(agents) ? safeBytes(() => packAgents(agents)) : 0;
  const most = ENVIRONMENT_BYTES - RESERVED_BYTES - others;
  const bytes = safeBytes(() => written);
  if (bytes > most) {
    yield `\`jwt\` needs ${bytes} bytes in the environment variable ${ENVIRONMENT.jwt}, but there is room for ${most} (Lambda's ${ENVIRONMENT_BYTES} for all variables, less the others). Name fewer audiences, scopes or keys.`;
  }
}

/** Bytes of a value as JSON. Agents that are not valid have an error of their own. */
function safeBytes(make: () => object): number {
  try {
    return Buffer.byteLength(JSON.stringify(make()));
  } catch {
    return 0;
  }
}

export function* validateScopes(key: string, scopes: unknown, least: number): Generator<string> {
  if (!isTextList(scopes) || scopes.length < least || scopes.length > METHOD_SCOPES) {
    yield `\`${key}\` is ${formatValue(scopes)}. Use a list of ${least} to ${METHOD_SCOPES} scopes (as many as a user pool's client has).`;
    return;
  }
  for (const scope of scopes) {
    if (!SCOPE.test(scope)) {
      yield `\`${key}\` contains ${formatValue(scope)}, which is not a scope: tokens have spaces between scopes (RFC 6749). Use printable characters without spaces and quotes, up to 256.`;
    }
  }
  yield* validateUnique(key, "scope", scopes);
}

function isHttps(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:" && !/\s/.test(value);
}
