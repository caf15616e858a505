import assert from "node:assert/strict";
import { secretIn } from "../../policy/aws/secrets";

// Put together at run time: scanners of repositories look for these forms as well.
const SECRETS: Readonly<Record<string, string>> = {
  "an AWS access key id": ["AKIA", "IOSFODNN7EXAMPLE"].join(""),
  "a temporary AWS access key id": ["ASIA", "IOSFODNN7EXAMPLE"].join(""),
  "a private key": ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"].join(""),
  "a PKCS #8 private key": ["-----BEGIN ", "PRIVATE KEY-----"].join(""),
  "a JSON Web Token": ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2lnbmF0dXJl"].join("."),
  "a bearer token": "Bearer 0123456789abcdef",
  "basic credentials": "basic dXNlcjpwYXNzd29yZA==",
  "a GitHub token": `ghp_${"a1".repeat(18)}`,
  "a fine-grained GitHub token": `github_pat_${"a1".repeat(20)}`,
  "a GitLab token": `glpat-${"a1".repeat(10)}`,
  "a Slack token": ["xoxb", "123456789012", "abcdefghij"].join("-"),
  "a Slack webhook": ["https://hooks.slack.com", "services", "T0", "B0"].join("/"),
  "a Stripe key": ["sk", "live", "a1".repeat(12)].join("_"),
  "a model provider's key": ["sk", "ant", "api03", "a1".repeat(20)].join("-"),
  "a Google key": `AIza${"a".repeat(35)}`,
  "a URL with a password": "postgres://user:hunter2@db.internal:5432/app",
};

describe("a secret in a variable", () => {
  for (const [what, value] of Object.entries(SECRETS))
    it(`knows ${what}, whatever its name`, () => {
      assert.ok(secretIn("SETTING", value));
    });

  for (const name of [
    "PASSWORD",
    "dbPassword",
    "CLIENT_SECRET",
    "apiKey",
    "API_KEY",
    "x-api-key",
    "authToken",
    "TOKEN_1",
    "passwd",
  ])
    it(`knows a secret by its name ${name}`, () => {
      assert.ok(secretIn(name, "hunter2"));
      assert.ok(!secretIn(name, ""), "nothing is no secret");
      assert.ok(!secretIn(name, "arn:aws:secretsmanager:us-east-1:123456789012:secret:x"), "an ARN is no secret");
      assert.ok(!secretIn(name, "true"), "a switch is no secret");
    });

  for (const [name, value] of [
    ["MAX_TOKENS", "4096"],
    ["SECRET_NAME", "prod/db"],
    ["SECRET_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x"],
    ["TOKEN_URL", "https://idp.example.com/token"],
    ["AGENT_RUNTIME_ARN", "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5"],
    ["JWT_SETTINGS", '{"issuer":"https://idp.example.com","audience":["x"]}'],
    ["STOP_SESSION", "true"],
    ["KEYBOARD", "qwerty"],
    ["MODEL", "task-force-and-more-than-twenty-characters"],
  ] as const)
    it(`leaves ${name} alone`, () => {
      assert.ok(!secretIn(name, value));
    });
});
