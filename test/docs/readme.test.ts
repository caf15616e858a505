import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DETECTORS } from "../../contract/runtime/doorPolicy";
import { MAX_BODY_BYTES } from "../../contract/aws/limits";
import { SESSION_ID_LENGTH } from "../../contract/wire/sessionId";
import { ERRORS } from "../../contract/wire/errors";
import { validatePolicy } from "../../contract/config/validate/policy";
import { PRICES_USD } from "../../contract/aws/prices";
import { pages } from "../../docs/generate";
import { ROOT } from "../support/local/frontDoor";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const { config } = parse(read("Pulumi.yaml")) as {
  config: Record<string, { description: string; default?: unknown }>;
};

/** The rows of a page's tables whose first cell is one name in code. */
function rowsOf(page: string): [name: string, cells: string[]][] {
  return page
    .split("\n")
    .filter((line) => /^\| `[^`]+` +\|/.test(line))
    .map((line) => {
      const [name = "", ...cells] = line
        .split("|")
        .slice(1, -1)
        .map((text) => text.trim());
      return [name.slice(1, -1), cells];
    });
}

/** The default of a key, as tables show it. */
function shownDefault(key: string): string {
  const fallback = config[key]?.default;
  const shown = typeof fallback === "string" && fallback !== "" ? fallback : JSON.stringify(fallback);
  return fallback === undefined ? "required" : `\`${shown}\``;
}

describe("docs/config.md", () => {
  const rows = rowsOf(read("docs/config.md"));

  for (const [key, { description }] of Object.entries(config)) {
    it(`has the row of \`${key}\` as Pulumi.yaml declares it`, () => {
      const found = rows.filter(([name]) => name === key);
      assert.deepEqual(found, [[key, [shownDefault(key), description]]]);
    });
  }

  it("has no other row", () => {
    const names = rows.map(([name]) => name);
    assert.deepEqual(names.sort(), Object.keys(config).sort());
  });
});

describe("docs/troubleshooting.md", () => {
  it("quotes error texts as they are", () => {
    const page = read("docs/troubleshooting.md");
    for (const code of ["INVALID_BODY", "INVALID_SESSION_ID", "AGENT_REFUSED"] as const) {
      assert.ok(page.includes(ERRORS[code].message), code);
    }
  });
});

describe("docs/costs.md", () => {
  it("counts with the prices that the spend alarm counts with", () => {
    const page = read("docs/costs.md");
    const { lambdaGbSecond, lambdaMillionRequests, restMillionCalls } = PRICES_USD;
    const lambda = 1e6 * 5 * 0.5 * lambdaGbSecond + lambdaMillionRequests;
    for (const usd of [lambda, lambda + restMillionCalls])
      assert.ok(page.includes(` $${usd.toFixed(2)} `), usd.toFixed(2));
  });
});

describe("README", () => {
  const readme = read("README.md");

  it("is two screens: 110 lines and 7,200 bytes at the most", () => {
    assert.ok(readme.split("\n").length <= 110);
    assert.ok(Buffer.byteLength(readme) <= 7200, `${Buffer.byteLength(readme)} bytes`);
  });

  it("shows about a dozen keys with their defaults", () => {
    const [, section = ""] = readme.split("## The keys that most stacks set");
    const rows = rowsOf(section);
    assert.ok(rows.length >= 10 && rows.length <= 14, String(rows.length));
    for (const [key, [fallback]] of rows) {
      assert.ok(key in config, key);
      assert.equal(fallback, shownDefault(key), key);
    }
  });

  it("says of the contract what docs/requests.md says", () => {
    const rows = (page: string) => page.split("\n").filter((line) => /^\| (?:`prompt`|`session_id`) /.test(line));
    assert.equal(rows(readme).length, 2);
    const fields = rows(read("docs/requests.md"));
    for (const row of rows(readme)) assert.ok(fields.includes(row), row);
    const said = `${SESSION_ID_LENGTH.min} to ${SESSION_ID_LENGTH.max} characters`;
    assert.ok(readme.includes(said) && readme.includes(` ${MAX_BODY_BYTES.toLocaleString("en")} bytes `));
  });
});

describe("generated pages", () => {
  let generated: Readonly<Record<string, string>>;
  before(async () => {
    generated = await pages();
  });

  it("are as the code makes them: npm run docs", () => {
    for (const [file, text] of Object.entries(generated)) assert.equal(read(file), text, file);
  });

  it("are all marked in .gitattributes, and no other page is", () => {
    const marked = [
      ...read(".gitattributes").matchAll(
        /^((?:contract|docs|policy|stacks)\/\S+\.(?:md|ts|json|ya?ml)) linguist-generated$/gm,
      ),
    ].map(([, path = ""]) => path);
    // Of a page with marks, only a part is generated.
    const whole = Object.entries(generated).flatMap(([page, text]) => (text.includes("<!-- ") ? [] : [page]));
    const pagesOf = whole.map((page) =>
      page.replace(/^((?:policy\/docs|docs\/security\/policies)\/).*(\.\w+)$/, "$1*$2"),
    );
    assert.deepEqual(marked.sort(), [...new Set(pagesOf)].sort());
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
    assert.deepEqual([...validatePolicy(config)], []);
  });

  it("names every detector, and no code that does not exist", () => {
    for (const name of DETECTORS) assert.ok(page.includes(`| \`${name}\``), name);
    for (const [, code = ""] of page.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) {
      assert.ok(code in ERRORS || code === "FRONT_DOOR_TOKEN", code);
    }
  });
});
