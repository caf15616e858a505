import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { DOOR_NAMES } from "../../contract/wire/doors";
import { announcementFile, FRONT_DOOR_FOLDER } from "../../client/frontDoorFile";
import { ROOT, RunningFrontDoor, spawnStart } from "../support/local/frontDoor";
import { OwnAgent } from "../support/local/ownAgent";
import { copyOfProject, withoutPolicies } from "../support/local/projectCopy";
import { arrivals } from "../support/http/sse";

const run = promisify(execFile);

async function refusedStart(args: readonly string[], root = ROOT): Promise<{ code: number; output: string }> {
  const { child } = spawnStart(args, root);
  const exited = once(child, "exit") as Promise<[number]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, output: out + err };
}

/** Processes whose command line holds the text. */
async function processesWith(part: string): Promise<string[]> {
  const { stdout } = await run("ps", ["-eo", "pid,ppid,args"]);
  return stdout.split("\n").filter((line) => line.includes(part));
}

describe("npm start", () => {
  describe("with a changed program", () => {
    let copy: string;
    beforeEach(() => {
      copy = copyOfProject();
    });
    afterEach(() => {
      rmSync(copy, { recursive: true });
    });

    const change = (file: string, from: string | RegExp, to: string): void => {
      const source = readFileSync(join(copy, file), "utf8");
      const changed = source.replace(from, to);
      assert.notEqual(changed, source, "the change applies");
      writeFileSync(join(copy, file), changed);
    };

    it("refuses an open Function URL", async () => {
      change("components/url/streamingUrl.ts", 'authorizationType: "AWS_IAM"', 'authorizationType: "NONE"');
      const { code, output } = await refusedStart([], copy);
      assert.equal(code, 1);
      assert.match(output, /mandatory policy violation: fd-lambda-function-url-aws-iam/);
      assert.match(output, /::front-door-streaming-url-url\n/);
      assert.match(output, /`authorizationType` is "NONE".*Set authorizationType to "AWS_IAM"/);
      assert.doesNotMatch(output, /curl/);
    });

    it("refuses REST stages without a web ACL", async () => {
      change("components/rest/stage.ts", /new aws\.wafv2\.WebAclAssociation\([\s\S]*?\n {4}\);/, "");
      const { code, output } = await refusedStart([], copy);
      assert.equal(code, 1);
      assert.equal(output.match(/mandatory policy violation: fd-apigateway-stage-web-acl/g)?.length, 2);
      assert.match(output, /Stage::front-door-buffered-api-stage\n.*\n.*Add an aws\.wafv2\.WebAclAssociation/);
    });

    it("refuses a resource that it does not know", async () => {
      change("index.ts", "export =", 'new (require("@pulumi/aws").sqs.Queue)("queue");\nexport =');
      const { code, output } = await refusedStart([], copy);
      assert.equal(code, 1);
      assert.match(output, /does not know the resource type aws:sqs\/queue:Queue \("queue"\)/);
    });

    for (const [title, key, value, says] of [
      [
        "an ARN of another service",
        "agentRuntimeArn",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        /`agentRuntimeArn`.*Set it to one like/,
      ],
      [
        "a runtime in another region",
        "agentRuntimeArn",
        "arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/my_agent-a1b2c3d4e5",
        /eu-west-1.*`aws:region`/,
      ],
      ["an unknown door", "doors", "[sideDoor]", /`doors` holds "sideDoor"\. Use bufferedApi/],
      [
        "a buffered answer longer than API Gateway waits",
        "bufferedMaxDurationSeconds",
        "30",
        /`bufferedMaxDurationSeconds` is 30\. Use .* 5 to 29/,
      ],
      ["a value of the wrong type", "maxDurationSeconds", "soon", /`maxDurationSeconds`.*declares it as integer/],
    ] as const) {
      it(`refuses ${title}`, async () => {
        writeFileSync(
          join(copy, "Pulumi.test.yaml"),
          readFileSync(join(copy, "Pulumi.dev.yaml"), "utf8")
            .replace(new RegExp(`^ {2}agentcore-front-door:${key}:.*\\n( {4}- .*\\n)*`, "m"), "")
            .concat(`  agentcore-front-door:${key}: ${value}\n`),
        );
        const { code, output } = await refusedStart(["--stack", "test"], copy);
        assert.equal(code, 1);
        assert.match(output, says);
      });
    }

    it("asks for signatures at the REST doors with apiAuth iam", async () => {
      change("Pulumi.dev.yaml", "agentcore-front-door:apiAuth: apiKey", "agentcore-front-door:apiAuth: iam");
      const frontDoor = await RunningFrontDoor.start([], copy);
      try {
        for (const name of ["bufferedApi", "streamingApi"] as const) {
          const { url, auth } = frontDoor.door(name);
          assert.deepEqual(auth, { type: "AWS_IAM", service: "execute-api", region: "us-east-1" });
          assert.equal((await frontDoor.invoke(name, { prompt: "signed" })).status, 200);
          const unsigned = await fetch(`${url}/invoke`, { method: "POST", body: "{}" });
          const { error } = (await unsigned.json()) as { error: { code: string } };
          assert.deepEqual([unsigned.status, error.code], [403, "MISSING_AUTHENTICATION_TOKEN"]);
        }
      } finally {
        await frontDoor.stop();
      }
    });

    it("leaves it to the account's own policies who calls, where no caller is named", async () => {
      change("Pulumi.dev.yaml", "    - arn:aws:iam::123456789012:role/agent-client", "    []");
      const frontDoor = await RunningFrontDoor.start([], copy);
      try {
        assert.equal((await frontDoor.invoke("streamingUrl", { prompt: "hello" })).status, 200);
      } finally {
        await frontDoor.stop();
      }
    });

    it("starts without an agent behind --agent, warns, and answers with an error until it comes", async () => {
      const frontDoor = await RunningFrontDoor.start(["--agent", "http://127.0.0.1:9"], copy);
      try {
        assert.ok(frontDoor.log.some((line) => /Warning: GET http:\/\/127\.0\.0\.1:9\/ping is unreachable/.test(line)));
        const response = await frontDoor.invoke("streamingApi", { prompt: "hello" });
        assert.equal(response.status, 502);
      } finally {
        await frontDoor.stop();
      }
    });

    for (const [title, file, from, to, door, status, rule] of [
      [
        "only one of the two URL permissions",
        "components/url/caller.ts",
        /new aws\.lambda\.Permission\(\s*`\$\{name\}-\$\{key\}-function`[\s\S]*?\n {2}\);/,
        "",
        "streamingUrl",
        403,
        "fd-lambda-permission-dual-grant",
      ],
      [
        "no permission for API Gateway",
        "components/rest/restApi.ts",
        /new aws\.lambda\.Permission\([\s\S]*?\n {4}\);/,
        "",
        "bufferedApi",
        500,
        undefined,
      ],
      [
        "the buffered URI on a streaming integration",
        "components/rest/restDoor.ts",
        '"responseStreamingInvokeArn"',
        '"invokeArn"',
        "streamingApi",
        500,
        "fd-apigateway-stream-integration",
      ],
      [
        "a role that may call the runtime but not its endpoints",
        "contract/aws/arn.ts",
        "`${runtimeArn}/runtime-endpoint/*`",
        "runtimeArn",
        "bufferedApi",
        502,
        "fd-iam-agent-resources",
      ],
      [
        "a deployment that waits for nothing",
        "components/rest/restApi.ts",
        "dependsOn: snapshot.resources",
        "dependsOn: []",
        "bufferedApi",
        403,
        "fd-apigateway-deployment",
      ],
    ] as const) {
      it(`fails as AWS does with ${title}${rule === undefined ? "" : ", which the policy pack refuses first"}`, async () => {
        change(file, from, to);
        if (title.startsWith("a deployment"))
          change("components/rest/restApi.ts", "triggers: { served: snapshot.fingerprint() }", "");
        if (rule !== undefined) {
          const { code, output } = await refusedStart([], copy);
          assert.equal(code, 1);
          assert.match(output, new RegExp(`^mandatory policy violation: ${rule}$`, "m"));
          withoutPolicies(copy);
        }
        const frontDoor = await RunningFrontDoor.start([], copy);
        try {
          const response = await frontDoor.invoke(door, { prompt: "hello" });
          assert.equal(response.status, status);
          assert.match(response.headers.get("content-type") ?? "", /json/);
        } finally {
          await frontDoor.stop();
        }
      });
    }
  });

  it("prints curl lines that work when pasted", async function () {
    const hasCurl = await run("curl", ["--version"]).catch(() => undefined);
    if (!hasCurl) {
      console.log("      (skipped: there is no curl on this machine)");
      this.skip();
    }
    const frontDoor = await RunningFrontDoor.start();
    try {
      const lines = frontDoor.log.filter((line) => line.startsWith("curl "));
      assert.equal(lines.length, DOOR_NAMES.length);
      for (const line of lines) {
        const { stdout } = await run("sh", ["-c", line]);
        for (const n of [1, 2, 3, 4, 5]) assert.match(stdout, new RegExp(`\\b${n} `));
      }
    } finally {
      await frontDoor.stop();
    }
  });

  it("names what is wrong with its own options", async () => {
    for (const [args, says] of [
      [["--stack", "nowhere"], /There is no stack "nowhere".*dev/],
      [["--stack", "../x"], /There is no stack/],
      [["--port", "many"], /--port is "many"/],
      [["--agent", "localhost:8080"], /--agent is "localhost:8080"\. Use an http URL/],
      [["--agent", "http://127.0.0.1:99999"], /--agent is "http:\/\/127\.0\.0\.1:99999"\. Use an http URL/],
      [["--agent", "http://a b"], /--agent is "http:\/\/a b"\. Use an http URL/],
      [["--what"], /Unknown option '--what'/],
    ] as const) {
      const { code, output } = await refusedStart(args);
      assert.equal(code, 1);
      assert.match(output, says);
    }
  });

  it("says so when a port is taken, and leaves nothing behind", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { code, output } = await refusedStart(["--port", String(port)]);
    taken.close();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken\\. Use --port`));
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends every process on ${signal}`, async () => {
      const frontDoor = await RunningFrontDoor.start();
      const open = await frontDoor.invoke("streamingUrl", { prompt: "count 1000 every 1000" });
      const pid = String(frontDoor.child.pid);
      const children = (await processesWith("")).filter((line) => line.trim().split(/\s+/)[1] === pid);
      assert.ok(children.length >= 4, "an agent and three sandboxes run");
      assert.equal(await frontDoor.stop(signal), 0);
      const left = (await processesWith("")).filter((line) => children.includes(line));
      assert.deepEqual(left, []);
      assert.equal(existsSync(join(ROOT, FRONT_DOOR_FOLDER, announcementFile(frontDoor.child.pid ?? 0))), false);
      await assert.rejects(open.text());
    });
  }

  describe("with an agent of the user's own", () => {
    let copy: string;
    let agent: OwnAgent;
    let frontDoor: RunningFrontDoor;
    const made: number[] = [];
    before(async () => {
      agent = await OwnAgent.start((prompt, response) => {
        if (prompt === "plain") {
          response
            .writeHead(200, { "Content-Type": "text/event-stream" })
            .end('data: one \n\ndata: "two "\n\ndata: {"other":3}\n\n');
          return;
        }
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        made.length = 0;
        const timer = setInterval(() => {
          made.push(Date.now());
          response.write(`data: {"n":${made.length}}\n\n`);
          if (made.length < 20) return;
          clearInterval(timer);
          response.end();
        }, 100);
      });
      // The client finds the newest front door of its project: no other test's.
      copy = copyOfProject();
      frontDoor = await RunningFrontDoor.start(["--agent", agent.url], copy);
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
      rmSync(copy, { recursive: true });
    });

    for (const door of ["streamingUrl", "streamingApi"] as const) {
      it(`${door} streams event by event`, async () => {
        const events = await arrivals(await frontDoor.invoke(door, { prompt: "go" }));
        assert.equal(events.length, 20);
        for (const [index, next] of made.slice(1).entries()) assert.ok((events[index]?.at ?? Infinity) < next);
      });
    }

    it("gives each caller a session of its own, and keeps it", async () => {
      const session_id = "shared-handle-of-two-different-callers";
      const seen: unknown[] = [];
      for (const door of [...DOOR_NAMES, ...DOOR_NAMES]) {
        await (await frontDoor.invoke(door, { prompt: "plain", session_id })).text();
        seen.push(agent.received.at(-1)?.headers["x-amzn-bedrock-agentcore-runtime-session-id"]);
      }
      assert.deepEqual(seen.slice(0, 3), seen.slice(3), "the same caller gets the same session");
      const [bufferedApi, streamingUrl, streamingApi] = seen;
      assert.equal(bufferedApi, streamingApi, "the key's holder moves between the REST doors with the session");
      assert.notEqual(bufferedApi, streamingUrl, "two callers, two sessions");
    });

    it("forwards every other field under its name, and drops the client's runtime headers", async () => {
      const response = await frontDoor.invoke(
        "streamingUrl",
        { prompt: "plain", temperature: 0.5, tags: ["a"] },
        {
          "x-amzn-bedrock-agentcore-runtime-user-id": "root",
          "x-amzn-bedrock-agentcore-runtime-session-id": "s".repeat(40),
        },
      );
      await response.text();
      const { body, headers } = agent.received.at(-1) ?? { body: "", headers: {} };
      assert.deepEqual(JSON.parse(body), { prompt: "plain", temperature: 0.5, tags: ["a"] });
      assert.equal(headers["x-amzn-bedrock-agentcore-runtime-user-id"], undefined);
      assert.match(String(headers["x-amzn-bedrock-agentcore-runtime-session-id"]), /^fd-[0-9a-f]{64}$/);
    });

    it("npm run ask prints the words of every framing", async () => {
      for (const door of DOOR_NAMES) {
        const ask = ["--import", "tsx", "client/ask.ts", door, "plain", "--session", "a".repeat(33)];
        const { stdout, stderr } = await run(process.execPath, ask, { cwd: copy });
        assert.equal(stdout, 'one two {"other":3}\n\n');
        assert.equal(stderr, `session: ${"a".repeat(33)}\n`);
      }
    });

    it("npm run ask names what is wrong with its own arguments", async () => {
      for (const [args, says] of [
        [["nowhere", "hi"], /<door> is "nowhere"\. Use bufferedApi/],
        [["streamingUrl"], /Give one prompt/],
        [["streamingUrl", "hi", "--session", "short"], /INVALID_SESSION_ID.*33 to 100/],
        [["streamingUrl", "hi", "--url", "https://example.com"], /Give --region/],
      ] as const) {
        await assert.rejects(run(process.execPath, ["--import", "tsx", "client/ask.ts", ...args], { cwd: copy }), says);
      }
    });
  });
});
