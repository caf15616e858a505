import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { StreamingUrl } from "../../../components/index";
import { policyBytes, requireRoom } from "../../../components/url/functionPolicy";
import { FUNCTION_POLICY_BYTES } from "../../../contract/aws/limits";
import { text, TYPES, type Resource } from "../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../support/program/components";
import { runConfig } from "../../support/stacks";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const several = (count: number, caller: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => caller(index));
const digits = (index: number, length = 3) => String(index).padStart(length, "0");

/** Principals by what makes them long. A name has 64 letters at most, a path 512. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const KINDS: Readonly<Record<string, (index: number) => string>> = {
  "account ids": (index) => digits(index, 12),
  "short roles": (index) => role(`r${digits(index)}`),
  "roles of an ordinary length": (index) => role(`agent-client-${digits(index)}`),
  "the longest names": (index) => role(`${"r".repeat(61)}${digits(index)}`),
  "the longest paths and names": (index) => role(`${"p".repeat(510)}/${"r".repeat(61)}${digits(index)}`),
};

const urlDoor = (callers: string[], name = "door") =>
  record(false, () => {
    new StreamingUrl(name, { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300, callers });
  });

describe("the policy of a Function URL's function", () => {
  for (const [title, caller] of Object.entries(KINDS)) {
    it(`is counted as its permissions make it: ${title}`, async () => {
      const callers = several(3, caller);
      const graph = await urlDoor(callers);
      const arn = `${text(only(graph, TYPES.function), "arn")}:live`;
      const written = JSON.stringify({
        Version: "2012-10-17",
        Id: "default",
        Statement: graph.all(TYPES.permission).map((permission) => statement(permission, arn)),
      });
      assert.equal(policyBytes(callers, arn), written.length);
    });

    it(`has room for some principals, and one more is refused with the limit and the remedy: ${title}`, () => {
      const most = largest((count) => fits(several(count, caller), "us-east-1"));
      assert.ok(most > 5 && most < 60, String(most));
      assert.throws(
        () => {
          requireRoom("front-door-streaming-url", several(most + 1, caller), "us-east-1");
        },
        (error: unknown) => {
          assert.ok(pulumi.RunError.isInstance(error));
          const [, bytes] =
            /`callers` names \d+ principals, which make a function policy of (\d+) bytes/.exec(error.message) ?? [];
          assert.ok(Number(bytes) > FUNCTION_POLICY_BYTES);
          assert.match(
            error.message,
            new RegExp(`Lambda accepts 20480 .* the first ${String(most)}\\. Name an account id instead`),
          );
          return true;
        },
      );
      console.log(`      ${String(most)} ${title}`);
    });
  }

  it("is counted with the longest region and partition if they are not known", () => {
    const callers = several(40, KINDS["account ids"] ?? String);
    const most = (region: string | undefined) => largest((count) => fits(callers.slice(0, count), region));
    for (const region of ["us-east-1", "ap-southeast-1", "cn-northwest-1", "us-gov-west-1"]) {
      assert.ok(most(undefined) <= most(region), region);
    }
    assert.ok(most(undefined) < most("us-east-1"));
  });

  it("is checked by the component", async () => {
    await assert.rejects(urlDoor(several(40, KINDS["short roles"] ?? String)), /`callers` names 40 principals/);
  });

  it("is not checked in a stack without the door", async () => {
    const callers = several(40, KINDS["short roles"] ?? String);
    await runConfig({ agentRuntimeArn: RUNTIME_ARN, doors: ["streamingApi"], callers });
  });

  it("is checked by the whole stack before anything is made", async () => {
    const callers = several(40, KINDS["short roles"] ?? String);
    const config = { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingApi", "streamingUrl"], callers };
    await assert.rejects(runConfig(config), /`callers` names 40 principals/);
    const monitor = pulumi.runtime.getMonitor() as unknown as {
      getRegisteredResources(): ReadonlyMap<string, unknown>;
    };
    assert.deepEqual(
      [...monitor.getRegisteredResources().keys()].filter((urn) => !urn.includes("pulumi:pulumi:Stack")),
      [],
    );
  });
});

function fits(callers: string[], region: string | undefined): boolean {
  try {
    requireRoom("front-door-streaming-url", callers, region);
    return true;
  } catch {
    return false;
  }
}

/** The largest count that is possible, starting with none. */
function largest(isPossible: (count: number) => boolean): number {
  let count = 0;
  while (isPossible(count + 1)) count++;
  return count;
}

/** A permission as Lambda's GetPolicy returns it. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function statement({ inputs }: Resource, arn: string): object {
  return {
    Sid: inputs["statementId"],
    Effect: "Allow",
    Principal: { AWS: inputs["principal"] },
    Action: inputs["action"],
    Resource: arn,
    Condition:
      inputs["invokedViaFunctionUrl"] === true
        ? { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }
        : { StringEquals: { "lambda:FunctionUrlAuthType": inputs["functionUrlAuthType"] } },
  };
}
