import assert from "node:assert/strict";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleHandler } from "../../../../components/function/bundle";
import { doorPolicy } from "../../../../contract/config/keys/policy";
import { errorBody } from "../../../../contract/wire/errors";
import type { SchemaCheck } from "../../../../functions/request/schema/check";

const SCHEMA = {
  type: "object",
  properties: {
    tenant: { type: "string", minLength: 2, pattern: "^[a-z]+$" },
    options: { type: "object", properties: { depth: { type: "integer", maximum: 3 } }, additionalProperties: false },
    slow: { type: "string", pattern: "^(a+)+$" },
    tags: { type: "array", items: { enum: ["x", "y"] } },
  },
  required: ["tenant"],
};

describe("payload.schema", () => {
  const folder = mkdtempSync(join(tmpdir(), "front-door-schema-"));
  let check: SchemaCheck;
  before(async () => {
    const archive = await bundleHandler("streaming", doorPolicy({ payload: { schema: SCHEMA } }), { schema: SCHEMA })
      .assets;
    const file = join(folder, "payloadSchema.mjs");
    writeFileSync(file, await (archive["payloadSchema.mjs"] as unknown as { text: Promise<string> }).text);
    ({ check } = (await import(pathToFileURL(file).href)) as { check: SchemaCheck });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const message = (fields: object): string | undefined => {
    const refusal = check({ prompt: "hello", ...fields });
    return refusal && errorBody(refusal, "id").error.message;
  };

  it("passes what fits", () => {
    assert.equal(message({ tenant: "ab", options: { depth: 3 }, tags: ["x"], other: 1 }), undefined);
  });

  for (const [title, fields, says] of [
    ["a missing field", {}, "`tenant` is missing."],
    ["another type", { tenant: 1 }, "`tenant` must be string."],
    ["a text that is too short", { tenant: "a" }, "`tenant` must NOT have fewer than 2 characters."],
    ["a number inside an object", { tenant: "ab", options: { depth: 4 } }, "`options.depth` must be <= 3."],
    [
      "an unknown field inside an object",
      { tenant: "ab", options: { deep: 1 } },
      "`options.deep` is not a field of the schema.",
    ],
    ["an item of a list", { tenant: "ab", tags: ["x", "z"] }, "`tags.1` must be equal to one of the allowed values."],
    [
      "a field whose name is a text of the client",
      { tenant: "ab", options: { "a b\n<script>": 1 } },
      "`options.…` is not a field of the schema.",
    ],
  ] as const) {
    it(`names ${title}`, () => {
      assert.ok(message(fields)?.includes(says), message(fields));
    });
  }

  it("does not hang on a pattern that backtracks", () => {
    assert.match(message({ tenant: "ab", slow: `${"a".repeat(60)}!` }) ?? "", /The check took too long/);
  });
});
