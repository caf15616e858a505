import { isQualifier, parseRuntimeArn } from "../contract/arn";
import { isDoorName, type DoorName } from "../contract/doors";
import { ENVIRONMENT } from "../contract/environment";

/** What the component told the handler. The target is fixed here: nothing in a request can change it. */
export interface HandlerSettings {
  readonly runtimeArn: string;
  readonly region: string;
  readonly qualifier: string;
  readonly door: DoorName;
  readonly marginMs: number;
}

/**
 * Reads the settings once, when the sandbox starts.
 *
 * @throws Error naming the variable, where one is missing or malformed: the function then fails at init, not at the first caller
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
  };
}
