import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Changes } from "../../support/local/changedProgram";
import { refusedStart, ROOT } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { copyOfProject } from "../../support/local/projectCopy";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

describe("npm start", () => {
  describe("with a changed program", () => {
    const folder = mkdtempSync(join(tmpdir(), "front-door-changed-"));
    const stack = join(folder, "Pulumi.dev.yaml");
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const replaced = (source: string, from: string | RegExp, to: string): string => {
      const changed = source.replace(from, to);
      assert.notEqual(changed, source, "the change applies");
      return changed;
    };

    /** The source of a file with changes, one after the other. */
    const changed = (file: string, ...steps: readonly (readonly [from: string | RegExp, to: string])[]): Changes => {
      const text = steps.reduce((source, [from, to]) => replaced(source, from, to), read(file));
      return new Map([[file, text]]);
    };

    /** The arguments for a stack file that is `dev` with a change. */
    const dev = (change: (source: string) => string = (source) => source): string[] => {
      writeFileSync(stack, change(read("Pulumi.dev.yaml")));
      return ["--config-file", stack];
    };

    // In a process of its own, which ends with exit code 1.
    it("refuses an open Function URL", async () => {
      const copy = copyOfProject();
      try {
        const file = "components/url/streamingUrl.ts";
        const text = replaced(read(file), 'authorizationType: "AWS_IAM"', 'authorizationType: "NONE"');
        writeFileSync(join(copy, file), text);
        const { code, output } = await refusedStart([], copy);
        assert.equal(code, 1);
        assert.match(output, /mandatory policy violation: fd-lambda-function-url-aws-iam/);
        assert.match(output, /::front-door-streaming-url-url\n/);
        assert.match(output, /`authorizationType` is "NONE".*Set authorizationType to "AWS_IAM"/);
        assert.doesNotMatch(output, /curl/);
      } finally {
        rmSync(copy, { recursive: true });
      }
    });

    it("refuses a resource that it does not know", async () => {
      const changes = changed("index.ts", ["export =", 'new (require("@pulumi/aws").sqs.Queue)("queue");\nexport =']);
      const output = await LocalFrontDoor.refusal(dev(), { changes });
      assert.match(output, /does not know the resource type aws:sqs\/queue:Queue \("queue"\)/);
    });

    it("refuses REST stages without a web ACL", async () => {
      const association = /new aws\.wafv2\.WebAclAssociation\([\s\S]*?\n {4}\);/;
      const changes = changed("components/rest/stage.ts", [association, ""]);
      const output = await LocalFrontDoor.refusal(dev(), { changes });
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
        const lines = new RegExp(`^ {2}agentcore-front-door:${key}:.*\\n( {4}- .*\\n)*`, "m");
        const args = dev((source) => source.replace(lines, "").concat(`  agentcore-front-door:${key}: ${value}\n`));
        assert.match(await LocalFrontDoor.refusal(args), says);
      });
    }

    it("asks for signatures at the REST doors with apiAuth iam", async () => {
      const args = dev((source) => replaced(source, "front-door:apiAuth: apiKey", "front-door:apiAuth: iam"));
      const frontDoor = await LocalFrontDoor.start(args);
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
      const args = dev((source) => replaced(source, "    - arn:aws:iam::123456789012:role/agent-client", "    []"));
      const frontDoor = await LocalFrontDoor.start(args);
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
        "of callerStatements(shortHash(principal))",
        "of callerStatements(shortHash(principal)).slice(0, 1)",
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
        const triggers = title.startsWith("a deployment")
          ? ([["triggers: { served: snapshot.fingerprint() }", ""]] as const)
          : [];
        const changes = changed(file, [from, to], ...triggers);
        if (rule !== undefined) {
          const output = await LocalFrontDoor.refusal(dev(), { changes });
          assert.match(output, new RegExp(`^mandatory policy violation: ${rule}$`, "m"));
        }
        const frontDoor = await LocalFrontDoor.start(dev(), { changes, policies: rule === undefined });
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
