import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { DEFAULTS } from "../../../contract/config/defaults";
import { CONFIG_KEYS, readConfig } from "../../../contract/config/read";
import { checkSettings } from "../../../contract/config/check";
import type { StackConfig } from "../../../contract/config/schema";
import { RUNTIME_ARN } from "../../support/program/components";
import { ROOT } from "../../support/local/frontDoor";
import { stackConfigKeys } from "../../support/sources";

const { config: declared } = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as {
  config: Record<string, { type: string; default?: unknown }>;
};

/** The `@default` of each key; a literal as JSON. */
function documentedDefaults(): Map<string, unknown> {
  return new Map(
    stackConfigKeys().map((key) => {
      const tag = ts.getJSDocTags(key).find(({ tagName }) => tagName.text === "default");
      const text = ts.getTextOfJSDocComment(tag?.comment)?.split(" - ")[0];
      return [key.name.getText(), text === undefined ? undefined : JSON.parse(text)];
    }),
  );
}

describe("the keys of the stack config", () => {
  it("are the same in Pulumi.yaml, in contract/config/defaults.ts and in StackConfig", () => {
    const keys = Object.keys(declared).sort();
    assert.deepEqual([...CONFIG_KEYS].sort(), keys);
    assert.deepEqual([...documentedDefaults().keys()].sort(), keys);
  });

  for (const [key, { default: fallback, type }] of Object.entries(declared)) {
    it(`${key} has one default`, () => {
      assert.deepEqual((DEFAULTS as Record<string, unknown>)[key], fallback);
      assert.deepEqual(documentedDefaults().get(key), fallback);
      if (fallback !== undefined) assert.equal(type === "string", typeof fallback === "string");
    });
  }
});

describe("readConfig", () => {
  const read = (values: Record<string, string>) => readConfig(values, "front");

  it("takes texts as they are and all else as JSON, and leaves other projects' keys alone", () => {
    assert.deepEqual(
      read({
        "front:agentRuntimeArn": RUNTIME_ARN,
        "front:doors": '["streamingUrl"]',
        "front:qualifier": "42",
        "front:memorySizeMb": "256",
        "aws:region": "us-east-1",
      }),
      { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingUrl"], qualifier: "42", memorySizeMb: 256 },
    );
  });

  for (const [values, says] of [
    [
      { "front:door": "[]" },
      /`door` is not a key of this project \(did you mean `doors`\?\)\. Remove it: pulumi config rm door/,
    ],
    [{ "front:entirelyElse": "1" }, /`entirelyElse` is not a key of this project\. Remove/],
    [{ "front:memorySizeMb": "much" }, /`memorySizeMb` is much, which is not JSON/],
  ] as [Record<string, string>, RegExp][]) {
    it(`refuses ${JSON.stringify(values)}`, () => {
      assert.throws(() => read(values), says);
    });
  }
});

describe("readConfig with encrypted values", () => {
  const values = { "front:qualifier": "hidden", "front:apiKeys": "{hidden", "auth0:clientSecret": "hidden" };
  const read = (...secret: string[]) => readConfig(values, "front", Error, (key) => secret.includes(key));

  it("refuses each of its own keys with a command that mends it, and shows no value", () => {
    assert.throws(
      () => read("front:qualifier", "front:apiKeys"),
      ({ message }: Error) =>
        ["qualifier", "apiKeys"].every(
          (key) => message.includes(`\`${key}\` is secret`) && message.includes(`set --plaintext ${key} <value>`),
        ) && !message.includes("hidden"),
    );
  });

  it("leaves those of other packages alone", () => {
    const { "auth0:clientSecret": other } = values;
    assert.deepEqual(
      readConfig({ "auth0:clientSecret": other }, "front", Error, () => true),
      {},
    );
  });
});

describe("checkSettings with a value of another kind", () => {
  const STRANGE = [
    null,
    7,
    -1,
    1.5,
    "x",
    "",
    true,
    [],
    {},
    [null],
    [7],
    [[]],
    { a: null },
    { a: 7 },
    { a: {} },
    { a: [[]] },
  ];
  const BESIDE: StackConfig[] = [
    {},
    { doors: ["bufferedApi", "streamingUrl", "streamingApi"] },
    ...["apiKey", "cognito", "jwt", "custom"].map((apiAuth) => ({ apiAuth })),
    { doors: ["streamingUrl"], edge: true },
    { privateNetwork: true, privateApi: true },
    { alarms: true, lockRuntime: true },
  ];
  class Refusal extends Error {}

  for (const [key, fallback] of Object.entries<unknown>(DEFAULTS)) {
    it(`refuses it, and nothing breaks: ${key}`, () => {
      for (const value of STRANGE) {
        for (const config of BESIDE) {
          let refused = false;
          try {
            checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...config, [key]: value }, "us-east-1", Refusal);
          } catch (error) {
            assert.ok(error instanceof Refusal, `${JSON.stringify(value)}: ${String(error)}`);
            refused = true;
          }
          // A program of one's own can name callers by keys.
          const isMap = key === "callers" && kindOf(value) === "object";
          if (kindOf(value) !== kindOf(fallback) && !isMap) assert.ok(refused, JSON.stringify(value));
        }
      }
    });
  }
});

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}
