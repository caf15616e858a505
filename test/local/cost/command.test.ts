import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readDeclared } from "../../../local/cost/declared";
import type { CostReport } from "../../../local/cost/report";
import { readCostOptions } from "../../../local/cost/usage";
import { ROOT } from "../../support/local/frontDoor";
import { runConfig, runStack } from "../../support/stacks";

const cost = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "local/cost/main.ts", ...args], { cwd: ROOT, encoding: "utf8" });

describe("npm run cost", () => {
  it("compares all doors, says its sources and the date of its prices", () => {
    const { status, stdout, stderr } = cost(
      "--requests",
      "1e6",
      "--seconds",
      "5",
      "--memory",
      "512",
      "--bytes",
      "4000",
    );
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^\s+bufferedApi\s+streamingUrl\s+streamingUrl \+ CloudFront\s+streamingApi$/m);
    assert.match(stdout, /^= Lambda and API Gateway, arm64\s+\$37\.03\s+\$33\.53\s+\$33\.53\s+\$37\.03$/m);
    assert.match(stdout, /^= Lambda and API Gateway, x86_64\s+\$45\.37\s+\$41\.87\s+\$41\.87\s+\$45\.37$/m);
    assert.match(stdout, /prices of \d{4}-\d\d-\d\d/);
    assert.match(stdout, /AWS Lambda: https:\/\/aws\.amazon\.com\/lambda\/pricing\//);
    assert.match(stdout, /^Streams at once: 1\.9 on average/m);
  });

  it("counts what a stack declares", () => {
    const { status, stdout } = cost("--stack", "production", "--requests", "5e6", "--seconds", "40", "--json");
    assert.equal(status, 0);
    const { doors, shared } = JSON.parse(stdout) as CostReport;
    assert.deepEqual(
      doors.map(({ door }) => door),
      ["bufferedApi", "streamingApi"],
    );
    assert.ok((shared["alarms"] ?? 0) > 0 && shared["dashboards"] === 3);
    assert.ok(doors[0]?.limits.some(({ name }) => name === "Lambda: reservedConcurrency 50"));
    assert.match(doors[0]?.cannot.join() ?? "", /29 s/);
    assert.deepEqual(doors[1]?.cannot, []);
  });

  it("names the option and the remedy", () => {
    const wrong: Readonly<Record<string, readonly string[][]>> = {
      requests: [
        ["--requests", "0"],
        ["--requests", "many"],
        ["--requests", ""],
      ],
      seconds: [["--seconds", "901"], ["--seconds=-1"], ["--seconds", "NaN"]],
      memory: [
        ["--memory", "64"],
        ["--memory", "10241"],
      ],
      bytes: [
        ["--bytes", "1e9"],
        ["--bytes", "4 KB"],
      ],
      peak: [["--peak", "0.5"]],
    };
    for (const [name, tries] of Object.entries(wrong))
      for (const args of tries)
        assert.throws(
          () => readCostOptions(args),
          new RegExp(`^Error: --${name} is ".*"\\. Use a number from`),
          args.join(" "),
        );
    assert.throws(() => readCostOptions(["--config-file", "x.yaml"]), /needs --stack/);
    assert.throws(() => readCostOptions(["--request", "1"]), /--request/);
    assert.equal(readCostOptions(["--help"]), "help");
  });

  it("fails for a stack that does not exist", () => {
    const { status, stderr } = cost("--stack", "nope");
    assert.equal(status, 1);
    assert.match(stderr, /There is no stack "nope"/);
  });
});

describe("what is billed of a stack", () => {
  it("is read from its resources", async () => {
    const doorsOf = async (stack: string) => readDeclared(await runStack(stack, false), "us-east-1").doors;
    const [url] = await doorsOf("public-edge");
    assert.ok(url?.edge?.webAcl && url.edge.webAcl.rules >= 4 && url.edge.webAcl.logged && !url.edge.signer);
    assert.deepEqual(
      [url.keys, url.webAcl, url.stageRate, url.architecture, url.memoryMb],
      [1, undefined, undefined, "arm64", 512],
    );
    assert.equal((await doorsOf("public-edge-signer"))[0]?.edge?.signer, true);
    assert.deepEqual(
      (await doorsOf("provisioned")).map(({ provisioned, reserved }) => [provisioned, reserved]),
      [
        [2, 4],
        [2, 4],
        [2, 4],
      ],
    );
    assert.deepEqual(
      (await doorsOf("jwt")).map(({ authorizer }) => authorizer),
      [true, true],
    );
    assert.deepEqual(
      (await doorsOf("cognito")).map(({ authorizer }) => authorizer),
      [false, false],
    );
    assert.equal((await doorsOf("buffered"))[0]?.stageRate, 50);
    const network = readDeclared(await runStack("private", false), "us-east-1");
    assert.ok(network.endpoints >= 2 && network.doors.every(({ webAcl }) => webAcl === undefined));
  });

  it("follows the keys that decide", async () => {
    const config = {
      agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
      memorySizeMb: 1024,
      tracing: false,
      throttleRateLimit: 7,
      logRetentionInDays: 90,
    };
    const [door] = readDeclared(await runConfig(config), "us-east-1").doors;
    assert.ok(door);
    const { memoryMb, traced, stageRate, retentionDays } = door;
    assert.deepEqual([memoryMb, traced, stageRate, retentionDays], [1024, false, 7, 90]);
  });
});
