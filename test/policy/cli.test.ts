import assert from "node:assert/strict";
import { execFile, execFileSync, type ExecFileException } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ROOT } from "../support/local/frontDoor";

function version(): string | undefined {
  try {
    return execFileSync("pulumi", ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** Whether the CLI finds its host of Node programs: on PATH, or beside itself, which is on PATH. */
function hasLanguageHost(): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = folders.flatMap((each) =>
    existsSync(join(each, "pulumi")) ? [each, dirname(realpathSync(join(each, "pulumi")))] : [each],
  );
  return places.some((each) => existsSync(join(each, "pulumi-language-nodejs")));
}

/** A preview in a pull request, by the real CLI, with an aws provider that needs no account. */
describe("the pack in the real CLI", function () {
  this.timeout(240_000);
  let folder: string;

  before(function () {
    const found = version();
    if (found === undefined) {
      console.log("      skipped: there is no pulumi on PATH");
      this.skip();
    }
    if (!hasLanguageHost()) {
      console.log("      skipped: there is no pulumi-language-nodejs on PATH or beside pulumi");
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "front-door-cli-"));
    for (const part of [
      "Pulumi.yaml",
      "index.ts",
      "package.json",
      "tsconfig.json",
      "tsconfig.pulumi.json",
      "agents",
      "components",
      "contract",
      "functions",
      "policy",
    ])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.cli.yaml"), readFileSync(join(ROOT, "Pulumi.dev.yaml")));
    assert.equal(pulumi("stack", "init", "cli").code, 0);
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    PATH: [join(ROOT, "test/support/cli"), process.env["PATH"]].join(delimiter),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_OPTIONS: "",
  });

  const pulumi = (...args: string[]) => {
    try {
      return {
        code: 0,
        output: execFileSync("pulumi", args, { cwd: folder, env: env(), encoding: "utf8", stdio: "pipe" }),
      };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, output: stdout + stderr };
    }
  };

  const preview = () =>
    new Promise<{ code: number; output: string }>((resolve) => {
      execFile(
        "pulumi",
        ["preview", "--non-interactive", "--stack", "cli", "--policy-pack", "policy"],
        { cwd: folder, env: env(), maxBuffer: 64 * 1024 * 1024 },
        (error: ExecFileException | null, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
        },
      );
    });

  const changing = async <T>(file: string, from: string, to: string, run: () => Promise<T>): Promise<T> => {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(from), `${file} has ${from}`);
    writeFileSync(path, text.replace(from, to));
    try {
      return await run();
    } finally {
      writeFileSync(path, text);
    }
  };

  it("previews the dev stack clean, with advice for production", async () => {
    const { code, output } = await preview();
    assert.equal(code, 0, output);
    assert.match(output, /agentcore-front-door@v/);
    assert.doesNotMatch(output, /\[mandatory\]|can't run policy/);
    const advice = output.split("\n").filter((line) => line.includes("[advisory]"));
    assert.notEqual(advice.length, 0);
    for (const line of advice) assert.match(line, /fd-lambda-function-reserved-concurrency|fd-pack-scope/);
  });

  it("stops a Function URL with NONE, with exit code 1, the rule, the resource and the remedy", async () => {
    const { code, output } = await changing(
      "components/url/streamingUrl.ts",
      'authorizationType: "AWS_IAM"',
      'authorizationType: "NONE"',
      preview,
    );
    assert.equal(code, 1, output);
    assert.match(output, /\[mandatory\].*fd-lambda-function-url-aws-iam/);
    assert.match(output, /front-door-streaming-url-url .*`authorizationType` is "NONE"; wanted: "AWS_IAM"\. Set/s);
  });

  it("stops stages without WAF, with exit code 1", async () => {
    const { code, output } = await changing(
      "components/rest/stage.ts",
      "new aws.wafv2.WebAclAssociation(",
      "[].concat(",
      preview,
    );
    assert.equal(code, 1, output);
    assert.match(output, /\[mandatory\].*fd-apigateway-stage-web-acl/);
    assert.match(output, /no WebAclAssociation names this stage; wanted: .+ Add an aws\.wafv2\.WebAclAssociation/s);
  });
});
