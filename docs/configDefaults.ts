import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, type Options } from "prettier";
import { parse } from "yaml";

const root = join(__dirname, "..");

/** The file with the defaults of Pulumi.yaml, which the program cannot read at run time. */
export const DEFAULTS_FILE = "contract/config/defaults.ts";

/**
 * The defaults of the config keys as TypeScript. A separate step makes this file first, because the pages run the program, which needs it.
 *
 * @throws Error naming a key without a default
 */
export async function defaultsFile(): Promise<string> {
  const read = (file: string): string => readFileSync(join(root, file), "utf8");
  const { config } = parse(read("Pulumi.yaml")) as { config: Record<string, { default?: unknown }> };
  const lines = Object.entries(config).map(([key, { default: fallback }]) => {
    if (fallback === undefined)
      throw new Error(`Pulumi.yaml has no default for ${key}. Give it one; an empty one means none.`);
    return `${key}: ${JSON.stringify(fallback)},`;
  });
  const text = `import type { StackConfig } from "./schema";

/** The default of each config key. Made from Pulumi.yaml by \`npm run docs\`; do not edit it. */
export const DEFAULTS = {
  ${lines.join("\n")}
} as const satisfies { readonly [Key in keyof Required<StackConfig>]: unknown };
`;
  return await format(text, { ...(JSON.parse(read(".prettierrc.json")) as Options), parser: "typescript" });
}

if (require.main === module) {
  void defaultsFile().then((text) => {
    writeFileSync(join(root, DEFAULTS_FILE), text);
  });
}
