import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refusedStart } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { copyOfProject } from "../../support/local/projectCopy";

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

    /** The copy's own stack file: what runs in this process reads the project's. */
    const dev = (): string[] => ["--config-file", join(copy, "Pulumi.dev.yaml")];

    // In a process of its own, which ends with exit code 1.
    it("refuses an open Function URL", async () => {
      change("components/url/streamingUrl.ts", 'authorizationType: "AWS_IAM"', 'authorizationType: "NONE"');
      const { code, output } = await refusedStart([], copy);
      assert.equal(code, 1);
      assert.match(output, /mandatory policy violation: fd-lambda-function-url-aws-iam/);
      assert.match(output, /::front-door-streaming-url-url\n/);
      assert.match(output, /`authorizationType` is "NONE".*Set authorizationType to "AWS_IAM"/);
      assert.doesNotMatch(output, /curl/);
    });

    it("refuses a resource that it does not know", async () => {
      change("index.ts", "export =", 'new (require("@pulumi/aws").sqs.Queue)("queue");\nexport =');
      const output = await LocalFrontDoor.refusal(dev(), { root: copy });
      assert.match(output, /does not know the resource type aws:sqs\/queue:Queue \("queue"\)/);
    });

    it("refuses REST stages without a web ACL", async () => {
      change("components/rest/stage.ts", /new aws\.wafv2\.WebAclAssociation\([\s\S]*?\n {4}\);/, "");
      const output = await LocalFrontDoor.refusal(dev(), { root: copy });
      assert.equal(output.match(/mandatory policy violation: fd-apigateway-stage-web-acl/g)?.length, 2);
      assert.match(output, /Stage::front-door-buffered-api-stage\n.*\n.*Add an aws\.wafv2\.WebAclAssociation/);
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
      ["an unknown door", "doors", "[sideDoor]", /`doors` contains "sideDoor"\. Use bufferedApi/],
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
          join(copy, "Pulumi.dev.yaml"),
          readFileSync(join(copy, "Pulumi.dev.yaml"), "utf8")
            .replace(new RegExp(`^ {2}agentcore-front-door:${key}:.*\\n( {4}- .*\\n)*`, "m"), "")
            .concat(`  agentcore-front-door:${key}: ${value}\n`),
        );
        assert.match(await LocalFrontDoor.refusal(dev(), { root: copy }), says);
      });
    }

    it("asks for signatures at the REST doors with apiAuth iam", async () => {
      change("Pulumi.dev.yaml", "agentcore-front-door:apiAuth: apiKey", "agentcore-front-door:apiAuth: iam");
      const frontDoor = await LocalFrontDoor.start(dev(), { root: copy });
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
      const frontDoor = await LocalFrontDoor.start(dev(), { root: copy });
      try {
        assert.equal((await frontDoor.invoke("streamingUrl", { prompt: "hello" })).status, 200);
      } finally {
        await frontDoor.stop();
      }
    });

    it("starts without an agent behind --agent, warns, and answers with an error until it comes", async () => {
      const frontDoor = await LocalFrontDoor.start(["--agent", "http://127.0.0.1:9"]);
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
        "of callerStatements(caller)",
        "of callerStatements(caller).slice(0, 1)",
        "streamingUrl",
        403,
        "fd-lambda-permission-dual-grant",
      ],
      [
        "no permission for API Gateway",
        "components/rest/restApi.ts",
        /new aws\.lambda\.Permission\([\s\S]*?\n {4}\);/,
        "api;",
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
        "dependsOn: [...snapshot.resources, permission]",
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
          const output = await LocalFrontDoor.refusal(dev(), { root: copy });
          assert.match(output, new RegExp(`^mandatory policy violation: ${rule}$`, "m"));
        }
        const frontDoor = await LocalFrontDoor.start(dev(), { root: copy, policies: rule === undefined });
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
});
