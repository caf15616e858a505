import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isQualifier, parseRuntimeArn } from "../contract/arn";
import { POLICY_FILE, type DoorPolicy } from "../contract/doorPolicy";
import { isDoorName, type DoorName } from "../contract/doors";
import { ENVIRONMENT } from "../contract/environment";

/** What the component told the handler. The target is fixed here: nothing in a request can change it. */
export interface HandlerSettings {
  readonly runtimeArn: string;
  readonly region: string;
  readonly qualifier: string;
  readonly door: DoorName;
  readonly marginMs: number;
  readonly policy: DoorPolicy;
}

/**
 * Reads the settings once, when the sandbox starts.
 *
 * @throws Error naming the variable or the file, where one is missing or malformed: the function then fails at init, not at the first caller
 */
export function readHandlerSettings(env: NodeJS.ProcessEnv): HandlerSettings {
  const read = <T>(name: string, parse: (text: string) => T | undefined): T => {
    const value = parse(env[name] ?? "");
    if (value === undefined) throw new Error(`Environment variable ${name} is missing or malformed.`);
    return value;
  };
  const arn = read(ENVIRONMENT.runtimeArn, (text) => parseRuntimeArn(text) && text);
  return {
    runtimeArn: arn,
    region: read(ENVIRONMENT.runtimeArn, (text) => parseRuntimeArn(text)?.region),
    qualifier: read(ENVIRONMENT.qualifier, (text) => (isQualifier(text) ? text : undefined)),
    door: read(ENVIRONMENT.door, (text) => (isDoorName(text) ? text : undefined)),
    marginMs: read(ENVIRONMENT.marginMs, (text) => (/^[1-9][0-9]*$/.test(text) ? Number(text) : undefined)),
    policy: readPolicy(env["LAMBDA_TASK_ROOT"] ?? ""),
  };
}

function readPolicy(taskRoot: string): DoorPolicy {
  try {
    return JSON.parse(readFileSync(join(taskRoot, POLICY_FILE), "utf8")) as DoorPolicy;
  } catch (cause) {
    throw new Error(`${POLICY_FILE} is missing from the function's archive, or is not JSON.`, { cause });
  }
}
