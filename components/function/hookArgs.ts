import * as pulumi from "@pulumi/pulumi";
import { HOOK_TIMEOUT_MS } from "../../contract/config/keys/hooks";
import { validateHooks } from "../../contract/config/validate/hooks";
import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { HooksArgs } from "../shared/args";

/** @throws RunError if the hooks of a function cannot be used */
export function requireHooks(name: string, { file, functionArn, statements = [], timeoutMs }: HooksArgs): void {
  // An output is not known yet.
  const known = typeof functionArn === "object" ? undefined : functionArn;
  const errors = [...validateHooks("hook.", { file, functionArn: known, statements, timeoutMs })];
  if (errors.length > 0) throw new pulumi.RunError(`"${name}": ${errors.join(" ")}`);
}

const exist = ({ file, functionArn }: HooksArgs): boolean => file !== undefined || functionArn !== undefined;

/** What the policy of a function says of its hooks. */
export function hookPolicy(hooks: HooksArgs): Pick<DoorPolicy, "hooks"> {
  return exist(hooks) ? { hooks: { timeoutMs: hooks.timeoutMs ?? HOOK_TIMEOUT_MS.usual } } : {};
}

/** The module to bundle: empty for the caller of another function, undefined without hooks. */
export function hookFile(hooks: HooksArgs): string | undefined {
  return hooks.file ?? (exist(hooks) ? "" : undefined);
}

/** The statements of the function's role that hooks need. */
export function hookRights({ functionArn, statements = [] }: HooksArgs): object[] {
  const own = statements.map(({ actions, resources }, index) => ({
    Sid: `Hooks${index + 1}`,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
  }));
  const call = { Sid: "CallHooks", Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: functionArn };
  return functionArn === undefined ? own : [call];
}
