import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DETECTORS } from "../../contract/runtime/doorPolicy";
import { ERRORS } from "../../contract/wire/errors";
import { policyMistakes } from "../../contract/config/validate/policy";
import { PRICES_USD } from "../../contract/aws/prices";
import { pages } from "../../docs/generate";
import { ROOT } from "../support/local/frontDoor";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

describe("README", () => {
  const readme = read("README.md");
  const { config } = parse(read("Pulumi.yaml")) as {
    config: Record<string, { description: string; default?: unknown }>;
  };

  for (const [key, { description, default: fallback }] of Object.entries(config)) {
    it(`has the row of \`${key}\` as Pulumi.yaml declares it`, () => {
      const shown = typeof fallback === "string" && fallback !== "" ? fallback : JSON.stringify(fallback);
      const cell = fallback === undefined ? "required" : `\`${shown}\``;
      const row = readme.split("\n").find((line) => line.startsWith(`| \`${key}\` `));
      assert.deepEqual(
        row
          ?.split("|")
          .map((text) => text.trim())
          .slice(1, 4),
        [`\`${key}\``, cell, description],
      );
    });
  }

  it("quotes error texts as they are", () => {
    for (const code of ["INVALID_BODY", "INVALID_SESSION_ID", "AGENT_REFUSED"] as const) {
      assert.ok(readme.includes(ERRORS[code].message), code);
    }
  });

  it("counts with the prices that the spend alarm counts with", () => {
    const { lambdaGbSecond, lambdaMillionRequests, restMillionCalls } = PRICES_USD;
    const lambda = 1e6 * 5 * 0.5 * lambdaGbSecond + lambdaMillionRequests;
    for (const usd of [lambda, lambda + restMillionCalls])
      assert.ok(readme.includes(` $${usd.toFixed(2)} `), usd.toFixed(2));
  });

  it("names npm scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const [, name = ""] of readme.matchAll(/npm run (\w+)/g)) assert.ok(name in scripts, name);
  });
});

describe("generated pages", () => {
  it("are as the code makes them: npm run docs", async () => {
    for (const [file, text] of Object.entries(await pages())) assert.equal(read(file), text, file);
  });
});

describe("docs/requests.md", () => {
  const page = read("docs/requests.md");

  it("shows config that the program takes", () => {
    const examples = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(
      ([, text = ""]) => parse(text) as Record<string, unknown>,
    );
    assert.ok(examples.length >= 3);
    const config = Object.fromEntries(
      examples.flatMap((example) =>
        Object.entries(example).map(([key, value]) => [key.replace(/^agentcore-front-door:/, ""), value]),
      ),
    );
    assert.deepEqual([...policyMistakes(config)], []);
  });

  it("names every detector, and no code that does not exist", () => {
    for (const name of DETECTORS) assert.ok(page.includes(`| \`${name}\``), name);
    for (const [, code = ""] of page.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) {
      assert.ok(code in ERRORS || code === "FRONT_DOOR_TOKEN", code);
    }
  });
});
