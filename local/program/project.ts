import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { closest, isObject, formatValue } from "../../contract/config/validate/shape";
import { refusalText } from "../../contract/config/read";
import { readConfigValues } from "./configValues";
import { readYamlFile } from "./yamlFile";

/** The folder of Pulumi.yaml. */
export const PROJECT_ROOT = join(__dirname, "..", "..");

/** The config that the engine would pass to the program. */
export interface StackConfigValues {
  readonly project: string;
  readonly stack: string;
  /** By full key. Text is unchanged; other values are JSON, as the engine encodes them. */
  readonly config: Readonly<Record<string, string>>;
}

/** A stack's config, and its file. */
export interface StackFiles extends StackConfigValues {
  /** The stack's file, as the user named it. */
  readonly file: string;
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** The program's entry point as Pulumi.yaml names it; without it, that of package.json, or index.ts. */
  readonly main?: string;
}

interface Declaration {
  readonly type?: keyof typeof TYPE_CHECKS;
  readonly default?: unknown;
}

/**
 * Reads Pulumi.yaml and the stack's config file, and applies types and defaults as the engine does.
 *
 * @param configFile replaces Pulumi.<stack>.yaml, as `pulumi --config-file` does
 * @throws Error with the file, each key and the remedy, if a stack does not exist or a value has the wrong type
 */
export function readStack(stack: string, configFile?: string, root = PROJECT_ROOT): StackFiles {
  const stackFile = configFile === undefined ? fileOf(stack, root) : resolve(configFile);
  if (configFile !== undefined && !existsSync(configFile)) {
    throw new Error(`There is no file "${configFile}". Use --config-file with the stack config to run.`);
  }
  const { name, main, config: declared } = readProject(root);
  const known = STACK_FOLDERS.flatMap((folder) => stacksIn(join(root, folder)));
  // A program without config has no stack file.
  const isBare = root !== PROJECT_ROOT && known.length === 0 && configFile === undefined;
  if (!/^[\w.-]+$/.test(stack) || (stackFile === undefined && !isBare)) {
    throw new Error(
      `There is no stack "${stack}" (no Pulumi.${stack}.yaml). Use --stack with one of: ${known.join(", ")}.`,
    );
  }
  const file = configFile ?? relative(root, stackFile ?? join(root, "Pulumi.yaml"));
  const top = stackFile === undefined ? {} : readYamlFile(stackFile, file);

  const mistakes: string[] = [...topLevelErrors(top, name)];
  const given = isObject(top["config"]) ? readConfigValues(top["config"], name, Object.keys(declared), mistakes) : {};
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) config[key] = encode(value);
  for (const [key, { type, default: fallback }] of Object.entries(declared)) {
    const full = key.includes(":") ? key : `${name}:${key}`;
    if (config[full] === undefined) {
      if (fallback === undefined) mistakes.push(`\`${key}\` is missing. Set it.`);
      else config[full] = encode(fallback);
    }
    mistakes.push(...typeErrors(key, type, given[full], config[full]));
  }
  if (mistakes.length > 0) throw new Error(`${file}: ${refusalText(mistakes)}`);
  return { project: name, stack, config, file, root, ...(main !== undefined && { main }) };
}

interface Project {
  readonly name: string;
  readonly main?: string;
  readonly config: Readonly<Record<string, Declaration>>;
}

/** @throws Error with the remedy if the folder has no Pulumi program that runs in Node.js */
function readProject(root: string): Project {
  const file = join(root, "Pulumi.yaml");
  if (!existsSync(file)) {
    throw new Error(`There is no Pulumi.yaml in "${root}". Use --program with the folder of a Pulumi program.`);
  }
  const { name, main, runtime, config = {} } = readYamlFile(file, file);
  const language = isObject(runtime) ? runtime["name"] : runtime;
  if (typeof name !== "string") throw new Error(`${file}: \`name\` is missing. Set it to the name of the project.`);
  if (language !== "nodejs")
    throw new Error(`${file}: \`runtime\` is ${formatValue(language)}. Use a program for nodejs; no other runs here.`);
  if (main !== undefined && typeof main !== "string")
    throw new Error(`${file}: \`main\` is ${formatValue(main)}. Use the path of the program's entry point.`);
  if (!isObject(config)) throw new Error(`${file}: \`config\` is ${formatValue(config)}. Use a map of declared keys.`);
  return { name, ...(main !== undefined && { main }), config: declarations(config) };
}

/** The keys that a project declares. Pulumi.yaml may have a default alone in the place of a declaration, and keys of providers with a \`value\`. */
function declarations(config: Readonly<Record<string, unknown>>): Record<string, Declaration> {
  const each = ([key, value]: [string, unknown]): [string, Declaration] => {
    if (!isObject(value)) return [key, { default: value }];
    return [key, "value" in value && !("default" in value) ? { ...value, default: value["value"] } : value];
  };
  return Object.fromEntries(Object.entries(config).map(each));
}

/** Folders with stack files: the project's, and the tested examples. */
const STACK_FOLDERS = [".", "stacks"];

function fileOf(stack: string, root: string): string | undefined {
  return STACK_FOLDERS.map((folder) => join(root, folder, `Pulumi.${stack}.yaml`)).find((file) => existsSync(file));
}

/** Names of the stacks that have a file in a folder. */
export function stacksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** Top-level keys of a stack's file. https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const TOP_KEYS = ["config", "environment", "encryptionsalt", "encryptedkey", "secretsprovider"];

/** Invalid keys outside the config. The engine ignores unknown keys, so the stack would run without them. */
function* topLevelErrors(top: Readonly<Record<string, unknown>>, project: string): Generator<string> {
  for (const key of Object.keys(top)) {
    if (!TOP_KEYS.includes(key))
      yield `\`${key}\` is outside \`config\`, where nothing reads it${closest(key, TOP_KEYS)}. Indent it below \`config:\`.`;
  }
  const { config } = top;
  if (config !== undefined && config !== null && !isObject(config))
    yield `\`config\` is ${formatValue(config)}. Use a map: below \`config:\`, indented, lines such as ${project}:doors: [streamingApi].`;
}

function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What each type of Pulumi.yaml accepts, and how to write it. */
const TYPE_CHECKS = {
  string: {
    fits: (value: unknown) => typeof value === "string",
    write: "Use a text, in quotes if it looks like something else.",
  },
  integer: { fits: Number.isInteger, write: "Use a whole number." },
  number: { fits: (value: unknown) => typeof value === "number", write: "Use a number." },
  boolean: { fits: (value: unknown) => typeof value === "boolean", write: "Use true or false." },
  array: { fits: Array.isArray, write: "Use a list, such as [a, b]." },
  object: { fits: isObject, write: "Use a map, such as { name: value }." },
} as const;

/** @param given the value in the file, undefined for a default */
function* typeErrors(
  key: string,
  type: Declaration["type"],
  given: unknown,
  text: string | undefined,
): Generator<string> {
  // Another project may declare types that this one does not use.
  if (type === undefined || !(type in TYPE_CHECKS) || text === undefined || given === null) return;
  const { fits, write } = TYPE_CHECKS[type];
  // `pulumi config set` writes numbers, lists and maps as text.
  const value = type === "string" ? (given ?? text) : parsed(text);
  if (!fits(value)) yield `\`${key}\` is ${formatValue(given ?? text)}; Pulumi.yaml declares it as ${type}. ${write}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
