import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { validateAgents } from "../../contract/config/validate/agents";
import { DEFAULTS } from "../../contract/config/defaults";
import type { Settings } from "../../contract/config/settings";
import { DIALECT_NAMES, type DialectName } from "../../contract/wire/dialects/names";
import { DialectReader } from "../../contract/wire/dialects/reader";
import { DIALECTS, lastLines } from "../../docs/agents";
import { parsed } from "../support/http/sse";
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

  it("shows a valid config", () => {
    const [, block = ""] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    const agents = (parse(block) as Record<string, unknown>)["agentcore-front-door:agents"];
    assert.ok(agents);
    assert.deepEqual([...validateAgents({ ...DEFAULTS, agents } as unknown as Settings, "us-east-1")], []);
  });
});
