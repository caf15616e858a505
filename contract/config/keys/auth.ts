/** A named API key with its own usage plan. */
export interface ApiKeyConfig {
  /**
   * Rate limit, requests per second.
   * @default - the stage's `throttleRateLimit`
   */
  rateLimit?: number;
  /**
   * Burst limit, requests.
   * @default - the stage's `throttleBurstLimit`
   */
  burstLimit?: number;
  /**
   * Limit of requests in a day, week or month.
   * @default - no quota
   */
  quota?: QuotaConfig;
}

/** AWS applies quotas on a best-effort basis; they do not limit cost reliably. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
export interface QuotaConfig {
  /** Requests in a period. */
  limit: number;
  /** `DAY`, `WEEK` or `MONTH`. */
  period: string;
}

/** The user pool whose access tokens `apiAuth` `cognito` accepts: an existing pool, or a created one. */
export interface CognitoConfig<Text = string> {
  /**
   * ARN of an existing user pool in the stack's region.
   * @default - a pool is created
   */
  userPoolArn?: Text;
  /**
   * An access token must have one of these scopes. Required with `userPoolArn`.
   * @default - the scope of the created pool
   */
  scopes?: string[];
  /**
   * URLs that the login page of the created pool may redirect users to: `https`, or `http://localhost`.
   * @default [] - no login page: the client of the created pool is for machines (client credentials)
   */
  callbackUrls?: string[];
  /**
   * Whether Cognito refuses to delete the created pool and its users.
   * @default true
   */
  deletionProtection?: boolean;
}

/** The OIDC issuer whose tokens `apiAuth` `jwt` and `edgeAuth` `jwt` accept. */
export interface JwtConfig<Text = string> {
  /** `https` URL, exactly as in the `iss` claim of the tokens. */
  issuer: Text;
  /** A token's `aud` must contain one of these. If it has no `aud` (Cognito), its `client_id` must be one of these. */
  audience: Text[];
  /**
   * The claims of `scopeClaims` must contain one of these.
   * @default [] - no scope is required
   */
  scopes?: string[];
  /**
   * Claims that contain scopes, roles or permissions: a text with spaces, or a list.
   * @default ["scope", "scp"]
   */
  scopeClaims?: string[];
  /**
   * Kinds of tokens that open the doors: `access`, and `id` for issuers that have no access tokens for your API.
   * @default ["access"]
   */
  tokens?: string[];
  /**
   * Ids (`kid`) of keys of the issuer that verify nothing from the update on, whatever its key set says.
   * @default [] - none
   */
  refusedKeys?: string[];
  /**
   * URL of the issuer's key set.
   * @default - `jwks_uri` of the issuer's `/.well-known/openid-configuration`
   */
  jwksUri?: Text;
  /**
   * How long a REST door keeps a decision for a token, seconds, 0 to 300. The edge keeps none.
   * @default 60
   */
  cacheSeconds?: number;
}

/** Your own Lambda authorizer of type TOKEN. */
export interface CustomAuthorizerConfig<Text = string> {
  /** ARN of the function, optionally with an alias, in the stack's account and region. */
  functionArn: Text;
  /**
   * The header whose value the function receives as `authorizationToken`.
   * @default "Authorization"
   */
  identityHeader?: string;
  /**
   * How long a decision for a token is cached, seconds, 0 to 300.
   * @default 0
   */
  cacheSeconds?: number;
}

/** A valid name of an API key. It becomes part of resource names and outputs. */
export const KEY_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The API keys of a stack by name, with the one that `apiAuth` `apiKey` creates by default. */
export function namedKeys(auth: string, keys: Record<string, ApiKeyConfig>): Record<string, ApiKeyConfig> {
  return auth === "apiKey" && Object.keys(keys).length === 0 ? { default: {} } : keys;
}

const USER_POOL_ARN = /^arn:aws(?:-[a-z]+)*:cognito-idp:([a-z0-9-]+):[0-9]{12}:userpool\/\1_[A-Za-z0-9]{1,45}$/;

/**
 * The issuer of a user pool's tokens.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param arn ARN of the pool
 */
export function userPoolIssuer(arn: string): string {
  const [, , , region = "", , resource = ""] = arn.split(":");
  return `https://cognito-idp.${region}.amazonaws.com/${resource.replace(/^userpool\//, "")}`;
}

/** @returns the region, or undefined if the text is not the ARN of a user pool */
export function userPoolRegion(text: string): string | undefined {
  return USER_POOL_ARN.exec(text)?.[1];
}
