import { PARTNER } from "../served/admission";
import { always, journey, keyWalk, walk, type Walk } from "../walk";
import { BOTH, ONE, REST } from "./bases";

const JWT = { issuer: "https://login.example.com/", audience: ["agent"] };
const POOL = {
  userPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123",
  scopes: ["my-api/invoke"],
};
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:my-authorizer";
const callbackUrls = ["https://app.example.com/signed-in"];
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

const NO_CALLERS = { doors: BOTH.doors, agentRuntimeArn: ONE, lockRuntime: true };
const POOLS = { ...REST, apiAuth: "cognito" };

export const DOORS: readonly Walk[] = [
  always(
    keyWalk("doors", { agentRuntimeArn: ONE, lockRuntime: true }, [
      ["streamingApi", "bufferedApi"],
      ["bufferedApi"],
      ["streamingUrl"],
      ["bufferedApi", "streamingUrl"],
      ["streamingUrl", "bufferedApi", "streamingApi"],
      ["streamingUrl", "streamingApi"],
    ]),
  ),
  keyWalk("callers", NO_CALLERS, [
    [role("client")],
    [role("client"), PARTNER],
    [PARTNER, role(`aws-reserved/sso.amazonaws.com/${"r".repeat(64)}`)],
  ]),
  keyWalk("sessionOwner", BOTH, ["session"]),
  keyWalk("perSessionRoles", BOTH, [["github-deploy"], ["github-deploy", "support"], ["support"]]),
  keyWalk("corsOrigins", BOTH, [
    ["https://app.example.com"],
    ["https://app.example.com", "https://admin.example.com"],
    ["https://admin.example.com"],
  ]),
  walk("apiAuth", REST, [
    { apiAuth: "apiKey" },
    { apiAuth: "jwt", jwt: JWT },
    { apiAuth: "custom", customAuthorizer: { functionArn } },
    { apiAuth: "cognito" },
    { apiAuth: "cognito", cognito: POOL },
    { apiAuth: "jwt", jwt: JWT },
    { apiAuth: "cognito" },
  ]),
  walk(
    "jwt",
    { ...REST, doors: ["bufferedApi", "streamingApi"] },
    [
      { ...JWT, tokens: ["access", "id"], scopeClaims: ["scp", "roles"], scopes: ["invoke"], refusedKeys: ["leaked"] },
      { ...JWT, audience: ["agent", "other"], scopes: ["invoke"], refusedKeys: ["leaked", "lost"], cacheSeconds: 0 },
      { ...JWT, issuer: "https://other.example.com/", jwksUri: "https://other.example.com/keys" },
      JWT,
    ].map((jwt) => ({ apiAuth: "jwt", jwt })),
  ),
  walk("customAuthorizer", REST, [
    { apiAuth: "custom", customAuthorizer: { functionArn } },
    { apiAuth: "custom", customAuthorizer: { functionArn: `${functionArn}:live`, identityHeader: "X-Partner-Token" } },
    { apiAuth: "custom", customAuthorizer: { functionArn: `${functionArn}-2`, cacheSeconds: 60 } },
  ]),
  walk("apiKeys", REST, [
    { apiKeys: { one: {} } },
    { apiKeys: { another: {}, one: {} } },
    { apiKeys: { another: { rateLimit: 5, quota: { limit: 1000, period: "DAY" } }, one: {} } },
    { apiKeys: { another: { burstLimit: 5 } } },
    { apiKeys: { another: {} }, apiAuth: "apiKey" },
    { apiAuth: "apiKey" },
  ]),
  journey("keys in addition to another kind of authorization", REST, [
    { apiKeys: { one: {} } },
    { apiKeys: { one: {} }, doors: ["bufferedApi", "streamingApi"] },
    { apiKeys: { one: {}, two: {} }, apiAuth: "jwt", jwt: JWT },
  ]),
  keyWalk("cognito", POOLS, [
    { deletionProtection: false },
    { callbackUrls, deletionProtection: false },
    { callbackUrls: [...callbackUrls, "http://localhost:3000/signed-in"], deletionProtection: false },
    POOL,
    { ...POOL, scopes: ["my-api/invoke", "my-api/stop"] },
  ]),
];
