import assert from "node:assert/strict";
import { execFile, type ExecFileException } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import type { PolicyEvent } from "../../policy/sarif/events";
import { readPolicyEvents } from "../../policy/sarif/events";
import { toSarif } from "../../policy/sarif/sarif";
import { ROOT } from "../support/local/frontDoor";
import { analyzed, declare, unknown } from "./support/declare";
import { analyze } from "./support/sdk";

const SCHEMA = require.resolve("schemastore/schemas/json/sarif-2.1.0.json");
const PACK = { name: "agentcore-front-door", version: "1.2.3" };

// The schema has a pattern that is none in unicode mode, and deprecated vocabulary.
const ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);

function assertValid(log: Log): void {
  assert.ok(validate(JSON.parse(JSON.stringify(log))), ajv.errorsText(validate.errors));
}

/** Findings as the engine would send them. */
async function events(): Promise<string> {
  const resources = analyzed(
    [
      declare("functionUrl", "open", { authorizationType: "NONE" }),
      declare("functionUrl", "later", { authorizationType: unknown }),
      declare("functionUrl", "waived", { authorizationType: "NONE" }),
    ],
    "preview",
  );
  const waived = resources.find(({ name }) => name === "waived");
  const { findings } = await analyze(
    packOf(RULES, () => "2026-11-24").filter(({ name }) => /^fd-(pack|lambda-function-url-aws-iam)/.test(name)),
    resources,
    {
      "fd-pack": {
        scope: "all",
        waivers: [
          {
            rule: "fd-lambda-function-url-aws-iam",
            urn: waived?.urn,
            finding: "authorizationType",
            reason: "A test of ours that ends with the week.",
            owner: "team@example.com",
            expires: "2026-12-01",
          },
        ],
      },
    },
  );
  const lines = findings.map(({ policy, level, message, urn }, sequence) => ({
    sequence: sequence + 1,
    timestamp: 1795520208,
    policyEvent: {
      resourceUrn: urn,
      message: `<{%reset%}>${message}<{%reset%}>\n`,
      color: "never",
      policyName: policy,
      policyPackName: PACK.name,
      policyPackVersion: "0.1.0",
      policyPackVersionTag: "0.1.0",
      enforcementLevel: level,
      severity: "critical",
    },
  }));
  return [{ sequence: 0, timestamp: 1795520208, diagnosticEvent: { message: "hello" } }, ...lines]
    .map((line) => JSON.stringify(line))
    .join("\n");
}

const from = (found: readonly PolicyEvent[]) => toSarif(found, { rules: RULES, pack: PACK });

describe("SARIF of findings", () => {
  it("is valid by the official schema, with and without findings", async () => {
    assertValid(from([]));
    assertValid(from(readPolicyEvents(await events())));
    assertValid(
      toSarif([], {
        rules: RULES,
        pack: PACK,
        docsUrl: "https://example.com/repository/policy/",
        file: "infra/Pulumi.yaml",
      }),
    );
  });

  it("has a check that can fail", () => {
    assert.ok(!validate({ version: "2.1.0", runs: [{ tool: { driver: {} } }] }));
  });

  it("has one result a finding, with level, resource and a fingerprint that outlives a new run", async () => {
    const log = from(readPolicyEvents(await events()));
    const [run, ...more] = log.runs;
    assert.deepEqual(more, []);
    const results = run?.results ?? [];
    assert.deepEqual(
      results.map(({ ruleId, level, suppressions, locations }) => [
        ruleId,
        level,
        locations?.[0]?.logicalLocations?.[0]?.name,
        suppressions?.map(({ justification }) => justification),
      ]),
      [
        ["fd-lambda-function-url-aws-iam", "error", "open", undefined],
        ["fd-lambda-function-url-aws-iam-unproven", "warning", "later", undefined],
        ["fd-lambda-function-url-aws-iam", "warning", "waived", ["A test of ours that ends with the week."]],
      ],
    );
    for (const { ruleId, ruleIndex = -1, message } of results) {
      assert.equal(run?.tool.driver.rules?.[ruleIndex]?.id, ruleId);
      assert.doesNotMatch(String(message.text), /<\{%/);
    }
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.["findingId/v1"]);
    assert.equal(new Set(prints).size, prints.length);
    const again = from(readPolicyEvents(await events())).runs[0]?.results;
    assert.deepEqual(
      again?.map(({ partialFingerprints }) => partialFingerprints?.["findingId/v1"]),
      prints,
    );
  });

  it("describes every rule with help, tags and a link to its page", () => {
    const rules = toSarif([], { rules: RULES, pack: PACK, docsUrl: "https://example.com/r/" }).runs[0]?.tool.driver
      .rules;
    assert.equal(rules?.length, RULES.length * 2);
    for (const { id, help, helpUri, properties } of rules) {
      assert.equal(helpUri, `https://example.com/r/docs/${id.replace(/-unproven$/, "")}.md`);
      assert.ok(String(help?.text).length > 20);
      assert.ok(Number(properties?.["security-severity"]) > 0);
    }
  });

  it("gives another pack a run of its own", async () => {
    const found = readPolicyEvents(await events());
    const log = from([
      ...found,
      {
        message: "Buckets are private.\nb is not",
        policyName: "s3",
        policyPackName: "other",
        enforcementLevel: "mandatory",
      },
    ]);
    assertValid(log);
    assert.deepEqual(
      log.runs.map(({ tool, results }) => [tool.driver.name, results?.length]),
      [
        [PACK.name, found.length],
        ["other", 1],
      ],
    );
  });

  it("takes an array of events as well", async () => {
    const lines = await events();
    assert.deepEqual(readPolicyEvents(`[${lines.split("\n").join(",")}]`), readPolicyEvents(lines));
  });
});

describe("the command that writes SARIF", () => {
  const run = (input: string, ...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ["--import", "tsx", join(ROOT, "policy/sarif/main.ts"), ...args],
        { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
        (error: ExecFileException | null, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
        },
      );
      child.stdin?.end(input);
    });

  it("reads events and writes a valid log", async () => {
    const { code, stdout, stderr } = await run(await events());
    assert.equal(code, 0, stderr);
    const log = JSON.parse(stdout) as Log;
    assertValid(log);
    assert.equal(log.runs[0]?.results?.length, 3);
  });

  for (const [title, input, args, error] of [
    [
      "nothing",
      "",
      [],
      /The input has no engine event: it is empty\. Give the output of `pulumi policy analyze --json`/,
    ],
    ["a text", "hello", [], /^Line 1 is not JSON: /],
    ["a digest of a preview", '{"steps":[]}', [], /no engine event.*PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true/],
    ["a broken line", '{"sequence":0}\n{"sequence"', [], /^Line 2 is not JSON: /],
    ["a number", '{"sequence":0}\n7', [], /^Line 2 is no engine event/],
    ["a file that is not there", "", ["--input", "nowhere.json"], /nowhere\.json/],
    ["an option that is not there", "", ["--inptu", "x"], /--inptu/],
    ["a link that is none", '{"sequence":0}', ["--docs-url", "docs"], /--docs-url is "docs"\. Use an http URL/],
  ] as const)
    it(`says what is wrong with ${title}`, async () => {
      const { code, stdout, stderr } = await run(input, ...args);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, error);
    });
});
