import { readFileSync } from "node:fs";
import { join } from "node:path";
import { agentSources } from "../../components/agent/bundle";
import { functionSources } from "../../components/function/bundle";

/** A package whose code a stack runs. */
export interface ShippedPackage {
  readonly name: string;
  /** SPDX expression of its package.json. */
  readonly license: string;
  /** The bundles that have a part of it. */
  readonly bundles: readonly string[];
}

const AGENT = "sampleAgent";

/** A path in the folder of a package. */
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** The packages in the bundles, by name. */
export function shippedPackages(): readonly ShippedPackage[] {
  const found = new Map<string, { license: string; bundles: Set<string> }>();
  for (const [bundle, sources] of Object.entries({ ...functionSources(), [AGENT]: agentSources() }))
    for (const source of sources) {
      const [, folder = "", name = ""] = PACKAGE.exec(source) ?? [];
      if (name === "") continue;
      const known = found.get(name) ?? {
        license: licenseIn(folder),
        bundles: new Set(),
      };
      known.bundles.add(bundle);
      found.set(name, known);
    }
  return [...found]
    .map(([name, { license, bundles }]) => ({ name, license, bundles: [...bundles].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenseIn(folder: string): string {
  const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { license?: string };
  if (license === undefined) throw new Error(`${folder}/package.json names no license.`);
  return license;
}

/** The part of docs/security/supply-chain.md that names the packages: those of the functions in a table, and those of the sample agent. */
export function shippedSection(): string {
  const packages = shippedPackages();
  const rows = packages.flatMap(({ name, license, bundles }) => {
    const functions = bundles.filter((bundle) => bundle !== AGENT);
    return functions.length === 0 ? [] : [`| \`${name}\` | ${license} | ${functions.join(", ")} |`];
  });
  const agent = packages.filter(({ bundles }) => bundles.includes(AGENT));
  const licenses = [...new Set(agent.map(({ license }) => license))].sort();
  const items = licenses.map((license) => {
    const names = agent.flatMap((each) => (each.license === license ? [`\`${each.name}\``] : []));
    return `- ${license}: ${names.join(", ")}`;
  });
  return [
    "| package | licence | functions |",
    "| --- | --- | --- |",
    ...rows,
    "",
    "The sample agent:",
    "",
    ...items,
  ].join("\n");
}
