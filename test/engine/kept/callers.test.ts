import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { engineSuite, share } from "../support/cli";
import { runtime, URL_ONLY } from "../support/config";
import { withStack } from "../support/stack";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const letters = (length: number) => "r".repeat(length);

/** Names as IAM takes them: 64 of `[\w+=,.@-]`, paths up to 512. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  "a role's name of one letter": [role("r")],
  "a role's name of 29 letters": [role(letters(29))],
  "a role's name of 64 letters": [role(letters(64))],
  "a role of IAM Identity Center": [
    role("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_0123456789abcdef"),
  ],
  "a path of 512 characters": [role(`${"p".repeat(510)}/${letters(64)}`)],
  "a user's name of 64 letters": [`arn:aws:iam::123456789012:user/${letters(64)}`],
  "names that differ in one sign": [role("my_app"), role("my-app"), role("my.app"), role("my+app@x"), role("my=app,x")],
  "names that differ in their case": [role("app"), role("App"), role("APP")],
  "names that differ in their path": [role("app"), role("a/app"), role("a/b/app"), role("a-app")],
  "a role and a user of one name": [role("app"), "arn:aws:iam::123456789012:user/app"],
};

/** How many callers of one length the 20,480 bytes of a function's policy have room for, with two statements for each. */
const LONG = [
  { title: "names of 52 letters", length: 52, fitting: 28 },
  { title: "the longest names", length: 64, fitting: 27 },
  { title: "the longest names and paths", path: `${"p".repeat(510)}/`, length: 64, fitting: 11 },
];

/** Regions by partition. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const PARTITIONS = { aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

engineSuite("callers of the Function URL", () => {
  for (const [title, callers] of share(Object.entries(LISTS), 3)) {
    it(`can be ${title}`, async () => {
      await withStack({}, async (stack) => {
        await stack.up({ ...URL_ONLY, agentRuntimeArn: runtime("one"), callers });
        assert.deepEqual(permitted(stack.cloud), [...callers].sort());
        const { changes } = await stack.up();
        assert.deepEqual(Object.keys(changes), ["same"]);
      });
    });
  }

  for (const [partition, region] of share(Object.entries(PARTITIONS), 1)) {
    it(`can be an account in ${partition}, which nothing replaces`, async () => {
      await withStack({ region }, async (stack) => {
        const agentRuntimeArn = runtime("one", partition, region);
        await stack.up({ ...URL_ONLY, agentRuntimeArn, callers: ["210987654321"] });
        assert.deepEqual(permitted(stack.cloud), [`arn:${partition}:iam::210987654321:root`]);
        const { steps } = await stack.up();
        assert.deepEqual(steps, []);
      });
    });
  }

  it("can be as many as the function's policy has room for; one more is refused in the preview", async () => {
    await withStack({}, async (stack) => {
      const listOf = (count: number) =>
        Array.from({ length: count }, (_, index) => role(`agent-client-${String(100 + index)}`));
      const stackOf = (count: number) => ({ ...URL_ONLY, agentRuntimeArn: runtime("one"), callers: listOf(count) });
      await assert.rejects(
        stack.preview(stackOf(32)),
        /`callers` names 32 principals.*Lambda accepts 20480.*the first 31/,
      );
      await stack.up(stackOf(31));
      assert.equal(permitted(stack.cloud).length, 31);
    });
  });

  for (const { title, path = "", length, fitting } of share(LONG, 1)) {
    it(`can be ${String(fitting)} with ${title}; one more is refused in the preview`, async () => {
      await withStack({}, async (stack) => {
        const callers = Array.from({ length: fitting + 1 }, (_, index) =>
          role(`${path}${letters(length - 2)}${String(10 + index)}`),
        );
        const stackOf = (count: number) => ({
          ...URL_ONLY,
          agentRuntimeArn: runtime("one"),
          callers: callers.slice(0, count),
        });
        await assert.rejects(
          stack.preview(stackOf(fitting + 1)),
          new RegExp(
            `\`callers\` names ${String(fitting + 1)} principals.*Lambda accepts 20480.*the first ${String(fitting)}\\. Name an account id`,
          ),
        );
        await stack.up(stackOf(fitting));
        assert.equal(permitted(stack.cloud).length, fitting);
      });
    });
  }

  it("keep their permissions when others come and go", async () => {
    await withStack({}, async (stack) => {
      const [first, second, third] = [role("one"), role("two"), role("three")];
      const stackOf = (callers: string[]) => ({ ...URL_ONLY, agentRuntimeArn: runtime("one"), callers });
      await stack.up(stackOf([first, second]));
      const before = stack.cloud.changes.length;
      await stack.up(stackOf([third, second]));
      assert.deepEqual(permitted(stack.cloud), [third, second].sort());
      const touched = stack.cloud.changes.slice(before).map(({ op, type }) => `${op} ${type}`);
      assert.deepEqual(touched.sort(), [
        ...Array.from({ length: 2 }, () => `create ${TYPES.permission}`),
        ...Array.from({ length: 2 }, () => `delete ${TYPES.permission}`),
      ]);
    });
  });
});

/** Principals that may do both that a call of the URL asks for. */
function permitted(cloud: Cloud): string[] {
  const may = (action: string) =>
    cloud
      .all(TYPES.permission)
      .filter(({ outputs }) => outputs["action"] === action)
      .map(({ outputs }) => String(outputs["principal"]))
      .sort();
  assert.deepEqual(may("lambda:InvokeFunctionUrl"), may("lambda:InvokeFunction"));
  return may("lambda:InvokeFunction");
}
