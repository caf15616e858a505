import { OUTPUTS } from "../contract/config/outputs";

/** The page of the stack's outputs. */
export function outputsPage(): string {
  return `# Outputs

What a stack gives back: \`pulumi stack output --show-secrets\`. An output exists if the config asks for what it names.

| output | meaning |
| --- | --- |
${Object.entries(OUTPUTS)
  .map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
  .join("\n")}

This page is made from contract/config/outputs.ts by \`npm run docs\`; do not edit it.
`;
}
