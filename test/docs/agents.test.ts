import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkSettings } from "../../contract/config/check";
import { asksForText } from "../../contract/wire/headers";
import { TextReport } from "../../functions/answer/textReport";
import { DIALECT_NAMES, type DialectName } from "../../contract/wire/dialects/names";
import { DialectReader } from "../../contract/wire/dialects/reader";
import { DIALECTS, lastLines } from "../../docs/sections/agents";
import { parsed } from "../support/http/sse";
import { RUNTIME_ARN } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";

const page = readFileSync(join(ROOT, "docs", "agents.md"), "utf8");

describe("docs/agents.md", () => {
  for (const [name, { title, example, failure }] of Object.entries(DIALECTS)) {
    it(`${title}: its example has the text and is in the dialect, its failure is one`, () => {
      const reader = new DialectReader();
      const bytes = Buffer.from(
        `${example.map((line) => (line.startsWith("event:") ? line : `${line}\n`)).join("\n")}\n`,
      );
      const said = parsed(bytes).flatMap(({ event, data }) => [...reader.read({ type: event ?? "", data })]);
      assert.equal(said.map((each) => (each.kind === "text" ? each.text : "")).join(""), "Hello");
      assert.equal(reader.dialect, name);
      assert.deepEqual(reader.read({ type: "", data: failure }), [{ kind: "failure" }]);
      assert.deepEqual(new DialectReader().read({ type: "", data: failure }), [{ kind: "failure" }]);
      const last = parsed(Buffer.from(`${lastLines(name as DialectName)}\n\n`));
      for (const { event, data } of last.filter((each) => each.data !== "[DONE]"))
        assert.deepEqual(reader.read({ type: event ?? "", data }), [{ kind: "failure" }]);
      for (const line of [...example, failure, lastLines(name as DialectName)]) assert.ok(page.includes(line), line);
    });
  }

  it("has every dialect", () => {
    assert.deepEqual(Object.keys(DIALECTS).sort(), [...DIALECT_NAMES].sort());
  });

  it("shows valid configs", () => {
    const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = ""]) => block);
    assert.equal(blocks.length, 3);
    for (const block of blocks) {
      const keys = Object.entries(parse(block) as Record<string, unknown>);
      const config = Object.fromEntries(keys.map(([key, value]) => [key.replace("agentcore-front-door:", ""), value]));
      checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...config }, "us-east-1");
    }
  });

  it("has the forms that a door sends and accepts for text only", () => {
    assert.ok(page.includes('`data: "Hel"`') && page.includes("`data: [DONE]`"));
    const report = new TextReport(new DialectReader());
    const { bytes } = report.push(Buffer.from("data: Hel\n\n"), false);
    assert.equal(Buffer.from(bytes).toString() + report.end, 'data: "Hel"\n\ndata: [DONE]\n\n');
    const [, accept] = /`Accept: (text\/event-stream; .*?)`/.exec(page) ?? [];
    assert.equal(asksForText(accept), true);
  });
});
