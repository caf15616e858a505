import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";

/** Where the program lives: the folder of Pulumi.yaml. */
export const PROJECT_ROOT = join(__dirname, "..", "..");

/** What the engine would hand to the program. */
export interface StackFiles {
  readonly project: string;
  readonly stack: string;
  /** Full keys, values as the engine encodes them: text as it is, all else as JSON. */
  readonly config: Readonly<Record<string, string>>;
}

interface Declaration {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly default?: unknown;
}

/**
 * Reads Pulumi.yaml and the stack's config file and applies types and defaults as the engine does.
 *
 * @param configFile instead of Pulumi.<stack>.yaml, as `pulumi --config-file`
 * @throws Error naming the file or the key, where a stack does not exist or a value has the wrong type
 */
export function readStack(stack: string, configFile?: string, root = PROJECT_ROOT): StackFiles {
  const stackFile = configFile === undefined ? fileOf(stack, root) : resolve(configFile);
  if (configFile !== undefined && !existsSync(configFile)) {
    throw new Error(`There is no file ${configFile}. Use --config-file with the stack config to run.`);
  }
  if (!/^[\w.-]+$/.test(stack) || stackFile === undefined) {
    const known = STACK_FOLDERS.flatMap((folder) => stacksIn(join(root, folder)));
    throw new Error(
      `There is no stack "${stack}" (no Pulumi.${stack}.yaml). Use --stack with one of: ${known.join(", ")}.`,
    );
  }
  const { name, config: declared = {} } = read(join(root, "Pulumi.yaml")) as {
    name: string;
    config?: Record<string, Declaration>;
  };
  const { config: given = {} } = (read(stackFile) ?? {}) as { config?: Record<string, unknown> };

  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (isSecret(value))
      throw new Error(`\`${key}\` is encrypted; only the Pulumi CLI can read it. Use a stack without secrets.`);
    config[key.includes(":") ? key : `${name}:${key}`] = encode(value);
  }
  for (const [key, { type, default: fallback }] of Object.entries(declared)) {
    const full = key.includes(":") ? key : `${name}:${key}`;
    if (config[full] === undefined) {
      if (fallback === undefined)
        throw new Error(
          `Stack "${stack}" is missing the configuration value \`${key}\`. Set it in ${basename(stackFile)}.`,
        );
      config[full] = encode(fallback);
    }
    checkType(key, type, config[full], basename(stackFile));
  }
  return { project: name, stack, config };
}

/** Where stack files lie: the project's own, and the examples that the tests hold. */
const STACK_FOLDERS = [".", join("test", "stacks")];

function fileOf(stack: string, root: string): string | undefined {
  return STACK_FOLDERS.map((folder) => join(root, folder, `Pulumi.${stack}.yaml`)).find((file) => existsSync(file));
}

/** Names of the stacks whose files are in a folder. */
export function stacksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1] ?? []);
}

function read(file: string): unknown {
  return parse(readFileSync(file, "utf8"));
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function checkType(key: string, type: Declaration["type"], text: string, file: string): void {
  if (type === undefined || type === "string") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const fits = {
    integer: Number.isInteger(value),
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    array: Array.isArray(value),
    object: typeof value === "object" && value !== null && !Array.isArray(value),
  }[type];
  if (!fits) throw new Error(`\`${key}\` in ${file} is ${text}; Pulumi.yaml declares it as ${type}.`);
}
