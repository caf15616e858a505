import { DEFAULTS } from "./defaults";
import { strayKey } from "./namespace";
import { closest } from "./validate/shape";
import type { StackConfig } from "./schema";

/** Every key of the stack config, without the project's name before it. */
export const CONFIG_KEYS: readonly string[] = Object.keys(DEFAULTS);

const isText = (key: string): boolean => typeof DEFAULTS[key as keyof typeof DEFAULTS] === "string";

/**
 * Reads the config as the engine hands it over: full keys, texts as they are, all else as JSON.
 *
 * @param values every value that the engine knows, of the project and of providers
 * @param Refusal the error to throw
 * @throws Refusal naming each key that the project does not have, that has another namespace by a slip, or that holds no JSON
 */
export function readConfig(
  values: Readonly<Record<string, string>>,
  project: string,
  Refusal: new (message: string) => Error = Error,
): StackConfig {
  const mistakes: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [full, text] of Object.entries(values)) {
    if (!full.startsWith(`${project}:`)) {
      const stray = strayKey(full, project, CONFIG_KEYS);
      if (stray !== undefined) mistakes.push(stray);
      continue;
    }
    const key = full.slice(project.length + 1);
    if (!CONFIG_KEYS.includes(key)) {
      mistakes.push(
        `\`${key}\` is no key of this project${closest(key, CONFIG_KEYS)}. ${within(key)}Remove it: pulumi config rm ${quoted(key)}`,
      );
      continue;
    }
    try {
      config[key] = isText(key) ? text : (JSON.parse(text) as unknown);
    } catch {
      mistakes.push(`\`${key}\` is ${text}, which is not JSON. Set it as Pulumi.yaml declares it.`);
    }
  }
  if (mistakes.length > 0) throw new Refusal(refusalText(mistakes));
  return config;
}

/** How to set what is inside a key, if a key's name is a path like `jwt.issuer`; else nothing. */
function within(key: string): string {
  const [outer = ""] = key.split(/[.[]/);
  return outer !== key && CONFIG_KEYS.includes(outer)
    ? `To set what is inside \`${outer}\`: pulumi config set --path ${quoted(key)} <value>. `
    : "";
}

/** A shell takes brackets and blanks for its own. */
const quoted = (key: string): string => (/^[\w.-]+$/.test(key) ? key : `'${key.replaceAll("'", String.raw`'\''`)}'`);

/** Every mistake on a line of its own. */
export function refusalText(mistakes: readonly string[]): string {
  return `The stack config cannot be deployed:\n${mistakes.map((text) => `  - ${text}`).join("\n")}`;
}
