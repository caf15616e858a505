import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import * as barrel from "../../components/index";
import { DEFAULTS } from "../../contract/config/defaults";
import { SCHEMA_FILE } from "../../docs/packageSchema";
import { classDocs, literalOf } from "../support/package/argDocs";
import { ROOT } from "../support/local/frontDoor";
import type { Component, Schema } from "../support/package/plugin";
import { PORTABLE } from "./portable";

const PACKAGE = "agentcore-front-door";
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const isComponent = (value: unknown): boolean =>
  typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
const names = Object.entries(barrel).flatMap(([name, value]) => (isComponent(value) ? [name] : []));

describe("components as a package", () => {
  // test/package compares it with the components.
  const schema = JSON.parse(read(SCHEMA_FILE)) as Schema;

  const component = (name: string): Component => {
    const found = schema.resources[`${PACKAGE}:index:${name}`];
    assert.ok(found, `the schema has ${name}`);
    return found;
  };

  it("is a plugin of its own name and of the project's version", () => {
    const { name, version, main } = JSON.parse(read("components/package.json")) as Record<string, string>;
    const root = JSON.parse(read("package.json")) as Record<string, string>;
    assert.deepEqual([name, version, main], [PACKAGE, root["version"], "package/index.cjs"]);
    assert.deepEqual(parse(read("components/PulumiPlugin.yaml")), { runtime: "nodejs" });
    assert.deepEqual([schema.name, schema.version], [PACKAGE, root["version"]]);
  });

  it("has every component that the barrel exports, and no other", () => {
    assert.deepEqual(names.sort(), Object.keys(PORTABLE).sort());
    assert.deepEqual(Object.keys(schema.resources).sort(), names.map((name) => `${PACKAGE}:index:${name}`).sort());
  });

  for (const [name, { inputs, outputs }] of Object.entries(PORTABLE)) {
    it(`${name} takes and gives the same in every language, and says what`, () => {
      const { isComponent: hosted, description, inputProperties, requiredInputs, properties } = component(name);
      assert.ok(hosted && description);
      const taken = Object.keys(inputProperties).map((input) => (requiredInputs.includes(input) ? input : `${input}?`));
      assert.deepEqual(taken.sort(), [...inputs].sort());
      assert.deepEqual(Object.keys(properties).sort(), [...outputs].sort());
      for (const [input, property] of Object.entries(inputProperties)) assert.ok(property.description, input);
    });
  }

  it("says of every property of a nested type what it is", () => {
    for (const [name, { properties = {} }] of Object.entries(schema.types)) {
      for (const [property, { description }] of Object.entries(properties))
        assert.ok(description, `${name}.${property}`);
    }
  });
});

describe("component classes", () => {
  const classes = classDocs();

  for (const [name, { token, args }] of classes) {
    it(`${name} is registered under its own name`, () => {
      assert.equal(token, `${PACKAGE}:index:${name}`);
    });

    it(`${name} documents a default for what may be left out, that of the config where there is one`, () => {
      assert.ok(args.length > 0);
      for (const { name: arg, optional, fallback } of args) {
        assert.equal(fallback !== undefined, optional, arg);
        if (fallback === undefined || !(arg in DEFAULTS)) continue;
        const expected = (DEFAULTS as Record<string, unknown>)[arg];
        const literal = literalOf(fallback);
        // Only a default that means "off" may have no value.
        if (literal === undefined) assert.ok(isOff(expected), `${arg}: ${fallback}`);
        else assert.deepEqual(literal, expected, arg);
      }
    });
  }

  it("holds every component of the barrel", () => {
    for (const name of names) assert.ok(classes.has(name), name);
  });
});

function isOff(value: unknown): boolean {
  return value === false || value === 0 || value === "" || Object.keys(value as object).length === 0;
}
