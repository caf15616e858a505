import assert from "node:assert/strict";
import { checkSettings } from "../../../../contract/config/check";
import type { StackConfig } from "../../../../contract/config/schema";
import { RUNTIME_ARN } from "../../../support/program/components";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:my-hooks";
const TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/profiles";
const STATEMENT = { actions: ["dynamodb:GetItem"], resources: [TABLE] };
const check = (change: object): unknown =>
  checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...(change as StackConfig) }, "us-east-1");

describe("code of the stack", () => {
  for (const change of [
    { hooks: "./hooks.ts", hookStatements: [STATEMENT, { actions: ["s3:Get*"], resources: ["*"] }], hookTimeoutMs: 50 },
    { hookFunctionArn: FUNCTION },
    { hookFunctionArn: `${FUNCTION}:live`, hookTimeoutMs: 60_000 },
    { hooks: "", hookFunctionArn: "", hookStatements: [] },
    { headerFields: { "X-Tenant": "tenant" } },
    { payload: { schema: { properties: { tenant: { type: "string" } }, required: ["tenant"] } } },
    { payload: { schema: {} } },
  ]) {
    it(`can be ${JSON.stringify(change)}`, () => {
      check(change);
    });
  }

  for (const [change, says] of [
    [{ hooks: 1 }, /`hooks` is 1\. Use the path of a module, such as \.\/hooks\.ts/],
    [{ hooks: " " }, /`hooks` is " "/],
    [{ hooks: "./hooks.ts", hookFunctionArn: FUNCTION }, /`hooks` and `hookFunctionArn` are both set/],
    [{ hookFunctionArn: "my-hooks" }, /`hookFunctionArn` is "my-hooks", which is not the ARN of a function/],
    [{ hookFunctionArn: `${FUNCTION}:$LATEST` }, /\$LATEST may not/],
    [{ hookFunctionArn: FUNCTION.replace("us-east-1", "eu-west-1") }, /is in eu-west-1, but the stack is in us-east-1/],
    [{ hookTimeoutMs: 49 }, /`hookTimeoutMs` is 49\. Use a whole number from 50 to 60000/],
    [{ hookStatements: [STATEMENT] }, /`hookStatements` is set, but `hooks` is not/],
    [{ hookFunctionArn: FUNCTION, hookStatements: [STATEMENT] }, /`hookStatements` is set, but `hooks` is not/],
    [{ hooks: "./a.ts", hookStatements: {} }, /`hookStatements` is \{\}\. Use a list/],
    [{ hooks: "./a.ts", hookStatements: ["*"] }, /`hookStatements\[0\]` is "\*"/],
    [
      { hooks: "./a.ts", hookStatements: [{ ...STATEMENT, effect: "Allow" }] },
      /`hookStatements\[0\]\.effect` does not exist/,
    ],
    [{ hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: [] }] }, /actions` is \[\]/],
    [
      { hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: ["*"] }] },
      /contains "\*"\. Use the name of one action/,
    ],
    [{ hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: ["s3:*"] }] }, /contains "s3:\*"/],
    [{ hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: ["sts:AssumeRole"] }] }, /act beyond the door/],
    [{ hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: ["iam:PassRole"] }] }, /act beyond the door/],
    [
      { hooks: "./a.ts", hookStatements: [{ ...STATEMENT, actions: ["bedrock-agentcore:InvokeAgentRuntimeCommand"] }] },
      /act beyond the door/,
    ],
    [
      { hooks: "./a.ts", hookStatements: [{ ...STATEMENT, resources: ["profiles"] }] },
      /resources` is \["profiles"\]\. Use a list of ARNs/,
    ],
    [{ headerFields: [] }, /`headerFields` is \[\]/],
    [{ headerFields: { "X Tenant": "tenant" } }, /"X Tenant", which is not a header name/],
    [{ headerFields: { Authorization: "token" } }, /belongs to AWS, to HTTP or to the caller's own proof/],
    [{ headerFields: { "x-auth-token": "token" } }, /belongs to AWS/],
    [{ headerFields: { "X-A": "prompt" } }, /Use the name of a field, other than prompt and session_id/],
    [{ headerFields: { "X-A": "__proto__" } }, /Use the name of a field/],
    [{ headerFields: { "X-A": 1 } }, /`headerFields\.X-A` is 1/],
    [{ headerFields: { "X-A": "a", "x-a": "b" } }, /`headerFields`.*twice|names.*header/],
    [{ headerFields: { "X-A": "a", "X-B": "a" } }, /`headerFields`.*"a"/],
    [
      { headerFields: { "X-A": "a" }, payload: { deny: ["a"] } },
      /`headerFields` sets "a", which `payload\.deny` refuses/,
    ],
    [{ payload: { schema: "x" } }, /`payload\.schema` is "x"\. Use a JSON Schema/],
    [{ payload: { schema: { typ: "object" } } }, /unknown keyword: "typ"/],
    [{ payload: { schema: { properties: { a: { type: "strin" } } } } }, /not a JSON Schema/],
    [{ payload: { schema: { properties: { a: { type: "string", pattern: "(" } } } } }, /not a JSON Schema/],
    [
      { payload: { schema: { properties: { a: { type: "string", format: "email" } } } } },
      /unknown format "email".*there are no formats/,
    ],
    [{ payload: { schema: { $ref: "https://example.com/schema.json" } } }, /no references to other documents/],
    [{ payload: { schema: { $async: true } } }, /`\$async`/],
  ] as const) {
    it(`cannot be ${JSON.stringify(change)}`, () => {
      assert.throws(() => check(change), says);
    });
  }
});
