/** A named API key with a usage plan of its own. */
export interface ApiKeyConfig {
  /**
   * Requests a second.
   * @default - the stage's `throttleRateLimit`
   */
  rateLimit?: number;
  /**
   * Requests at once.
   * @default - the stage's `throttleBurstLimit`
   */
  burstLimit?: number;
  /**
   * What the key's holder may ask for in a day, week or month.
   * @default - no quota
   */
  quota?: QuotaConfig;
}

/** Best effort on AWS's side, not a cost cap. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
export interface QuotaConfig {
  /** Requests in a period. */
  limit: number;
  /** `DAY`, `WEEK` or `MONTH`. */
  period: string;
}

/** Whose access tokens `apiAuth` `cognito` takes: those of an existing pool, or of one that is created. */
export interface CognitoConfig {
  /**
   * ARN of an existing user pool in the stack's region.
   * @default - a pool is created
   */
  userPoolArn?: string;
  /**
   * Scopes, one of which an access token must have; required with `userPoolArn`.
   * @default - the created pool's own scope
   */
  scopes?: string[];
  /**
   * Where the created pool's login page may send users back to: `https`, or `http://localhost`.
   * @default [] - no users log in: the created pool's client is for machines (client credentials)
   */
  callbackUrls?: string[];
  /**
   * Whether the created pool, with its users, refuses to be deleted.
   * @default true
   */
  deletionProtection?: boolean;
}

/** Whose access tokens `apiAuth` `jwt` takes. */
export interface JwtConfig {
  /** `https` URL, spelt as in the tokens' `iss`. */
  issuer: string;
  /** One of these must be in `aud`, or be `client_id` where a token has no `aud` (Cognito). */
  audience: string[];
  /**
   * Scopes, one of which must be in `scope` or `scp`.
   * @default [] - no scope is asked for
   */
  scopes?: string[];
  /**
   * Where the issuer's keys are.
   * @default - as the issuer's `/.well-known/openid-configuration` says
   */
  jwksUri?: string;
  /**
   * How long a decision is kept for a token, seconds, 0 to 300.
   * @default 60
   */
  cacheSeconds?: number;
}

/** The user's own Lambda authorizer of type TOKEN. */
export interface CustomAuthorizerConfig {
  /** ARN of the function, in the stack's account and region; an alias may follow its name. */
  functionArn: string;
  /**
   * The header whose value the function gets as `authorizationToken`.
   * @default "Authorization"
   */
  identityHeader?: string;
  /**
   * How long a decision is kept for a token, seconds, 0 to 300.
   * @default 0
   */
  cacheSeconds?: number;
}

/** What a key is called: it stands in resource names and outputs. */
export const KEY_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The keys that a stack has, by name. */
export function namedKeys(auth: string, keys: Record<string, ApiKeyConfig>): Record<string, ApiKeyConfig> {
  return auth === "apiKey" && Object.keys(keys).length === 0 ? { default: {} } : keys;
}

/** Parts of the ARN of a user's function. */
export interface FunctionArn {
  readonly region: string;
  /** Without the alias or version. */
  readonly arn: string;
  readonly qualifier: string | undefined;
}

const FUNCTION_ARN =
  /^(arn:aws(?:-[a-z]+)*:lambda:([a-z0-9-]+):[0-9]{12}:function:[A-Za-z0-9_-]{1,64})(?::([A-Za-z0-9_-]{1,128}))?$/;

/** @returns undefined where the text is no ARN of a function, or names `$LATEST` */
export function parseFunctionArn(text: string): FunctionArn | undefined {
  const [, arn, region, qualifier] = FUNCTION_ARN.exec(text) ?? [];
  return arn !== undefined && region !== undefined ? { arn, region, qualifier } : undefined;
}

const USER_POOL_ARN = /^arn:aws(?:-[a-z]+)*:cognito-idp:([a-z0-9-]+):[0-9]{12}:userpool\/\1_[A-Za-z0-9]{1,45}$/;

/** @returns the region, or undefined where the text is no ARN of a user pool */
export function userPoolRegion(text: string): string | undefined {
  return USER_POOL_ARN.exec(text)?.[1];
}
