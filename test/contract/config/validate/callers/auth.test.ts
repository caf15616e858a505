import assert from "node:assert/strict";
import { checkSettings } from "../../../../../contract/config/check";
import { RUNTIME_ARN } from "../../../../support/program/components";

const POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:my-authorizer";
const jwt = { issuer: "https://login.example.com/", audience: ["agent"] };
const good = { agentRuntimeArn: RUNTIME_ARN };

const check = (change: object): unknown => checkSettings({ ...good, ...change }, "us-east-1");
const keys = (apiKeys: unknown): object => ({ apiAuth: "apiKey", apiKeys });
const key = (entry: unknown): object => keys({ partner: entry });
const cognito = (value: unknown): object => ({ apiAuth: "cognito", cognito: value });
const token = (change: object): object => ({ apiAuth: "jwt", jwt: { ...jwt, ...change } });
const custom = (change: object): object => ({
  apiAuth: "custom",
  customAuthorizer: { functionArn: FUNCTION, ...change },
});
const many = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("the config of inbound auth", () => {
  for (const [title, change] of Object.entries<object>({
    "signatures with a key": { apiAuth: "iam", apiKeys: { partner: {} } },
    "keys without a name": { apiAuth: "apiKey" },
    "keys with quotas": key({ rateLimit: 50, burstLimit: 100, quota: { limit: 1, period: "WEEK" } }),
    "a pool for machines": { apiAuth: "cognito" },
    "a pool for an app": cognito({
      callbackUrls: ["https://a.example", "http://localhost:3000/in"],
      deletionProtection: false,
    }),
    "a pool that exists": cognito({ userPoolArn: POOL, scopes: ["api/invoke"] }),
    "an issuer": token({ scopes: ["a", "b:c"], jwksUri: "https://keys.example/jwks?v=1", cacheSeconds: 300 }),
    "an issuer of ID tokens": token({ tokens: ["access", "id"], refusedKeys: ["kid"] }),
    "roles of an issuer": token({ scopes: ["Agent.Invoke"], scopeClaims: ["scp", "roles"] }),
    "an issuer and a key": { ...token({}), apiKeys: { partner: {} } },
    "a function": custom({ identityHeader: "X-Token", cacheSeconds: 0 }),
    "a function's alias": custom({ functionArn: `${FUNCTION}:live` }),
    "keys with a Function URL only": { apiAuth: "apiKey", doors: ["streamingUrl"] },
  })) {
    it(`can be ${title}`, () => {
      check(change);
    });
  }

  for (const [change, says] of [
    [{ apiAuth: "none" }, /`apiAuth` is "none"\. Use iam, apiKey, cognito, jwt, custom/],
    [{ apiAuth: "apikeys" }, /`apiAuth` is "apikeys" \(did you mean `apiKey`\?\)/],
    [{ apiAuth: 5 }, /`apiAuth` is 5/],
    [{ jwt }, /`jwt` is set, but `apiAuth` is "iam"\. Set `apiAuth` to jwt, or `edgeAuth` at an edge, or remove `jwt`/],
    [{ cognito: { scopes: [] } }, /`cognito` is set, but `apiAuth` is "iam"/],
    [{ customAuthorizer: { functionArn: FUNCTION } }, /`customAuthorizer` is set.*Set `apiAuth` to custom/],
    [{ ...token({}), cognito: { userPoolArn: POOL } }, /`cognito` is set, but `apiAuth` is "jwt"/],
    [{ jwt: [] }, /`jwt` is \[\], which is not an object/],
    [{ cognito: null }, /`cognito` is null, which is not an object/],
    [{ ...token({}), doors: ["streamingUrl"] }, /`apiAuth` is set, but `doors` has no REST door.*IAM signatures only/],
    [{ apiKeys: { a: {} }, doors: ["streamingUrl"] }, /`apiKeys` is set, but `doors` has no REST door/],
    // apiKeys
    [keys("partner"), /`apiKeys` is "partner"\. Use a map/],
    [keys(["partner"]), /`apiKeys` is \["partner"\]\. Use a map/],
    [keys({ "my key": {} }), /`apiKeys` names the key "my key"\. Use up to 64 letters, digits, - and _/],
    [keys({ ["k".repeat(65)]: {} }), /up to 64 letters/],
    [keys({ "": {} }), /names the key ""/],
    [keys(Object.fromEntries(many(301).map((n) => [`k${n}`, {}]))), /has 301 entries\. An account has 300 usage plans/],
    [key(7), /`apiKeys\.partner` is 7\. Use \{ rateLimit, burstLimit, quota \}/],
    [key(null), /`apiKeys\.partner` is null/],
    [key({ ratelimit: 1 }), /`apiKeys\.partner\.ratelimit` does not exist \(did you mean `rateLimit`\?\)/],
    [key({ rateLimit: 0 }), /`apiKeys\.partner\.rateLimit` is 0\. Use a whole number from 1/],
    [key({ rateLimit: "5" }), /`apiKeys\.partner\.rateLimit` is "5"/],
    [
      key({ rateLimit: 51 }),
      /rateLimit` is 51\. Use a whole number from 1 to 50 \(what `throttleRateLimit` lets the whole stage take; raise it first/,
    ],
    [
      key({ burstLimit: 101 }),
      /burstLimit` is 101\. Use a whole number from 1 to 100 \(what `throttleBurstLimit` lets/,
    ],
    [key({ burstLimit: 1.5 }), /burstLimit` is 1\.5/],
    [key({ quota: 1000 }), /`apiKeys\.partner\.quota` is 1000\. Use \{ limit, period \}/],
    [key({ quota: { period: "DAY" } }), /quota\.limit` is missing\. Use a whole number/],
    [key({ quota: { limit: 0, period: "DAY" } }), /quota\.limit` is 0/],
    [key({ quota: { limit: 2 ** 31, period: "DAY" } }), /quota\.limit` is 2147483648.*from 1 to 2147483647/],
    [key({ quota: { limit: 1, period: "HOUR" } }), /quota\.period` is "HOUR"\. Use DAY, WEEK, MONTH/],
    [key({ quota: { limit: 1, period: "DAY", offset: 1 } }), /quota\.offset` does not exist/],
    // cognito
    [cognito({ userPool: POOL }), /`cognito\.userPool` does not exist/],
    [
      cognito({ userPoolArn: "us-east-1_AbCdEf123", scopes: ["a"] }),
      /`cognito\.userPoolArn` is "us-east-1_.*not the ARN of a user pool/,
    ],
    [cognito({ userPoolArn: 3, scopes: ["a"] }), /`cognito\.userPoolArn` is 3/],
    [
      cognito({ userPoolArn: POOL.replaceAll("us-east-1", "eu-west-1"), scopes: ["a"] }),
      /`cognito\.userPoolArn` is in eu-west-1, but the stack deploys to us-east-1/,
    ],
    [cognito({ userPoolArn: POOL.replace("us-east-1_", "eu-west-1_"), scopes: ["a"] }), /not the ARN of a user pool/],
    [cognito({ userPoolArn: POOL }), /`cognito\.scopes` is missing\..*would take id tokens/],
    [cognito({ userPoolArn: POOL, scopes: [] }), /`cognito\.scopes` is \[\]\. Use a list of 1 to 50 scopes/],
    [
      cognito({ userPoolArn: POOL, scopes: ["a b"] }),
      /`cognito\.scopes` contains "a b", which is not a scope.*RFC 6749/,
    ],
    [cognito({ userPoolArn: POOL, scopes: ["a", "a"] }), /`cognito\.scopes` names the scope "a" twice/],
    [
      cognito({ userPoolArn: POOL, scopes: ["a"], callbackUrls: ["https://a.example"] }),
      /`cognito\.callbackUrls` is set in addition to `cognito\.userPoolArn`/,
    ],
    [
      cognito({ userPoolArn: POOL, scopes: ["a"], deletionProtection: true }),
      /`cognito\.deletionProtection` is set in addition to/,
    ],
    [cognito({ scopes: ["a"] }), /`cognito\.scopes` is set without `cognito\.userPoolArn`/],
    [cognito({ deletionProtection: "no" }), /`cognito\.deletionProtection` is "no"\. Use true or false/],
    [cognito({ callbackUrls: "https://a.example" }), /`cognito\.callbackUrls` is "https.*Use a list of URLs/],
    [
      cognito({ callbackUrls: ["http://a.example"] }),
      /contains "http:\/\/a\.example"\. Use https URLs \(or http:\/\/localhost\)/,
    ],
    [cognito({ callbackUrls: ["https://a.example/#in"] }), /without a fragment/],
    [cognito({ callbackUrls: ["app"] }), /contains "app"/],
    [
      cognito({ callbackUrls: many(101).map((n) => `https://a.example/${n}`) }),
      /has 101 entries.*accepts 100; remove 1/,
    ],
    // jwt
    [{ apiAuth: "jwt" }, /`jwt\.issuer` is missing, and `apiAuth` jwt needs it[^]*`jwt\.audience` is missing\. Name/],
    [token({ issuer: "http://login.example.com" }), /`jwt\.issuer` is "http:.*Use an https URL/],
    [token({ issuer: "login.example.com" }), /`jwt\.issuer` is "login\.example\.com"/],
    [token({ issuer: "https://login.example.com/?a=b" }), /without query and fragment/],
    [token({ issuer: 1 }), /`jwt\.issuer` is 1/],
    [token({ audience: [] }), /`jwt\.audience` is \[\]\. Name at least one audience.*another API of the same issuer/],
    [token({ audience: "agent" }), /`jwt\.audience` is "agent"/],
    [token({ audience: ["a", "a"] }), /`jwt\.audience` names the audience "a" twice/],
    [token({ scopes: "a b" }), /`jwt\.scopes` is "a b"\. Use a list of 0 to 50/],
    [token({ scopes: ['a"'] }), /`jwt\.scopes` contains/],
    [token({ jwksUri: "http://keys.example" }), /`jwt\.jwksUri` is "http:.*Use an https URL, or leave it out/],
    [token({ jwksUri: [] }), /`jwt\.jwksUri` is \[\]/],
    [token({ cacheSeconds: 301 }), /`jwt\.cacheSeconds` is 301\. Use a whole number from 0 to 300 \(AWS accepts 3600/],
    [token({ tokens: ["id"] }), /`jwt\.tokens` is \["id"\]\. Use \[access\], or \[access, id\]/],
    [token({ tokens: [] }), /`jwt\.tokens` is \[\]/],
    [token({ tokens: "access" }), /`jwt\.tokens` is "access"/],
    [token({ tokens: ["access", "refresh"] }), /`jwt\.tokens` is \["access","refresh"\]/],
    [token({ tokens: ["access", "access"] }), /`jwt\.tokens` names the kind "access" twice/],
    [token({ scopeClaims: "roles", scopes: ["a"] }), /`jwt\.scopeClaims` is "roles"\. Use a list of up to 20 texts/],
    [token({ scopeClaims: [" "], scopes: ["a"] }), /`jwt\.scopeClaims` is \[" "\]/],
    [
      token({ scopeClaims: ["roles"] }),
      /`jwt\.scopeClaims` is set without `jwt\.scopes`.*Set `jwt\.scopes`, or remove/,
    ],
    [token({ refusedKeys: "kid" }), /`jwt\.refusedKeys` is "kid"\. Use a list of up to 20 texts, each the `kid`/],
    [token({ refusedKeys: ["a", "a"] }), /`jwt\.refusedKeys` names the key "a" twice/],
    [token({ refusedKeys: many(21).map(String) }), /`jwt\.refusedKeys` is .*up to 20/],
    [
      token({ audience: many(300).map((n) => `https://agent.example.com/${n}`) }),
      /`jwt` needs \d+ bytes in the environment/,
    ],
    [token({ jwksURL: "x" }), /`jwt\.jwksURL` does not exist/],
    // customAuthorizer
    [{ apiAuth: "custom" }, /`customAuthorizer\.functionArn` is missing, and `apiAuth` custom needs it/],
    [
      custom({ functionArn: "my-authorizer" }),
      /`customAuthorizer\.functionArn` is "my-authorizer".*not the ARN of a function/,
    ],
    [custom({ functionArn: `${FUNCTION}:$LATEST` }), /\$LATEST may not/],
    [custom({ functionArn: {} }), /`customAuthorizer\.functionArn` is \{\}/],
    [
      custom({ functionArn: FUNCTION.replace("us-east-1", "eu-west-1") }),
      /functionArn` is in eu-west-1, but the stack deploys/,
    ],
    [custom({ identityHeader: "X Token" }), /identityHeader` is "X Token"\. Use a header's name/],
    [custom({ identityHeader: null }), /identityHeader` is null/],
    [
      custom({ identityHeader: "x-api-key" }),
      /identityHeader` is "x-api-key", which AWS, HTTP or the usage plan reads/,
    ],
    [custom({ cacheSeconds: -1 }), /`customAuthorizer\.cacheSeconds` is -1/],
    [custom({ type: "REQUEST" }), /`customAuthorizer\.type` does not exist/],
  ] as [object, RegExp][]) {
    it(`refuses ${JSON.stringify(change).slice(0, 120)}`, () => {
      assert.throws(() => check(change), says);
    });
  }

  const STRANGE = [null, 0, "", "x", true, [], [[null]], {}, { a: null }, { issuer: {}, audience: {}, scopes: {} }];
  it("refuses or takes values of any type without a fault of its own", () => {
    const nested = STRANGE.flatMap((value) => [
      value,
      { partner: value },
      { partner: { quota: value, rateLimit: value } },
    ]);
    for (const apiAuth of ["iam", "apiKey", "cognito", "jwt", "custom", ...STRANGE]) {
      for (const name of ["apiKeys", "cognito", "jwt", "customAuthorizer"]) {
        for (const value of nested) {
          try {
            check({ apiAuth, [name]: value });
          } catch (error) {
            assert.match(String(error), /The stack config cannot be deployed:/, JSON.stringify([apiAuth, name, value]));
          }
        }
      }
    }
  });
});

describe("user pools in a partition without them", () => {
  const runtime = RUNTIME_ARN.replace("arn:aws:", "arn:aws-cn:").replace("us-east-1", "cn-north-1");
  const inChina = (change: object) => checkSettings({ agentRuntimeArn: runtime, ...change }, "cn-north-1");

  it("are refused, created or existing", () => {
    const POOL_IN_CHINA = "arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/cn-north-1_AbCdEf123";
    for (const pool of [{}, { userPoolArn: POOL_IN_CHINA, scopes: ["api/invoke"] }]) {
      assert.throws(
        () => inChina(cognito(pool)),
        /`apiAuth` is cognito, but the stack deploys to cn-north-1, which has no Cognito user pools.*Use jwt/,
      );
    }
  });

  it("are all that is refused there", () => {
    for (const change of [{}, { apiAuth: "apiKey" }, token({})]) inChina(change);
  });
});
