import { readFileSync } from "node:fs";
import type { Rule } from "../model/rule";
import { unprovenId } from "../pack/message";
import { nearest } from "../pack/nearest";
import { PACK_SETTINGS } from "../pack/packSettings";
import { settingsOf } from "../pack/settings";
import { sortWaivers } from "../pack/waivers";

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"];
const OF_PACK = ["fd-pack", "fd-pack-scope", "fd-pack-unused-waivers", "fd-pack-active-waivers"];

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What is wrong with a file for `--policy-pack-config`, in either form: policies by name, or version 2, with `policies` and `exceptions`
 * (https://www.pulumi.com/docs/discovery-governance/concepts/policy-as-code/policy-exceptions/). The engine ignores a name that no policy has.
 *
 * @param today YYYY-MM-DD; a waiver that has expired by then is wrong
 */
export function mistakesIn(config: unknown, rules: readonly Rule[], today: string): readonly string[] {
  if (!isObject(config)) return ["The config is not an object. Write policies by name, or version 2 with `policies`."];
  if (typeof config["version"] !== "number") return ofPolicies(config, rules, today);
  if (config["version"] !== 2) return [`\`version\` is ${String(config["version"])}. Use 2.`];
  const extra = Object.keys(config).filter(
    (key) => !["version", "policies", "exceptions", "environments"].includes(key),
  );
  const { policies = {}, exceptions = {} } = config;
  return [
    ...extra.map(
      (key) =>
        `There is no key \`${key}\` in version 2.${nearest(key, ["policies", "exceptions"])} Policies stand under \`policies\`.`,
    ),
    ...(isObject(policies) ? ofPolicies(policies, rules, today) : ["`policies` is not an object."]),
    ...(isObject(exceptions)
      ? Object.entries(exceptions).flatMap(([id, each]) => ofException(id, each, names(rules)))
      : ["`exceptions` is not an object: it has an exception for each id."]),
  ];
}

const names = (rules: readonly Rule[]): readonly string[] => [
  ...OF_PACK,
  ...rules.flatMap(({ id }) => [id, unprovenId(id)]),
];

function ofPolicies(policies: Json, rules: readonly Rule[], today: string): readonly string[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(policies).flatMap(([name, given]) => {
    if (name === "environments") return [];
    if (name !== "all" && !names(rules).includes(name))
      return [`There is no policy \`${name}\`.${nearest(name, names(rules))}`];
    const { enforcementLevel, ...settings } = isObject(given) ? given : { enforcementLevel: given };
    const level =
      enforcementLevel === undefined || LEVELS.some((each) => each === enforcementLevel)
        ? []
        : [`The level of \`${name}\` is ${JSON.stringify(enforcementLevel)}. Use one of ${LEVELS.join(", ")}.`];
    const schemas = name === "fd-pack" ? PACK_SETTINGS : byId.get(name)?.settings;
    const problems = settingsOf(schemas, settings).problems.map((problem) => `${name}: ${problem}`);
    const waivers = name === "fd-pack" && Array.isArray(settings["waivers"]) ? (settings["waivers"] as unknown[]) : [];
    const wrong = sortWaivers(waivers, byId, { today, isProduction: () => false }).problems;
    return [...level, ...problems, ...wrong.map(({ message }) => `${name}: ${message}`)];
  });
}

/** An exception of the engine's own: a reason, and which policies do not count for which URNs. */
function ofException(id: string, exception: unknown, known: readonly string[]): readonly string[] {
  const of = `The exception \`${id}\``;
  if (!isObject(exception)) return [`${of} is not an object with \`reason\` and \`match\`.`];
  const { reason, match } = exception;
  const entries = Array.isArray(match) ? (match as unknown[]) : [];
  return [
    ...(typeof reason === "string" && reason.trim() !== "" ? [] : [`${of} has no \`reason\`. Say why.`]),
    ...(entries.length > 0 ? [] : [`${of} has no \`match\`. List { "policies", "targets" }.`]),
    ...entries.flatMap((entry) => {
      const { policies, targets } = isObject(entry) ? entry : {};
      if (!Array.isArray(policies) || !Array.isArray(targets) || policies.length === 0 || targets.length === 0)
        return [`${of} has a match without \`policies\` or \`targets\`: names of policies, and exact URNs.`];
      return [
        ...policies
          .filter((name) => !known.includes(String(name)))
          .map(String)
          .map((name) => `${of} names the policy \`${name}\`, which there is not.${nearest(name, known)}`),
        ...targets
          .filter((urn) => !/^urn:pulumi:[^*]+$/.test(String(urn)))
          .map(
            (urn) =>
              `${of} has the target ${JSON.stringify(urn)}. Use the exact URN of a resource; there are no wildcards.`,
          ),
      ];
    }),
  ];
}

/** Reads a file. @throws Error that names the file, if it is no JSON */
export function readConfig(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
}
