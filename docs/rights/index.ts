import { deployerPolicies } from "./policies";
import { RIGHTS } from "./rows";

/** The generated files of the deployer's rights: the policies, and the page with the actions of each resource type. */
export function rightsFiles(): Readonly<Record<string, string>> {
  const policies = Object.entries(deployerPolicies()).map(([name, document]): [string, string] => [
    `docs/security/policies/${name}.json`,
    JSON.stringify(document),
  ]);
  return Object.fromEntries([...policies, ["docs/security/rights.md", rightsPage()]]);
}

const code = (actions: readonly string[]): string => actions.map((action) => `\`${action}\``).join(", ");

function rightsPage(): string {
  const rows = Object.entries(RIGHTS).map(
    ([type, { policy, read, write }]) =>
      `| \`${type}\` | [${policy}](policies/${policy}.json) | ${code(read)} | ${code(write)} |`,
  );
  return `# Rights by resource type

What the deployer's role calls for each resource type of the program. [deployer-permissions.md](deployer-permissions.md) says how to use the policies. This page and the
policies are made from docs/rights by \`npm run docs\`; do not edit them.

| type | policy | reads | creates, changes, deletes |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
