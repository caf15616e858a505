import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixAccountLogging } from "../../../local/doctor/aws/accountLogging";
import type { Finding } from "../../../local/doctor/finding";
import { readDoctorOptions } from "../../../local/doctor/options";
import { checkStackConfig } from "../../../local/doctor/stackConfig";
import { ROOT } from "../../support/local/frontDoor";
import { ACCOUNT, FINE } from "./answers";
import { AwsDouble, type Answers } from "./awsDouble";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a process of its own, with only these variables. */
function doctor(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "local/doctor/main.ts", ...args], {
    cwd: ROOT,
    env: { HOME: "/nonexistent", PATH: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

describe("npm run doctor, the command", () => {
  let double: AwsDouble;
  let answers: Answers = FINE;
  before(async () => (double = await AwsDouble.start(() => answers)));
  after(() => double.stop());

  it("does without credentials and says so in each line", async () => {
    const { code, stdout } = await doctor({}, "--stack", "streaming");
    assert.equal(code, 1);
    assert.match(stdout, /^not checked {2}account: There are no credentials/);
    assert.match(stdout, /^wrong {8}Pulumi CLI: There is no `pulumi` on PATH\.$/m);
    assert.match(stdout, /^wrong {8}placeholders: `agentRuntimeArn` is /m);
    assert.equal(stdout.match(/There is no account to ask\./g)?.length, 5);
    assert.match(stdout, /\n\d fine, 2 wrong, \d not checked\n$/);
  });

  it("prints JSON for CI, and asks with the credentials that it finds", async () => {
    answers = FINE;
    const { code, stdout, stderr } = await doctor(double.environment, "--stack", "streaming", "--json");
    assert.equal(code, 1, stderr);
    const findings = JSON.parse(stdout) as Finding[];
    const [first] = findings;
    assert.ok(first);
    assert.equal(first.state, "fine");
    assert.match(first.text, new RegExp(`^${ACCOUNT}, as `));
    assert.match(stderr, /^fine {9}account: /);
    assert.ok(!stdout.includes("secret-of-the-test") && !stderr.includes("secret-of-the-test"));
  });

  it("ends with 2 for wrong options, and names the remedy", async () => {
    const { code, stderr } = await doctor({}, "--fix", "everything");
    assert.equal(code, 2);
    assert.match(stderr, /--fix is "everything"\. Use account-logging\./);
    assert.throws(() => readDoctorOptions(["--fix", "account-logging", "--offline"]), /needs credentials/);
    assert.throws(() => readDoctorOptions(["--yes"]), /only for --fix/);
    assert.equal(readDoctorOptions(["-h"]), "help");
  });

  it("does not set anything without an answer", async () => {
    answers = { ...FINE, "apigateway:GetAccount": { body: {} } };
    double.calls.length = 0;
    const { code, stdout } = await doctor(double.environment, "--stack", "streaming", "--fix", "account-logging");
    assert.equal(code, 1);
    assert.match(stdout, /There is no terminal to ask at\. Add --yes to go on\.\nNothing was changed\.\n$/);
    assert.ok(double.calls.every(({ operation }) => /:(?:Get|Describe)/.test(operation)));
  });
});

describe("npm run doctor -- --fix account-logging", () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/apigateway-logs-us-east-1`;
  const role = (name: string) => ({
    body: `<${name}Response><${name}Result><Role><Arn>${ROLE}</Arn></Role></${name}Result></${name}Response>`,
  });
  const attached = { body: "<AttachRolePolicyResponse></AttachRolePolicyResponse>" };
  const NEW: Answers = {
    "apigateway:GetAccount": { body: {} },
    "iam:CreateRole": role("CreateRole"),
    "iam:GetRole": role("GetRole"),
    "iam:AttachRolePolicy": attached,
    "apigateway:UpdateAccount": { body: { cloudwatchRoleArn: ROLE } },
  };

  async function fix(
    answers: Answers,
    yes = true,
  ): Promise<{ done: boolean; said: string; operations: string[]; waits: number }> {
    const double = await AwsDouble.start(() => answers);
    const { stack } = checkStackConfig("streaming", undefined);
    assert.ok(stack);
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const account = {
      credentials: () => Promise.resolve(credentials),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1000, requestTimeout: 1000 },
      endpoint: double.url,
      accountId: ACCOUNT,
      partition: "aws",
    };
    const said: string[] = [];
    let waits = 0;
    try {
      const conversation = { say: (line: string) => said.push(line), confirm: () => Promise.resolve(yes) };
      const done = await fixAccountLogging(account, stack, conversation, () => {
        waits++;
        return Promise.resolve();
      });
      return { done, said: said.join("\n"), operations: double.calls.map(({ operation }) => operation), waits };
    } finally {
      await double.stop();
    }
  }

  it("creates the role with AWS's policy, and sets it", async () => {
    const { done, said, operations } = await fix(NEW);
    assert.ok(done);
    assert.deepEqual(operations, [
      "apigateway:GetAccount",
      "iam:CreateRole",
      "iam:AttachRolePolicy",
      "apigateway:UpdateAccount",
    ]);
    assert.match(said, /AmazonAPIGatewayPushToCloudWatchLogs/);
    assert.ok(said.includes(ROLE));
  });

  it("changes nothing if there is a role, or if the answer is no", async () => {
    const present = await fix({
      ...NEW,
      "apigateway:GetAccount": { body: { cloudwatchRoleArn: "arn:aws:iam::1:role/x" } },
    });
    assert.deepEqual([present.done, present.operations], [true, ["apigateway:GetAccount"]]);
    const refused = await fix(NEW, false);
    assert.deepEqual([refused.done, refused.operations], [false, ["apigateway:GetAccount"]]);
  });

  it("waits until API Gateway accepts the new role, and continues an attempt that ended half-way", async () => {
    let refusals = 3;
    const later: Answers = {
      ...NEW,
      "iam:CreateRole": { status: 409, error: "EntityAlreadyExists" },
      "apigateway:UpdateAccount": () =>
        refusals-- > 0 ? { status: 400, error: "BadRequestException" } : { body: { cloudwatchRoleArn: ROLE } },
    };
    const { done, operations, waits } = await fix(later);
    assert.ok(done);
    assert.equal(waits, 3);
    assert.ok(operations.includes("iam:GetRole"));
  });

  it("ends with the service's own error if it cannot go on", async () => {
    await assert.rejects(fix({ ...NEW, "iam:CreateRole": { status: 403, error: "AccessDenied" } }), /AccessDenied/);
    await assert.rejects(
      fix({ ...NEW, "apigateway:UpdateAccount": { status: 400, error: "BadRequestException" } }),
      /BadRequestException/,
    );
  });
});

describe("the policies of npm run doctor", () => {
  const actionsOf = (file: string): string[] => {
    const { Statement } = JSON.parse(readFileSync(join(ROOT, "local/doctor", file), "utf8")) as {
      Statement: { Action: string | string[] }[];
    };
    return Statement.flatMap(({ Action }) => Action).sort();
  };
  /** The IAM action of an operation: API Gateway's are named after HTTP methods. */
  const METHODS: Readonly<Record<string, string>> = {
    "apigateway:GetAccount": "apigateway:GET",
    "apigateway:UpdateAccount": "apigateway:PATCH",
  };
  const needed = (operations: readonly string[]): string[] =>
    [...new Set(operations.map((each) => METHODS[each] ?? each))].sort();

  it("allow exactly what it calls", () => {
    assert.deepEqual(actionsOf("policy.json"), needed(Object.keys(FINE)));
    const fixed = [
      "apigateway:GetAccount",
      "iam:CreateRole",
      "iam:GetRole",
      "iam:AttachRolePolicy",
      "apigateway:UpdateAccount",
      "iam:PassRole",
    ];
    assert.deepEqual(actionsOf("fix-account-logging.json"), needed(fixed));
  });
});
