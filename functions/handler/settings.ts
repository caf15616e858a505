import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPackedAgents, isPackedCanary, unpackAgents, unpackCanary } from "../../contract/runtime/agents";
import { isQualifier, parseRuntimeArn } from "../../contract/aws/arn";
import { isPinnedDialect } from "../../contract/wire/dialects/names";
import { POLICY_FILE, type DoorPolicy } from "../../contract/runtime/doorPolicy";
import { isDoorName, type DoorName } from "../../contract/wire/doors";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import type { Routes } from "../request/route";

/** The settings from the component. The targets are fixed here: a request can only choose one of their names. */
export interface HandlerSettings extends Routes {
  readonly region: string;
  /** Whether callers may stop their sessions. */
  readonly stopSession: boolean;
  readonly door: DoorName;
  readonly marginMs: number;
  readonly policy: DoorPolicy;
}

/** Reads one variable. Throws if `parse` returns undefined. */
type Read = <T>(name: string, parse: (text: string) => T | undefined) => T;

/**
 * Reads the settings once, when the sandbox starts.
 *
 * @throws Error with the name of the variable or file that is missing or malformed. The function then fails at init and not at the first
 * request.
 */
export function readHandlerSettings(env: NodeJS.ProcessEnv): HandlerSettings {
  const read: Read = (name, parse) => {
    const value = parse(env[name] ?? "");
    if (value === undefined) throw new Error(`Environment variable ${name} is missing or malformed.`);
    return value;
  };
  const routes = readRoutes(read);
  return {
    ...routes,
    region: regionOf(routes),
    stopSession: read(ENVIRONMENT.stopSession, (text) => (/^(?:true|false)$/.test(text) ? text === "true" : undefined)),
    door: read(ENVIRONMENT.door, (text) => (isDoorName(text) ? text : undefined)),
    marginMs: read(ENVIRONMENT.marginMs, (text) => (/^[1-9][0-9]*$/.test(text) ? Number(text) : undefined)),
    policy: readPolicy(env["LAMBDA_TASK_ROOT"] ?? ""),
  };
}

function readRoutes(read: Read): Routes {
  const agents = read(ENVIRONMENT.agents, (text) => {
    const packed = json(text);
    return isPackedAgents(packed) ? unpackAgents(packed) : undefined;
  });
  const runtimeArn = read(ENVIRONMENT.runtimeArn, (text) =>
    // Empty is only valid if there are named agents.
    parseRuntimeArn(text) || (text === "" && agents.size > 0) ? text : undefined,
  );
  const qualifier = read(ENVIRONMENT.qualifier, (text) => (isQualifier(text) ? text : undefined));
  const canary = read(ENVIRONMENT.canary, (text) => {
    const packed = json(text);
    return isPackedCanary(packed) ? packed : undefined;
  });
  const dialect =
    read(ENVIRONMENT.dialect, (text) => (text === "" || isPinnedDialect(text) ? text : undefined)) || undefined;
  return {
    defaultAgent: runtimeArn === "" ? undefined : { runtimeArn, qualifier, canary: unpackCanary(canary), dialect },
    agents,
  };
}

/** All runtimes are in one region; the validation of the stack config ensures it. */
function regionOf({ defaultAgent, agents }: Routes): string {
  const [any] = [...(defaultAgent ? [defaultAgent] : []), ...agents.values()];
  return parseRuntimeArn(any?.runtimeArn ?? "")?.region ?? "";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPolicy(taskRoot: string): DoorPolicy {
  try {
    return JSON.parse(readFileSync(join(taskRoot, POLICY_FILE), "utf8")) as DoorPolicy;
  } catch (cause) {
    throw new Error(`${POLICY_FILE} is missing from the function's archive, or is not JSON.`, { cause });
  }
}
