import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { examine } from "../../../local/doctor/examine";
import type { Finding } from "../../../local/doctor/finding";
import { ROOT } from "../../support/local/frontDoor";
import { ACCOUNT, certificate, CERTIFICATE_ARN, FINE, lambdaAccount, RUNTIME, RUNTIME_ARN, zones } from "./answers";
import { AwsDouble, type Answers } from "./awsDouble";

type State = Finding["state"];

interface Case {
  /** The check, by the start of its name. */
  readonly check: string;
  readonly state: State;
  readonly says: RegExp;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Config of the aws provider. */
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly answers?: Answers;
}

const DOMAIN = { domain: { name: "agent.acme.dev", certificateArn: CERTIFICATE_ARN } };
const PRIVATE = { privateNetwork: true };
const DENIED = { status: 403, error: "AccessDeniedException" };
const NOT_FOUND = { status: 404, error: "ResourceNotFoundException" };
const runtime = (changes: object): Answers => ({
  "bedrock-agentcore:GetAgentRuntime": { body: { ...RUNTIME, ...changes } },
});
const jwt = {
  authorizerConfiguration: {
    customJWTAuthorizer: { discoveryUrl: "https://issuer.acme.dev/.well-known/openid-configuration" },
  },
};

const CASES: readonly Case[] = [
  {
    check: "account",
    state: "fine",
    says: new RegExp(`^${ACCOUNT}, as arn:aws:sts::${ACCOUNT}:assumed-role/deployer/me, in us-east-1$`),
  },
  {
    check: "account",
    state: "fine",
    says: /./,
    aws: { allowedAccountIds: [ACCOUNT], forbiddenAccountIds: ["999999999999"] },
  },
  {
    check: "account",
    state: "wrong",
    says: /`aws:allowedAccountIds` does not allow/,
    aws: { allowedAccountIds: ["999999999999"] },
  },
  {
    check: "account",
    state: "wrong",
    says: /`aws:forbiddenAccountIds` forbids/,
    aws: { forbiddenAccountIds: [ACCOUNT] },
  },
  {
    check: "account",
    state: "not checked",
    says: /refuses the credentials/,
    answers: { "sts:GetCallerIdentity": { status: 403, error: "ExpiredToken" } },
  },
  { check: "placeholders", state: "fine", says: /no value is an example/ },
  {
    check: "placeholders",
    state: "wrong",
    says: /the account 123456789012 is an example/,
    config: { callers: ["123456789012"], doors: ["streamingUrl"] },
  },
  { check: "runtime of default", state: "fine", says: /^READY, version 3$/ },
  {
    check: "runtime of default",
    state: "wrong",
    says: /does not exist/,
    answers: { "bedrock-agentcore:GetAgentRuntime": NOT_FOUND },
  },
  {
    check: "runtime of default",
    state: "wrong",
    says: /It is CREATE_FAILED\. image/,
    answers: runtime({ status: "CREATE_FAILED", failureReason: "image" }),
  },
  { check: "runtime of default", state: "wrong", says: /It is UPDATING/, answers: runtime({ status: "UPDATING" }) },
  {
    check: "runtime of default",
    state: "not checked",
    says: /bedrock-agentcore:GetAgentRuntime is denied/,
    answers: { "bedrock-agentcore:GetAgentRuntime": DENIED },
  },
  {
    check: "runtime of default",
    state: "not checked",
    says: /of the account 333344445555/,
    config: { agentRuntimeArn: RUNTIME_ARN.replace(ACCOUNT, "333344445555") },
  },
  {
    check: "runtime of support",
    state: "fine",
    says: /READY/,
    config: { agents: { support: { agentRuntimeArn: RUNTIME_ARN } } },
  },
  { check: "runtime", state: "not checked", says: /sample agent/, config: { agentRuntimeArn: "", sampleAgent: true } },
  { check: "inbound auth of default", state: "fine", says: /^sigv4/ },
  {
    check: "inbound auth of default",
    state: "wrong",
    says: /bearer tokens .* `runtimeAuth` is sigv4/,
    answers: runtime(jwt),
  },
  {
    check: "inbound auth of default",
    state: "wrong",
    says: /IAM signatures only, and `runtimeAuth` is oauth/,
    config: { runtimeAuth: "oauth" },
  },
  {
    check: "inbound auth of default",
    state: "fine",
    says: /^oauth/,
    config: { runtimeAuth: "oauth" },
    answers: runtime(jwt),
  },
  { check: "protocol of default", state: "fine", says: /^HTTP$/ },
  {
    check: "protocol of default",
    state: "fine",
    says: /^AGUI$/,
    answers: runtime({ protocolConfiguration: { serverProtocol: "AGUI" } }),
  },
  {
    check: "protocol of default",
    state: "wrong",
    says: /speaks MCP/,
    answers: runtime({ protocolConfiguration: { serverProtocol: "MCP" } }),
  },
  { check: "headers of default", state: "not checked", says: /no custom header/ },
  {
    check: "headers of default",
    state: "fine",
    says: /Custom-Tenant/,
    config: { headerMap: { "X-Tenant": "Tenant" } },
  },
  {
    check: "headers of default",
    state: "wrong",
    says: /does not allow X-Amzn-Bedrock-AgentCore-Runtime-Custom-Caller,/,
    config: { callerHeader: { name: "Caller" } },
  },
  {
    check: "headers of default",
    state: "wrong",
    says: /does not allow/,
    config: { headerMap: { "X-Tenant": "Tenant" } },
    answers: runtime({ requestHeaderConfiguration: undefined }),
  },
  { check: "endpoint DEFAULT of default", state: "fine", says: /^READY, version 3$/ },
  {
    check: "endpoint live of default",
    state: "wrong",
    says: /no such endpoint/,
    config: { qualifier: "live" },
    answers: { "bedrock-agentcore:GetAgentRuntimeEndpoint": NOT_FOUND },
  },
  {
    check: "endpoint next of default",
    state: "fine",
    says: /READY/,
    config: { canary: { qualifier: "next", weight: 5 } },
  },
  {
    check: "endpoint DEFAULT of default",
    state: "wrong",
    says: /It is CREATING/,
    answers: { "bedrock-agentcore:GetAgentRuntimeEndpoint": { body: { status: "CREATING", liveVersion: "1" } } },
  },
  {
    check: "endpoint DEFAULT of default",
    state: "not checked",
    says: /GetAgentRuntimeEndpoint is denied/,
    answers: { "bedrock-agentcore:GetAgentRuntimeEndpoint": DENIED },
  },
  { check: "API Gateway's logging role", state: "fine", says: /role\/apigateway-logs$/ },
  {
    check: "API Gateway's logging role",
    state: "fine",
    says: /this stack sets it/,
    config: { ownsAccountLogging: true },
    answers: { "apigateway:GetAccount": { body: {} } },
  },
  {
    check: "API Gateway's logging role",
    state: "fine",
    says: /this stack replaces it/,
    config: { ownsAccountLogging: true },
  },
  {
    check: "API Gateway's logging role",
    state: "wrong",
    says: /has none in us-east-1/,
    answers: { "apigateway:GetAccount": { body: {} } },
  },
  {
    check: "API Gateway's logging role",
    state: "not checked",
    says: /no REST door/,
    config: { doors: ["streamingUrl"], callers: [ACCOUNT] },
  },
  {
    check: "API Gateway's logging role",
    state: "not checked",
    says: /apigateway:GET on \/account is denied/,
    answers: { "apigateway:GetAccount": DENIED },
  },
  { check: "Lambda concurrency", state: "fine", says: /1000 in the account, 1000 not reserved, 0 needed/ },
  { check: "Lambda concurrency", state: "fine", says: /900 needed/, config: { reservedConcurrency: 900 } },
  {
    check: "Lambda concurrency",
    state: "wrong",
    says: /reserve 1 x 901, and the account has 900/,
    config: { reservedConcurrency: 901 },
  },
  {
    check: "Lambda concurrency",
    state: "wrong",
    says: /reserve 2 x 300, and the account has 500 to reserve: 600/,
    config: { doors: ["bufferedApi", "streamingApi"], reservedConcurrency: 300 },
    answers: { "lambda:GetAccountSettings": lambdaAccount(1000, 600) },
  },
  {
    check: "Lambda concurrency",
    state: "wrong",
    says: /has 10 concurrent requests/,
    answers: { "lambda:GetAccountSettings": lambdaAccount(10) },
  },
  {
    check: "Lambda concurrency",
    state: "not checked",
    says: /lambda:GetAccountSettings is denied/,
    answers: { "lambda:GetAccountSettings": DENIED },
  },
  {
    check: "Lambda concurrency",
    state: "not checked",
    says: /did not answer: ServiceException/,
    answers: { "lambda:GetAccountSettings": { status: 500, error: "ServiceException" } },
  },
  { check: "Lambda code storage", state: "fine", says: /^0\.9 GB of 75\.0 GB used by 12 functions$/ },
  {
    check: "Lambda code storage",
    state: "wrong",
    says: /75\.0 GB of 75\.0 GB/,
    answers: { "lambda:GetAccountSettings": lambdaAccount(1000, 1000, 80_530_000_000) },
  },
  { check: "certificate", state: "not checked", says: /no domain/ },
  {
    check: "certificate of domain",
    state: "fine",
    says: /ISSUED for agent\.acme\.dev, \*\.acme\.dev, in us-east-1/,
    config: DOMAIN,
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /PENDING_VALIDATION/,
    config: DOMAIN,
    answers: { "acm:DescribeCertificate": certificate({ Status: "PENDING_VALIDATION" }) },
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /FAILED \(CAA_ERROR\)/,
    config: DOMAIN,
    answers: { "acm:DescribeCertificate": certificate({ Status: "FAILED", FailureReason: "CAA_ERROR" }) },
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /for www\.acme\.dev, not for agent\.acme\.dev/,
    config: DOMAIN,
    answers: {
      "acm:DescribeCertificate": certificate({ DomainName: "www.acme.dev", SubjectAlternativeNames: ["www.acme.dev"] }),
    },
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /expires in 3 days/,
    config: DOMAIN,
    answers: { "acm:DescribeCertificate": certificate({ NotAfter: Date.now() / 1000 + 3 * 86_400 }) },
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /does not exist/,
    config: DOMAIN,
    answers: { "acm:DescribeCertificate": { status: 400, error: "ResourceNotFoundException" } },
  },
  {
    check: "certificate of domain",
    state: "wrong",
    says: /is of the account 333344445555/,
    config: { domain: { ...DOMAIN.domain, certificateArn: CERTIFICATE_ARN.replace(ACCOUNT, "333344445555") } },
  },
  {
    check: "certificate of domain",
    state: "not checked",
    says: /acm:DescribeCertificate is denied/,
    config: DOMAIN,
    answers: { "acm:DescribeCertificate": DENIED },
  },
  {
    check: "certificate of edgeDomain",
    state: "fine",
    says: /in us-east-1/,
    config: { doors: ["streamingUrl"], edge: true, edgeDomain: DOMAIN.domain },
  },
  { check: "endpoint zones", state: "not checked", says: /no private network/ },
  {
    check: "zones of com.amazonaws.us-east-1.bedrock-agentcore",
    state: "fine",
    says: /^us-east-1a, us-east-1b$/,
    config: PRIVATE,
  },
  {
    check: "zones of com.amazonaws.us-east-1.logs",
    state: "fine",
    says: /us-east-1a/,
    config: {
      ...PRIVATE,
      vpcId: "vpc-0b1c2d3e4f506172a",
      subnetIds: ["subnet-0b1c2d3e4f506172a", "subnet-0b1c2d3e4f506172b"],
    },
  },
  {
    check: "zones of com.amazonaws.us-east-1.bedrock-agentcore",
    state: "wrong",
    says: /not in us-east-1b/,
    config: PRIVATE,
    answers: { "ec2:DescribeVpcEndpointServices": zones("us-east-1a", "us-east-1c") },
  },
  {
    check: "zones of com.amazonaws.us-east-1.bedrock-agentcore",
    state: "wrong",
    says: /no such endpoint service/,
    config: PRIVATE,
    answers: { "ec2:DescribeVpcEndpointServices": { error: "InvalidServiceName" } },
  },
  {
    check: "zones of com.amazonaws.us-east-1.xray",
    state: "not checked",
    says: /DescribeVpcEndpointServices is denied/,
    config: PRIVATE,
    answers: { "ec2:DescribeVpcEndpointServices": { status: 403, error: "UnauthorizedOperation" } },
  },
  {
    check: "endpoint zones",
    state: "not checked",
    says: /is denied/,
    config: PRIVATE,
    answers: { "ec2:DescribeAvailabilityZones": { status: 403, error: "UnauthorizedOperation" } },
  },
  { check: "stack config", state: "fine", says: /is valid for us-east-1/ },
  {
    check: "stack config",
    state: "wrong",
    says: /`doors` contains "streamingUri"/,
    config: { doors: ["streamingUri"] },
  },
  {
    check: "stack config",
    state: "wrong",
    says: /Did you mean/i,
    config: { "agentcore-frontdoor:doors": ["streamingUrl"] },
  },
];

