import assert from "node:assert/strict";
import { checkSettings } from "../../../../../contract/config/check";
import { doorPolicy } from "../../../../../contract/config/keys/policy";
import type { StackConfig } from "../../../../../contract/config/schema";
import { RUNTIME_ARN } from "../../../../support/program/components";

const PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
const headers = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-H${i}`, `H${i}`]));
const Caller = { name: "Caller-Id" };

const GOOD: readonly StackConfig[] = [
  { callerHeader: {} },
  { callerHeader: Caller },
  { callerHeader: { name: "c", value: "hash" } },
  { callerHeader: { name: `${PREFIX.toLowerCase()}Caller`, value: "subject" } },
  { callerHeader: Caller, headerMap: headers(19) },
  { callerHeader: Caller, headerMap: { "Caller-Id": "Claimed", "X-T": "CallerId" } },
  { callerHeader: Caller, runtimeAuth: "oauth", runtimeUserId: false },
  { runtimeUserId: true },
  { callerHeader: Caller, runtimeUserId: true, lockRuntime: true },
  { doors: ["streamingUrl", "streamingApi"], edge: true, callerHeader: Caller, runtimeUserId: true },
];

/** Invalid values of any type, as YAML allows them. */
const BAD: readonly (readonly [config: object, says: RegExp])[] = [
  ...["Caller", 7, true, null, ["Caller"]].map(
    (callerHeader) => [{ callerHeader }, /^`callerHeader` is .*Use \{ name, value \}, or \{\} for none/] as const,
  ),
  [{ callerHeader: { ...Caller, header: "x" } }, /^`callerHeader\.header` does not exist.*Use name, value/],
  ...["", 7, null, undefined, "a b", "7a", "-a", "é", "a\r\nb", "a:", PREFIX, "x".repeat(250), "X-Amz-Date"].map(
    (name) =>
      [{ callerHeader: { name, value: "hash" } }, /^`callerHeader\.name` is .*Use the name that follows/] as const,
  ),
  [
    { callerHeader: { name: "X-Amzn-Bedrock-AgentCore-Runtime-User-Id" } },
    /^`callerHeader\.name` is .*a letter first, not x-amz/,
  ],
  ...["", "Subject", "sub", 7, null, {}].map(
    (value) => [{ callerHeader: { ...Caller, value } }, /^`callerHeader\.value` is .*Use subject, or hash/] as const,
  ),
  ...["Caller-Id", "caller-id", "CALLER_ID", "Caller_Id", `${PREFIX}Caller-Id`, `${PREFIX.toUpperCase()}caller_id`].map(
    (target) =>
      [
        { callerHeader: Caller, headerMap: { "X-T": "T", "X-U": target } },
        /^`headerMap\.X-U` is .*the header of `callerHeader\.name`, "Caller-Id".*A client could set the caller/,
      ] as const,
  ),
  [{ callerHeader: Caller, headerMap: headers(20) }, /^`headerMap` has 20 entries, and `callerHeader` is one more/],
  ...["yes", 1, null, "true", {}].map(
    (runtimeUserId) => [{ runtimeUserId }, /^`runtimeUserId` is .*Use true or false/] as const,
  ),
  [{ runtimeUserId: true, runtimeAuth: "oauth" }, /^`runtimeUserId` is true and `runtimeAuth` is oauth.*sigv4/],
  ...(
    [
      ["callerHeader", { callerHeader: Caller }],
      ["runtimeUserId", { runtimeUserId: true }],
    ] as const
  ).map(
    ([key, config]) =>
      [
        { ...config, doors: ["streamingUrl"], edge: true },
        new RegExp(`^\`${key}\` is set, but every caller of this stack is anonymous.*Set \`edgeAuth\``),
      ] as const,
  ),
];

const errorsOf = (config: object): string[] => {
  let message = "";
  try {
    checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...config }, undefined);
  } catch (error) {
    assert.ok(error instanceof Error && error.constructor === Error, String(error));
    ({ message } = error);
  }
  return message.split("\n").flatMap((line) => (line.includes("`") ? [line.slice(line.indexOf("`"))] : []));
};

describe("the caller for the agent in the stack config", () => {
  for (const config of GOOD) {
    it(`may be ${JSON.stringify(config).slice(0, 90)}`, () => {
      assert.deepEqual(errorsOf(config), []);
    });
  }

  for (const [config, says] of BAD) {
    it(`is refused as ${JSON.stringify(config).slice(0, 90)}`, () => {
      const errors = errorsOf(config);
      assert.equal(errors.length, 1, errors.join("\n"));
      assert.match(errors[0] ?? "", says);
    });
  }

  it("is nothing by default", () => {
    const { callerHeader, runtimeUserId } = doorPolicy({});
    assert.deepEqual([callerHeader, runtimeUserId], [undefined, undefined]);
    assert.deepEqual(doorPolicy({ callerHeader: Caller }).callerHeader, {
      name: `${PREFIX}Caller-Id`,
      value: "subject",
    });
  });
});
