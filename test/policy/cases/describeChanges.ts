import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, PackConfig } from "../../../local/policyHost/host";
import { packOf } from "../../../policy/pack/pack";
import { RULES } from "../../../policy/rules";
import { ROOT } from "../../support/local/frontDoor";
import type { Mode } from "../support/declare";
import { analyze } from "../support/sdk";
import { AGENTS } from "./agents";
import { APIS } from "./apis";
import type { Change, Wanted } from "./case";
import { EDGE } from "./edge";
import { FIREWALL } from "./firewall";
import { FUNCTIONS } from "./functions";
import { Recorded } from "./recorded";
import { RIGHT } from "./right";
import { ROLES } from "./roles";
import { WAYS_IN } from "./waysIn";

const PROD = JSON.parse(readFileSync(join(ROOT, "policy/prod.json"), "utf8")) as PackConfig;
const CONFIGS = { default: {} as PackConfig, prod: PROD };

/** Settings of a case over those of a config. */
function merged(config: PackConfig, more: Change["config"] = {}): PackConfig {
  const given = Object.entries(more).map(([policy, settings]) => {
    const own = config[policy] ?? {};
    return [policy, { ...(typeof own === "string" ? { enforcementLevel: own } : own), ...settings }];
  });
  return { ...config, ...Object.fromEntries(given) } as PackConfig;
}

const keyOf = ({ policy, urn, message }: Finding): string =>
  [policy.replace(/-unproven$/, ""), urn, /\(finding "([^"]*)"/.exec(message)?.[1] ?? message].join(" ");

const untouched = new Map<string, Promise<ReadonlySet<string>>>();

/** What the pack says of a program before a change. */
function before(stack: string, mode: Mode, name: string, config: PackConfig): Promise<ReadonlySet<string>> {
  const key = `${stack} ${mode} ${name}`;
  const known =
    untouched.get(key) ??
    Recorded.of(stack, mode)
      .then((program) => analyze(packOf(RULES), program.with([]), config))
      .then(({ findings }) => new Set(findings.map(keyOf)));
  untouched.set(key, known);
  return known;
}

/** What the pack says of a change: the level, and the rules that say it. */
async function said(each: Change, mode: Mode, name: Run[1]): Promise<{ level: Wanted; rules: readonly string[] }> {
  const config = merged(CONFIGS[name], each.config);
  const program = await Recorded.of(each.stack, mode);
  const added = each.change(program);
  const { findings } = await analyze(packOf(RULES), program.with(added), config);
  const known = await before(each.stack, mode, name, CONFIGS[name]);
  const fresh = findings.filter((finding) => !known.has(keyOf(finding)));
  const about =
    each.wanted === "silent"
      ? fresh
      : fresh.filter(({ policy }) => each.rules.includes(policy.replace(/-unproven$/, "")));
  const level = about.some((finding) => finding.level === "mandatory") ? "stops" : about.length > 0 ? "says" : "silent";
  return { level, rules: [...new Set(fresh.map(({ policy }) => policy))] };
}

/** What the pack gets wrong today. A change that it says right has to leave the list. */
const WRONG: readonly string[] = [];

const isEnough = (wanted: Wanted, level: Wanted): boolean =>
  wanted === "silent" ? level === "silent" : level === "stops" || (wanted === "says" && level === "says");

const CHANGES: readonly Change[] = [
  ...WAYS_IN,
  ...APIS,
  ...FIREWALL,
  ...EDGE,
  ...ROLES,
  ...FUNCTIONS,
  ...AGENTS,
  ...RIGHT,
];

/** A run of the pack: `preview` or `update`, with the defaults or with prod.json. */
export type Run = readonly [mode: Mode, config: keyof typeof CONFIGS];

/** Registers a test for each change, which is tried in each of these runs, and prints what was said. */
export function describeChanges(title: string, runs: readonly Run[]): void {
  describe(title, () => {
    const rows: string[] = [];
    after(() => {
      console.log([`change | wanted | ${runs.map((run) => run.join(" ")).join(", ")}`, ...rows].join("\n"));
    });

    for (const each of CHANGES)
      it(`${each.wanted}: ${each.title} (${each.stack})`, async () => {
        const wrong: string[] = [];
        const levels: string[] = [];
        for (const [mode, name] of runs) {
          const { level, rules } = await said(each, mode, name);
          levels.push(level);
          // A mandatory finding of what is not known yet needs `strict`.
          const wanted = mode === "preview" && name === "default" ? (each.inPreview ?? each.wanted) : each.wanted;
          if (!isEnough(wanted, level)) wrong.push(`${mode}, ${name}: ${level} (${rules.join(" ") || "nothing"})`);
        }
        rows.push(`${each.title} | ${each.wanted} | ${levels.join(", ")}`);
        if (WRONG.includes(each.title)) {
          assert.notDeepEqual(wrong, [], "it is right now: take it off the list");
          return;
        }
        assert.deepEqual(wrong, [], `wanted: ${each.wanted} by ${each.rules.join(" or ") || "no rule"}`);
      });
  });
}
