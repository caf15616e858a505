import { DEFAULTS } from "./defaults";
import { strayKey } from "./namespace";
import { closest } from "./validate/shape";
import type { StackConfig } from "./schema";

/** Every key of the stack config, without the prefix of the project. */
export const CONFIG_KEYS: readonly string[] = Object.keys(DEFAULTS);

const isText = (key: string): boolean => typeof DEFAULTS[key as keyof typeof DEFAULTS] === "string";

/**
 * Reads the config in the form that the engine passes: keys with their prefix, texts as they are, other values as JSON.
 *
 * @param values all config values of the stack, of the project and of providers
 * @param Refusal class of the error to throw
 * @param isSecret whether the stack's file has a value encrypted, by its key with the prefix
 * @throws Refusal naming each key that does not exist or has a misspelt namespace, whose value is not JSON, or is secret
 */
export function readConfig(
  values: Readonly<Record<string, string>>,
  project: string,
  Refusal: new (message: string) => Error = Error,
  isSecret: (full: string) => boolean = () => false,
): StackConfig {
  const errors: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [full, text] of Object.entries(values)) {
    if (!full.startsWith(`${project}:`)) {
      const stray = strayKey(full, project, CONFIG_KEYS);
      if (stray !== undefined) errors.push(stray);
      continue;
    }
    const key = full.slice(project.length + 1);
    if (!CONFIG_KEYS.includes(key)) {
      errors.push(
        `\`${key}\` is not a key of this project${closest(key, CONFIG_KEYS)}. ${within(key)}Remove it: pulumi config rm ${quoted(key)}`,
      );
      continue;
    }
    if (isSecret(full)) {
      // The program reads the decrypted text. In the state, in names and in a function's environment it would be plain.
      errors.push(
        `\`${key}\` is secret, and this project has no key for a secret: the state and AWS would show its value. If it is none, set it anew with --plaintext: pulumi config set --plaintext ${quoted(key)} <value>. Otherwise remove it: pulumi config rm ${quoted(key)}`,
      );
      continue;
    }
    try {
      config[key] = isText(key) ? text : (JSON.parse(text) as unknown);
    } catch {
      errors.push(`\`${key}\` is ${text}, which is not JSON. Set it as Pulumi.yaml declares it.`);
    }
  }
  if (errors.length > 0) throw new Refusal(refusalText(errors));
  return config;
}

/** The command that sets a nested value, if the key is a path such as `jwt.issuer`; otherwise an empty text. */
function within(key: string): string {
  const [outer = ""] = key.split(/[.[]/);
  return outer !== key && CONFIG_KEYS.includes(outer)
    ? `To set what is inside \`${outer}\`: pulumi config set --path ${quoted(key)} <value>. `
    : "";
}

/** Quotes a key for the shell, which would interpret brackets and spaces. */
const quoted = (key: string): string => (/^[\w.-]+$/.test(key) ? key : `'${key.replaceAll("'", String.raw`'\''`)}'`);

/** The error text for an invalid config, with each message on its own line. */
export function refusalText(errors: readonly string[]): string {
  return `The stack config cannot be deployed:\n${errors.map((text) => `  - ${text}`).join("\n")}`;
}