describe("npm run doctor, each check in its states", () => {
  let double: AwsDouble;
  let answers: Answers = FINE;
  let folder: string;
  const before_: Record<string, string | undefined> = {};

  before(async () => {
    double = await AwsDouble.start(() => answers);
    folder = mkdtempSync(join(tmpdir(), "doctor-"));
    for (const [name, value] of Object.entries(double.environment)) {
      before_[name] = process.env[name];
      process.env[name] = value;
    }
  });
  after(async () => {
    for (const [name, value] of Object.entries(before_)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true });
    await double.stop();
  });

  async function findings({
    config = {},
    aws = {},
    answers: changes = {},
  }: Partial<Case>): Promise<readonly Finding[]> {
    answers = { ...FINE, ...changes };
    const own = { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingApi"], ...config };
    const full = (prefix: string, values: object) =>
      Object.entries(values).map(
        ([key, value]) => [key.includes(":") ? key : `${prefix}:${key}`, value as unknown] as const,
      );
    const keys = Object.fromEntries([
      ...full("aws", { region: "us-east-1", ...aws }),
      ...full("agentcore-front-door", own),
    ]);
    const configFile = join(folder, "Pulumi.test.yaml");
    writeFileSync(configFile, stringify({ config: keys }));
    const found: Finding[] = [];
    const command = () => Promise.resolve("[]");
    await examine({ stack: "test", configFile, offline: false }, ROOT, (finding) => found.push(finding), command);
    return found;
  }

  for (const each of CASES) {
    it(`${each.check} is ${each.state}: ${each.says.source}`, async () => {
      const found = await findings(each);
      const matching = found.filter(
        ({ check, state, text }) => check === each.check && state === each.state && each.says.test(text),
      );
      assert.equal(matching.length, 1, JSON.stringify(found, null, 1));
      if (each.state === "wrong") assert.ok(matching[0]?.remedy);
    });
  }

  it("has every check in this table in each state that it can have", () => {
    const families = new Map<string, Set<State>>();
    const family = (check: string) =>
      check.replace(/ of .*/, "").replace(/^endpoint \w+$/, (name) => (name === "endpoint zones" ? name : "endpoint"));
    for (const { check, state } of CASES)
      families.set(family(check), (families.get(family(check)) ?? new Set()).add(state));
    const all = (name: string) => [...(families.get(name) ?? [])].sort();
    for (const name of [
      "account",
      "runtime",
      "API Gateway's logging role",
      "Lambda concurrency",
      "certificate",
      "headers",
      "endpoint",
      "zones",
    ])
      assert.deepEqual(all(name), ["fine", "not checked", "wrong"], name);
  });

  it("says the account first", async () => {
    assert.equal((await findings({}))[0]?.check, "account");
  });

  it("asks nothing more of an account that the stack does not allow", async () => {
    double.calls.length = 0;
    const found = await findings({ aws: { allowedAccountIds: ["999999999999"] } });
    assert.deepEqual(
      double.calls.map(({ operation }) => operation),
      ["sts:GetCallerIdentity"],
    );
    assert.equal(found.filter(({ text }) => text === "There is no account to ask.").length, 5);
  });

  it("only reads", async () => {
    double.calls.length = 0;
    await findings({ config: { ...DOMAIN, ...PRIVATE } });
    const operations = [...new Set(double.calls.map(({ operation }) => operation))];
    assert.ok(operations.length >= 7, operations.join());
    for (const operation of operations) assert.match(operation, /:(?:Get|Describe)/);
  });

  it("prints no secret", async () => {
    const text = JSON.stringify(
      await findings({ answers: { "sts:GetCallerIdentity": { status: 403, error: "InvalidClientTokenId" } } }),
    );
    assert.ok(!text.includes("secret-of-the-test"));
  });
});
