import assert from "node:assert/strict";
import { checkSettings } from "../../../../contract/config/check";
import type { StackConfig } from "../../../../contract/config/schema";
import { RUNTIME_ARN } from "../../../support/program/components";

const CALLERS = ["arn:aws:iam::123456789012:role/app"];
const check = (change: object): unknown =>
  checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...(change as StackConfig) }, "us-east-1");
const named = (agent: object) => ({ agents: { a: { agentRuntimeArn: RUNTIME_ARN, ...agent } } });

describe("what is read and sent of an agent's answer", () => {
  for (const change of [
    { dialect: "strands" },
    { dialect: "" },
    { answer: {} },
    { answer: { text: "token" } },
    { answer: { text: "choices.0.delta.$text" } },
    named({ answer: { text: "a.b" } }),
    { ...named({ dialect: "agUi" }), agentRuntimeArn: "" },
    { agentRuntimeArn: "", sampleAgent: true, dialect: "plain" },
    { events: "text" },
    { events: "text", doors: ["streamingUrl"], edge: true },
    { agentErrors: "pass" },
    { agentErrors: "pass", doors: ["bufferedApi", "streamingUrl"], callers: CALLERS },
    { agentErrors: "replace", doors: ["streamingUrl"], edge: true },
  ]) {
    it(`can be ${JSON.stringify(change)}`, () => {
      check(change);
    });
  }

  for (const [change, says] of [
    [
      { dialect: "strand" },
      /`dialect` is "strand" \(did you mean `strands`\?\)\. Use strands, .*plain, or leave it out/,
    ],
    [{ dialect: null }, /`dialect` is null/],
    [{ answer: "token" }, /`answer` is "token"\. Use an object with `text`, such as \{ text: delta\.text \}/],
    [{ answer: { path: "token" } }, /`answer\.path`.*text/],
    [{ answer: { text: "" } }, /`answer\.text` is ""\. Use the names of fields from the outside to the inside/],
    [
      { answer: { text: "a..b" } },
      /`answer\.text` is "a\.\.b"\. Use the names of fields.*separated by dots, such as delta\.text/,
    ],
    [{ answer: { text: ".a" } }, /`answer\.text` is "\.a"/],
    [{ answer: { text: "a." } }, /`answer\.text` is "a\."/],
    [{ answer: { text: "a[0]" } }, /`answer\.text` is "a\[0\]"/],
    [{ answer: { text: "a b" } }, /`answer\.text` is "a b"/],
    [{ answer: { text: 7 } }, /`answer\.text` is 7/],
    [{ answer: { text: ["a"] } }, /`answer\.text` is \["a"\]/],
    [{ answer: { text: "a".repeat(129) } }, /128 characters in all/],
    [{ answer: { text: "a" }, dialect: "agUi" }, /`answer\.text` and `dialect` are both set\. Leave one of them out/],
    [
      named({ answer: { text: "a" }, dialect: "agUi" }),
      /`agents\.a\.answer\.text` and `agents\.a\.dialect` are both set/,
    ],
    [named({ answer: { text: "a..b" } }), /`agents\.a\.answer\.text` is "a\.\.b"/],
    [named({ answer: null }), /`agents\.a\.answer` is null\. Use an object/],
    [
      { ...named({}), agentRuntimeArn: "", dialect: "agUi" },
      /`dialect` has no effect: no agent is behind POST \/invoke.*`agents`/,
    ],
    [
      { ...named({}), agentRuntimeArn: "", answer: { text: "a" } },
      /`answer` has no effect: no agent is behind POST \/invoke/,
    ],
    [{ events: "texts" }, /`events` is "texts"\. Use all .*, or text/],
    [{ events: null }, /`events` is null/],
    [{ agentErrors: "hide" }, /`agentErrors` is "hide"\. Use replace .*, or pass/],
    [{ agentErrors: true }, /`agentErrors` is true/],
    [
      { agentErrors: "pass", doors: ["streamingUrl"], edge: true },
      /`agentErrors` is "pass", but `edge` is true: .* would reach the public\. Use replace, or set `edge` to false/,
    ],
    [{ agentErrors: "pass", doors: ["bufferedApi"] }, /`agentErrors` is "pass", but no door streams.*Remove it/],
    [{ agentErrors: "pass", events: "text" }, /`agentErrors` is "pass", but with `events` text clients get no event/],
  ] as const) {
    it(`cannot be ${JSON.stringify(change).slice(0, 90)}`, () => {
      assert.throws(() => check(change), says);
    });
  }
});
