import assert from "node:assert/strict";
import { changeOf } from "../../../local/cli/localStack";
import { TYPES, type Resource } from "../../../local/program/graph";

const resource = (type: string, name: string, inputs: Record<string, unknown>): Resource => ({
  urn: `urn:${name}`,
  type,
  name,
  parent: "",
  custom: true,
  protect: false,
  ignoreChanges: [],
  id: name,
  inputs,
  outputs: inputs,
  wire: undefined,
  computed: {},
  dependencies: [],
  propertyDependencies: new Map(),
});
const code = (text: string) => ({ files: { "index.mjs": { text } } });
const stack = (text: string, timeout = 30, route = "/invoke"): Resource[] => [
  resource(TYPES.function, "a", { code: code(text), timeout }),
  resource(TYPES.function, "b", { code: code("same"), timeout: 30 }),
  resource(TYPES.method, "m", { route }),
];

describe("the change between two recordings of a stack", () => {
  it("is none if the program registers the same", () => {
    assert.deepEqual(changeOf(stack("one"), stack("one")), { kind: "none" });
  });

  it("is the code of the functions that have another one", () => {
    const change = changeOf(stack("one"), stack("two"));
    assert.ok(change.kind === "code");
    assert.deepEqual(
      change.functions.map(({ name }) => name),
      ["a"],
    );
  });

  it("is in the resources if anything else differs, also together with code", () => {
    assert.equal(changeOf(stack("one"), stack("one", 31)).kind, "resources");
    assert.equal(changeOf(stack("one"), stack("two", 30, "/health")).kind, "resources");
    assert.equal(changeOf(stack("one"), stack("one").slice(1)).kind, "resources");
  });
});
